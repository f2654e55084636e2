package store_test

import (
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// PostgreSQL itself ends a statement that takes too long or waits for a lock too
// long, unless the URL says otherwise.
func TestLimits(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.Postgres)
	db := storetest.Open(t, store.Config{URL: url, StatementTimeout: 300 * time.Millisecond, LockTimeout: 100 * time.Millisecond})
	if _, err := db.SQL().ExecContext(t.Context(), "SELECT pg_sleep(60)"); !store.TimedOut(err) {
		t.Errorf("slept: %v", err)
	}
	tx, err := db.SQL().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), "LOCK TABLE products IN EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SQL().ExecContext(t.Context(), "UPDATE products SET stock = 1"); !store.TimedOut(err) {
		t.Errorf("waited: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	own := storetest.Open(t, store.Config{URL: url + "&statement_timeout=7000", StatementTimeout: time.Second})
	var setting string
	if err := own.SQL().QueryRowContext(t.Context(), "SHOW statement_timeout").Scan(&setting); err != nil || setting != "7s" {
		t.Errorf("%s %v", setting, err)
	}
}
