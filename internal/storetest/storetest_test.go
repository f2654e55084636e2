package storetest_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func TestEachIsMigratedAndOnItsOwn(t *testing.T) {
	t.Parallel()
	for range 2 {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			state, err := migration.Status(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			if !state.UpToDate() || state.Current == "" {
				t.Errorf("not migrated: %+v", state)
			}
			// This would fail in the second round if the database of the first one was
			// reused.
			storetest.SQL(t, db, "CREATE TABLE mine (id bigint)")
			err = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				return tx.Category.Create().SetName("Tea").SetSlug("tea").Exec(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
			if n := db.Reader.Category.Query().CountX(storetest.Context(t)); n != 1 {
				t.Errorf("%d categories", n)
			}
		})
	}
}

func TestEmptyURLHasNoTables(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), store.Config{URL: storetest.EmptyURL(t, name)})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}()
			applied, err := migration.Up(t.Context(), db, migration.Options{})
			if err != nil || len(applied) == 0 {
				t.Errorf("applied %v, %v", applied, err)
			}
		})
	}
}
