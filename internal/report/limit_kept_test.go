package report_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// largest places orders of the largest amount at a time, with one line each.
func largest(t *testing.T, db *store.DB, customer, product int64, at string, orders int) {
	t.Helper()
	storetest.SQL(t, db, fmt.Sprintf(`INSERT INTO orders (created_at, updated_at, status, total_amount, currency, placed_at, customer_id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %[1]d)
SELECT '%[2]s', '%[2]s', 'pending', %[3]d, 'EUR', '%[2]s', %[4]d FROM n`, orders, at, shop.MaxMoney, customer))
	storetest.SQL(t, db, fmt.Sprintf(`INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)
SELECT placed_at, 'x', 'x', 1, total_amount, id, %d FROM orders WHERE placed_at = '%s'`, product, at))
	storetest.SQL(t, db, fmt.Sprintf(`INSERT INTO order_events (created_at, order_id, kind, "to", actor)
SELECT placed_at, id, 'placed', 'pending', 'system' FROM orders WHERE placed_at = '%s'`, at))
}

// giveAway places an order of many units that cost nothing.
func giveAway(t *testing.T, db *store.DB, customer, product int64, at string) {
	t.Helper()
	storetest.SQL(t, db, fmt.Sprintf(`INSERT INTO orders (created_at, updated_at, status, total_amount, currency, placed_at, customer_id)
VALUES ('%[1]s', '%[1]s', 'pending', 0, 'EUR', '%[1]s', %[2]d)`, at, customer))
	storetest.SQL(t, db, fmt.Sprintf(`INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)
SELECT placed_at, 'x', 'x', 1000000, 0, id, %d FROM orders WHERE total_amount = 0`, product))
	storetest.SQL(t, db, `INSERT INTO order_events (created_at, order_id, kind, "to", actor)
SELECT placed_at, id, 'placed', 'pending', 'system' FROM orders WHERE total_amount = 0`)
}

// callOff cancels all orders but one and what was given away, in SQL.
func callOff(t *testing.T, db *store.DB) {
	t.Helper()
	storetest.SQL(t, db, `INSERT INTO order_events (created_at, order_id, kind, "from", "to", actor)
SELECT placed_at, id, 'transition', 'pending', 'cancelled', 'system' FROM orders WHERE id > 1 AND total_amount > 0`)
	storetest.SQL(t, db, "UPDATE orders SET status = 'cancelled' WHERE id > 1 AND total_amount > 0")
}

// refile puts a product into a new category.
func refile(t *testing.T, db *store.DB, product int64) {
	t.Helper()
	category := shoptest.Category(t, db, "own", nil)
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		return tx.Product.UpdateOneID(product).SetCategoryID(category).Exec(ctx)
	})
}

// Orders of the largest amount, whose sum exceeds an int64, neither stop the summaries nor
// make them wrong: in one quarter of an hour or on several days, counted at once or in
// several steps, and when all of them except one are cancelled.
func TestSummariesOfTheLargestAmounts(t *testing.T) {
	t.Parallel()
	for name, days := range map[string]struct{ days, orders, atOnce int }{
		"at once":      {1, 1_100, 5_000},
		"in steps":     {1, 600, 300},
		"on many days": {6, 300, 5_000},
		"within":       {1, 200, 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				products, customer := shoptest.Products(t, db, 2, 10), shoptest.Customers(t, db, 1)[0]
				product := products[0]
				first := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
				for day := range days.days {
					largest(t, db, customer, product, first.AddDate(0, 0, day).Format("2006-01-02 15:04:05-07:00"), days.orders)
				}
				giveAway(t, db, customer, products[1], first.Format("2006-01-02 15:04:05-07:00"))
				p, err := report.NewPeriod(first.AddDate(0, 0, -1), first.AddDate(0, 0, days.days), time.UTC)
				if err != nil {
					t.Fatal(err)
				}
				same := func(want shop.Money) {
					t.Helper()
					sameRevenues(t, db, p, customer, want)
					if books, err := reconcile.Run(storetest.Context(t), db, reconcile.Options{}); err != nil || books.SalesDrifts != 0 {
						t.Errorf("the summaries are wrong: %+v, %v", books, err)
					}
				}
				keep(t, db, days.atOnce)
				(&check{T: t, db: db}).kept()
				same(shop.MaxMoney + 1)
				refile(t, db, product)
				same(shop.MaxMoney + 1)
				keep(t, db, days.atOnce)
				same(shop.MaxMoney + 1)
				callOff(t, db)
				same(shop.MaxMoney)
				keep(t, db, days.atOnce)
				same(shop.MaxMoney)
				if _, err := summary.Rebuild(storetest.Context(t), db, summary.Options{}); err != nil {
					t.Fatal(err)
				}
				same(shop.MaxMoney)
			})
		})
	}
}
