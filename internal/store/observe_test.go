package store_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

type observed struct {
	statement string
	err       error
}

// An observer sees every statement of the client and of the pools, in and out of
// transactions, with its failure, and never an argument.
func TestObserver(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := storetest.Context(t)
			var (
				mu   sync.Mutex
				list []observed
				open int
			)
			observe := func(ctx context.Context, statement string) (context.Context, func(error)) {
				mu.Lock()
				defer mu.Unlock()
				open++
				return ctx, func(err error) {
					mu.Lock()
					defer mu.Unlock()
					open--
					list = append(list, observed{statement, err})
				}
			}
			db := storetest.Open(t, store.Config{URL: storetest.URL(t, name), Observe: store.Observers(nil, observe), RelaxedSync: true})
			const secret = "correct horse battery staple"
			err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				return tx.Category.Create().SetName(secret).SetSlug("tea").Exec(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Reader.Category.Query().All(ctx); err != nil {
				t.Fatal(err)
			}
			if _, err := db.SQL().ExecContext(ctx, "UPDATE nothing SET a = 1"); err == nil {
				t.Fatal("updated nothing")
			}
			if _, err := db.SQL().ExecContext(ctx, "UPDATE categories SET position = 1"); err != nil {
				t.Fatal(err)
			}
			has := func(begin string, failed bool) {
				t.Helper()
				if !slices.ContainsFunc(list, func(o observed) bool { return strings.HasPrefix(o.statement, begin) && (o.err != nil) == failed }) {
					t.Errorf("no statement that begins with %s, failed %t: %v", begin, failed, list)
				}
			}
			has("INSERT INTO", false)
			has("SELECT", false)
			has("UPDATE nothing", true)
			has("UPDATE categories", false)
			for _, o := range list {
				if strings.Contains(o.statement, secret) {
					t.Errorf("an argument in %q", o.statement)
				}
			}
			if open != 0 {
				t.Errorf("%d statements never ended", open)
			}
		})
	}
}

// Repeated transactions are counted.
func TestRetriesAreCounted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		left := 3
		err := db.Tx(storetest.Context(t), func(context.Context, *ent.Client) error {
			if left > 0 {
				left--
				return shop.ErrRepeat
			}
			return nil
		})
		if err != nil || db.Retries() != 3 {
			t.Errorf("%v, %d retries", err, db.Retries())
		}
	})
}
