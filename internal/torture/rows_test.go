//go:build linux

package torture_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
)

// Rows as SQL, for the checker's own test.

const at = `'2026-01-02 00:00:00+00:00'`

func movement(id, product, change, balance int, reason, note, item string) string {
	return fmt.Sprintf(`INSERT INTO inventory_movements
		(id, created_at, product_id, quantity_change, balance_after, reason, note, order_item_id, actor)
		VALUES (%d, %s, %d, %d, %d, '%s', %s, %s, 'somebody')`, id, at, product, change, balance, reason, note, item)
}

func event(id, order int, kind, from, to, note string) string {
	return fmt.Sprintf(`INSERT INTO order_events (id, created_at, order_id, kind, "from", "to", note, actor)
		VALUES (%d, %s, %d, '%s', %s, %s, %s, 'somebody')`, id, at, order, kind, from, to, note)
}

func entry(id int, request, action, resource, record string) string {
	return fmt.Sprintf(`INSERT INTO audit_entries (id, created_at, actor, actor_kind, action, resource, record_id, changes, user_agent)
		VALUES (%d, %s, 'somebody', 'token', '%s', '%s', %s, '[]', nullif('%s', ''))`, id, at, action, resource, record, request)
}

func key(key string, status, id int) string {
	return fmt.Sprintf(`INSERT INTO idempotency_keys (created_at, caller, key, fingerprint, status, body, expires_at)
		VALUES (%s, 'somebody', '%s', '', %d, '{"body":{"id":%d}}', %s)`, at, key, status, id, at)
}

func run(t *testing.T, db interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}, statements []string,
) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
