package store_test

import (
	"context"
	"database/sql"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Under Replan nothing is prepared on the server, so that no plan is kept; a
// query that is not under it is prepared as ever.
func TestReplan(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		db.SQL().SetMaxOpenConns(1) // prepared statements are the connection's
		err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Create().SetName("Tea").SetSlug("tea").Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		find := func(ctx context.Context, client *ent.Client) {
			t.Helper()
			if n, err := client.Category.Query().Where(category.Slug("tea")).Count(ctx); err != nil || n != 1 {
				t.Fatalf("ent finds %d, %v", n, err)
			}
			rows, err := client.QueryContext(ctx, "SELECT name FROM categories WHERE slug = $1 AND version = $2", "tea", 1)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = rows.Close() }()
			var name string
			if !rows.Next() || rows.Scan(&name) != nil || name != "Tea" || rows.Err() != nil {
				t.Fatalf("SQL finds %q, %v", name, rows.Err())
			}
		}
		for range 10 {
			find(store.Replan(ctx), db.Client)
		}
		err = db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			for range 10 {
				_, err := tx.ExecContext(pipeline.Later(ctx), "UPDATE categories SET position = position + 1")
				if err != nil {
					return err
				}
				find(store.Replan(ctx), tx)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := prepared(t, db); got != 0 {
			t.Errorf("%d prepared statements under Replan", got)
		}
		find(ctx, db.Client)
		if got := prepared(t, db); db.Dialect() == dialect.Postgres && got != 2 {
			t.Errorf("%d prepared statements, want 2", got)
		}
		// Transactions work as ever on the client that plans.
		err = db.Tx(store.Replan(ctx), func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Update().Where(category.Slug("tea")).SetName("Teas").Exec(ctx)
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// A query under WithoutBitmaps is planned without them, and later ones as ever.
func TestWithoutBitmaps(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		expect := func(want string) error {
			return store.Each(ctx, tx, func(rows *sql.Rows) error {
				var is string
				err := rows.Scan(&is)
				if is != want {
					t.Errorf("enable_bitmapscan is %q, want %q", is, want)
				}
				return err
			}, "SHOW enable_bitmapscan")
		}
		if err := store.WithoutBitmaps(ctx, tx, func() error { return expect("off") }); err != nil {
			return err
		}
		return expect("on")
	})
	if err != nil {
		t.Fatal(err)
	}
}

// prepared counts the statements that list categories by their slug.
func prepared(t *testing.T, db *store.DB) int {
	t.Helper()
	if db.Dialect() != dialect.Postgres {
		return 0
	}
	var n int
	err := db.SQL().QueryRowContext(storetest.Context(t),
		"SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT%slug% = $1%' AND statement NOT LIKE '%prepared%'").Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
