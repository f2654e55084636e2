package reconcile_test

import (
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A statement_timeout of the role or the server is meant for requests. A proof that takes
// longer, here because another transaction holds a table, goes on.
func TestStatementTimeoutIsLifted(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.Postgres)
	db := storetest.Open(t, store.Config{URL: url})
	sell(t, db)
	ctx := storetest.Context(t)
	holding, err := db.SQL().BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := holding.ExecContext(ctx, "LOCK TABLE products IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	released := make(chan error, 1)
	go func() {
		_, err := holding.ExecContext(ctx, "SELECT pg_sleep(2)")
		if err == nil {
			err = holding.Commit()
		}
		released <- err
	}()
	hasty := storetest.Open(t, store.Config{URL: url + "&statement_timeout=1000"})
	if report := run(t, hasty); !report.OK {
		t.Errorf("found %+v", report)
	}
	if err := <-released; err != nil {
		t.Fatal(err)
	}
}
