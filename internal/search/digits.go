package search

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/phone"
	"github.com/storekeeper/storekeeper/internal/store"
)

const (
	digitsBatch = 1_000          // customers that one transaction changes
	digitsSpan  = 25 * time.Hour // how long ago a server of an older release may have written
)

// numbered is a customer whose telephone number is found by other digits than its own.
type numbered struct {
	ID     int64  `json:"id"`
	Phone  string `json:"phone"`
	Digits string `json:"digits"` // that it should be found by
}

// Renumber sets the digits by which telephone numbers are found (invariant.PhoneDigits) where
// there are none, and where a server of an older release, which does not know them, has changed
// or erased the number within the last day. That is no edit of the customers. It returns how
// many it has changed, in small transactions.
func Renumber(ctx context.Context, db *store.DB, now time.Time) (n int, err error) {
	for last, more := int64(0), true; more; {
		var stale []numbered
		if stale, last, more, err = misnumbered(ctx, db, last, now.Add(-digitsSpan)); err == nil && len(stale) > 0 {
			err = renumber(ctx, db, stale)
		}
		if err != nil {
			return n, fmt.Errorf("digits of telephone numbers: %w", err)
		}
		n += len(stale)
	}
	return n, nil
}

// misnumbered looks at a batch of customers with greater ids than the last who have a number
// without digits or were changed since. It returns the last of them, and whether there may be
// more.
func misnumbered(ctx context.Context, db *store.DB, after int64, since time.Time) (stale []numbered, last int64, more bool, err error) {
	type row struct {
		numbered
		digits string
	}
	rows, err := store.All(ctx, db.Reader, func(rows *sql.Rows, r *row) error { return rows.Scan(&r.ID, &r.Phone, &r.digits) }, `
SELECT id, COALESCE(phone, ''), COALESCE(phone_digits, '') FROM customers
WHERE id > $1 AND (phone_digits IS NULL AND phone IS NOT NULL OR updated_at > $2) ORDER BY id LIMIT $3`, after, since, digitsBatch)
	if err != nil || len(rows) == 0 {
		return nil, 0, false, err
	}
	for _, r := range rows {
		if r.Digits = phone.Digits(r.Phone); r.Digits != r.digits {
			stale = append(stale, r.numbered)
		}
	}
	return stale, rows[len(rows)-1].ID, len(rows) == digitsBatch, nil
}

// renumber sets the digits of those whose number is still the same.
func renumber(ctx context.Context, db *store.DB, stale []numbered) error {
	list, err := json.Marshal(stale)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	statement := `
UPDATE customers SET phone_digits = NULLIF(f.digits, '')
FROM json_to_recordset($1::json) AS f (id bigint, phone text, digits text)
WHERE customers.id = f.id AND COALESCE(customers.phone, '') = f.phone`
	if db.Dialect() == dialect.SQLite {
		statement = `
UPDATE customers SET phone_digits = NULLIF(f.value ->> 'digits', '')
FROM json_each($1) AS f WHERE customers.id = f.value ->> 'id' AND COALESCE(customers.phone, '') = f.value ->> 'phone'`
	}
	return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		_, err := tx.ExecContext(ctx, statement, string(list))
		return err
	})
}
