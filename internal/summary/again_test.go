package summary_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// When many products move to another category, a step on SQLite moves few of them, since
// everybody who wants to write waits for it. In the end all are moved.
func TestManyProductsMove(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		end := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		if _, err := seed.Run(ctx, db, seed.Options{Products: 60, Customers: 10, Orders: 300, Seed: 7, Now: end}); err != nil {
			t.Fatal(err)
		}
		if _, err := summary.Update(ctx, db, summary.Options{}); err != nil {
			t.Fatal(err)
		}
		var to int64
		err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			c, err := tx.Category.Create().SetName("Everything").SetSlug("everything").Save(ctx)
			if err != nil {
				return err
			}
			to = c.ID
			return tx.Product.Update().SetCategoryID(c.ID).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		filed := func(where string, args ...any) (n int) {
			if err := db.ReadSQL().QueryRowContext(ctx, "SELECT COUNT(*) FROM product_filings"+where, args...).Scan(&n); err != nil {
				t.Error(err)
			}
			return n
		}
		moved, steps := 0, 0
		_, err = summary.Update(ctx, db, summary.Options{Progress: func(string, int64, int64) {
			before := moved
			if moved = filed(" WHERE category_id = $1", to); db.Dialect() == dialect.SQLite && moved > before+10 {
				t.Errorf("after %d steps, one moves %d products", steps, moved-before)
			}
			steps++
		}})
		if all := filed(""); err != nil || all < 30 || moved != all {
			t.Errorf("%d of %d products that were sold are moved in %d steps: %v", moved, all, steps, err)
		}
		books, err := reconcile.Run(ctx, db, reconcile.Options{})
		if err != nil || !books.OK {
			t.Errorf("the books do not agree: %+v %v", books, err)
		}
	})
}

// The filings of products that move are found by index, even when SQLite's statistics say
// that there are few.
func TestMovesFindFilings(t *testing.T) {
	t.Parallel()
	var filing atomic.Value
	db := storetest.Open(t, store.Config{
		URL: storetest.URL(t, dialect.SQLite), RelaxedSync: true,
		Observe: func(ctx context.Context, statement string) (context.Context, func(error)) {
			if strings.Contains(statement, "UPDATE product_filings") {
				filing.Store(statement)
			}
			return ctx, func(error) {}
		},
	})
	products := shoptest.Products(t, db, 3, 10)
	shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], products...)
	summarise := func() {
		if _, err := summary.Update(storetest.Context(t), db, summary.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	summarise()
	storetest.SQL(t, db, "ANALYZE")
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		c, err := tx.Category.Create().SetName("Other").SetSlug("other").Save(ctx)
		if err != nil {
			return err
		}
		return tx.Product.UpdateOneID(products[0]).SetCategoryID(c.ID).Exec(ctx)
	})
	summarise()
	statement, _ := filing.Load().(string)
	plan := storetest.Plan(t, db, statement, "", "[]")
	if !slices.ContainsFunc(plan, func(step string) bool { return strings.HasPrefix(step, "SEARCH product_filings USING ") }) {
		t.Errorf("%q is planned so: %q", statement, plan)
	}
}
