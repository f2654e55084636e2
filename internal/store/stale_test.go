package store_test

import (
	"context"
	"errors"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A migration that gives a column another type, as a longer text, is nothing that
// the servers notice which run meanwhile, whatever their connections have prepared.
func TestMigratedMeanwhile(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, dialect.Postgres)})
	ctx := storetest.Context(t)
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.Category.Create().SetName("Tea").SetSlug("tea").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	slug := category.Slug("tea")
	use := map[string]func() error{
		"query": func() error {
			_, err := db.Reader.Category.Query().Where(slug).Only(ctx)
			return err
		},
		"look-up": func() error {
			_, err := db.Reader.Category.Query().Where(slug).Only(store.Lookup(ctx))
			return err
		},
		"SQL": func() error {
			rows, err := db.Reader.QueryContext(ctx, "SELECT name FROM categories WHERE slug = $1", "tea")
			if err != nil {
				return err
			}
			defer func() { _ = rows.Close() }()
			if !rows.Next() {
				return errors.Join(errors.New("no row"), rows.Err())
			}
			return rows.Err()
		},
		"transaction": func() error {
			return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				found, err := tx.Category.Query().Where(slug).Only(ctx)
				if err != nil {
					return err
				}
				return tx.Category.UpdateOne(found).AddPosition(1).Exec(ctx)
			})
		},
	}
	for what, do := range use {
		if err := do(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		alter(t, db, "text")
		if err := do(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		alter(t, db, "character varying(200)")
	}
}

// alter changes the type of a column as another program does.
func alter(t *testing.T, db *store.DB, kind string) {
	t.Helper()
	if _, err := db.Probe().ExecContext(storetest.Context(t), "ALTER TABLE categories ALTER COLUMN name TYPE "+kind); err != nil {
		t.Fatal(err)
	}
}
