package store_test

import (
	"context"
	"database/sql"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// After a failover, connections may lead to a server that takes no writes any more. They
// are replaced, and only a transaction that has already read something fails.
func TestReadOnlyConnections(t *testing.T) {
	t.Parallel()
	const conns = 4
	url := storetest.URL(t, dialect.Postgres)
	db := storetest.Open(t, store.Config{URL: url, MaxConns: conns})
	ctx := storetest.Context(t)
	write := func(slug string, reads bool) error {
		return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			if reads {
				if _, err := tx.Category.Query().Count(ctx); err != nil {
					return err
				}
			}
			return tx.Category.Create().SetName(slug).SetSlug(slug).Exec(ctx)
		})
	}
	readOnly(t, db, conns)
	for _, slug := range []string{"a", "b"} {
		if err := write(slug, false); err != nil {
			t.Errorf("%s: %v", slug, err)
		}
	}
	readOnly(t, db, conns)
	var err error
	for range conns + 1 {
		if err = write("c", true); !store.Unwritten(err) {
			break
		}
	}
	if err != nil {
		t.Errorf("after each connection has failed once: %v", err)
	}

	storetest.Exec(t, url, `DO $$ BEGIN
		EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database());
	END $$`)
	readOnly(t, db, conns)
	if err := write("d", false); !store.Unwritten(err) {
		t.Errorf("on a server that is read-only: %v", err)
	}
	if n, err := db.Reader.Category.Query().Count(ctx); err != nil || n != 3 {
		t.Errorf("read there: %d, %v", n, err)
	}
}

// readOnly makes all connections of the pool refuse to write.
func readOnly(t *testing.T, db *store.DB, conns int) {
	t.Helper()
	ctx := storetest.Context(t)
	var taken []*sql.Conn
	for range conns {
		conn, err := db.SQL().Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(ctx, "SET default_transaction_read_only = on"); err != nil {
			t.Fatal(err)
		}
		taken = append(taken, conn)
	}
	for _, conn := range taken {
		if err := conn.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
