package report_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// In a year of a seeded shop, every report about every kind of period agrees with the rows,
// in every zone.
func TestReportsEqualTheirTables(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		end := time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC)
		if _, err := seed.Run(storetest.Context(t), db, seed.Options{Products: 60, Customers: 20, Orders: 600, Seed: 7, Now: end}); err != nil {
			t.Fatal(err)
		}
		c := &check{T: t, db: db, books: readBooks(t, db)}
		rapid.Check(t, func(r *rapid.T) {
			p := period(r)
			limit := rapid.IntRange(1, 100).Draw(r, "limit")
			c.sales(p, limit)
			c.now(limit)
			c.series(rapid.SampledFrom(slices.Sorted(maps.Keys(c.books.products))).Draw(r, "product"), p, end)
			c.customer(rapid.SampledFrom(slices.Sorted(maps.Keys(c.books.customers))).Draw(r, "customer"))
			if t.Failed() {
				r.FailNow()
			}
		})
	})
}

// Orders that are placed one by one, exactly when days and years begin and clocks change, in
// two currencies, with all that happens to them afterwards.
func TestReportsAtTheTurns(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 4, 1_000_000)
		child := shoptest.Category(t, db, "below", new(int64(1)))
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			if err := tx.Product.UpdateOneID(products[1]).SetCategoryID(child).SetLowStockAt(1_000_000).Exec(ctx); err != nil {
				return err
			}
			_, err := stock.Count(ctx, tx, products[3], stock.Tally{Expected: 1_000_000})
			return err
		})
		customers := shoptest.Customers(t, db, 2)
		rapid.Check(t, func(r *rapid.T) {
			for range rapid.IntRange(1, 3).Draw(r, "orders") {
				id := buy(t, r, db, customers, products[:3])
				shoptest.Move(t, db, id, rapid.SampledFrom(shop.OrderStatuses).Draw(r, "status"))
			}
			c := &check{T: t, db: db, books: readBooks(t, db)}
			c.sales(period(r), 2)
			c.now(3)
			c.customer(rapid.SampledFrom(customers).Draw(r, "customer"))
			if t.Failed() {
				r.FailNow()
			}
		})
	})
}
