package store_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func newCategory(tx *ent.Client, slug string) *ent.CategoryCreate {
	return tx.Category.Create().SetName(slug).SetSlug(slug)
}

// A transaction whose context has ended writes nothing, whatever was done before, and
// leaves the connection to the next one.
func TestContextEndsInTransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, rest := range map[string]func(context.Context, *ent.Client) error{
			"COMMIT": func(context.Context, *ent.Client) error { return nil },
			"write":  func(ctx context.Context, tx *ent.Client) error { return newCategory(tx, "more").Exec(ctx) },
			"read": func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.Category.Query().All(ctx)
				return err
			},
		} {
			ctx, cancel := context.WithCancel(storetest.Context(t))
			err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				if err := newCategory(tx, "tea").Exec(ctx); err != nil {
					return err
				}
				cancel()
				return rest(ctx, tx)
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: expected %v, got %v", name, context.Canceled, err)
			}
			if used := db.SQL().Stats().InUse; used != 0 {
				t.Fatalf("%s: %d connections are in use", name, used)
			}
		}
		err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			n, err := tx.Category.Query().Count(ctx)
			if n != 0 {
				t.Errorf("%d categories were written", n)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// Whoever writes to SQLite holds up all others who write, and does so alone.
func TestWriterStartsNoGoroutines(t *testing.T) { //nolint:paralleltest // counts all that are there
	db := storetest.SQLite(t)
	ctx, cancel := context.WithCancel(storetest.Context(t))
	defer cancel()
	var before, within int
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		before = runtime.NumGoroutine()
		if err := newCategory(tx, "tea").Exec(ctx); err != nil {
			return err
		}
		rows, err := tx.Rows(ctx, "SELECT id FROM categories")
		if err != nil {
			return err
		}
		within = runtime.NumGoroutine()
		return rows.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	if within > before {
		t.Errorf("%d goroutines while a query is read, %d before", within, before)
	}
}

// Records get the ids that the database gives them, one or several at once, or those
// that they are given; SQLite is asked for RETURNING only for several.
func TestIDsOfNewRecords(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := storetest.Context(t)
			returning := 0
			observe := func(ctx context.Context, statement string) (context.Context, func(error)) {
				if strings.HasPrefix(statement, "INSERT INTO `categories`") && strings.Contains(statement, "RETURNING") {
					returning++
				}
				return ctx, func(error) {}
			}
			db := storetest.Open(t, store.Config{URL: storetest.URL(t, name), Observe: observe, RelaxedSync: true})
			var made []*ent.Category
			var single int
			if err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				for _, create := range []*ent.CategoryCreate{
					newCategory(tx, "tea"), newCategory(tx, "given").SetID(1000), newCategory(tx, "values-1-2"),
				} {
					c, err := create.Save(ctx)
					if err != nil {
						return err
					}
					made = append(made, c)
				}
				single = returning
				several, err := tx.Category.CreateBulk(newCategory(tx, "one"), newCategory(tx, "two")).Save(ctx)
				made = append(made, several...)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			stored := db.Reader.Category.Query().AllX(ctx)
			for _, c := range made {
				if !slices.ContainsFunc(stored, func(s *ent.Category) bool { return s.ID == c.ID && s.Slug == c.Slug }) {
					t.Errorf("%s got the id %d: %v", c.Slug, c.ID, stored)
				}
			}
			if single > 0 {
				t.Errorf("%d of the single INSERTs have RETURNING", single)
			}
		})
	}
}

// Who waits for the one connection that writes to SQLite gets it in turn.
func TestWritersQueue(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		ctx := storetest.Context(t)
		var served, want []int // written by whoever has the connection
		err := db.Tx(ctx, func(context.Context, *ent.Client) error {
			for i := range 20 {
				want = append(want, i)
				go func() {
					if err := db.Tx(ctx, func(context.Context, *ent.Client) error {
						served = append(served, i)
						return nil
					}); err != nil {
						t.Error(err)
					}
				}()
				synctest.Wait() // until it queues
			}
			return nil
		})
		synctest.Wait()
		if err != nil || !slices.Equal(served, want) {
			t.Errorf("served %v: %v", served, err)
		}
	})
}

// While another program writes to the file a transaction waits as long as it is told
// to, once, and says then that it gave way.
func TestLockedOut(t *testing.T) {
	t.Parallel()
	one := storetest.SQLite(t)
	const told = 2 * time.Second
	two := storetest.Open(t, store.Config{URL: "sqlite://" + one.Name(), LockTimeout: told})
	add := func(ctx context.Context, tx *ent.Client) error { return newCategory(tx, "tea").Exec(ctx) }
	err := one.Tx(storetest.Context(t), func(ctx context.Context, _ *ent.Client) error {
		began := time.Now()
		err := two.Tx(ctx, add)
		if took := time.Since(began); !store.Retryable(err) || took < told || took >= 2*told {
			t.Errorf("waited %s: %v", took, err)
		}
		return nil
	})
	if err := errors.Join(err, two.Tx(storetest.Context(t), add)); err != nil {
		t.Error(err)
	}
}
