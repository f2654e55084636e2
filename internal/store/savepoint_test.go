package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A disk that fills behind a savepoint takes the whole transaction with it: it is said
// that there is no room, and not that the savepoint is gone.
func TestFullBehindSavepoint(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	must(t, db.SQL(), "CREATE TABLE n (i text)")
	must(t, db.SQL(), "PRAGMA max_page_count = 1") // as many as there are
	err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		return store.Savepoint(ctx, tx, func(ctx context.Context) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO n VALUES ($1)", strings.Repeat("x", 1<<20))
			return err
		})
	})
	if !store.Unwritten(err) {
		t.Errorf("expected that there is no room, got %v", err)
	}
}
