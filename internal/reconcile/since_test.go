package reconcile_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// prove checks what is new, or everything, in spans of a few rows.
func prove(t *testing.T, db *store.DB, full bool) *reconcile.Report {
	t.Helper()
	report, err := reconcile.Prove(storetest.Context(t), db, reconcile.Narrow(reconcile.Options{}, 3), full)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// aged makes all rows old enough for the marks to move past them.
func aged(t *testing.T, db *store.DB) {
	t.Helper()
	for _, table := range []string{"inventory_movements", "orders", "order_events"} {
		storetest.SQL(t, db, "UPDATE "+table+" SET created_at = $1", shop.Now().Add(-2*time.Hour))
	}
}

// A wrong clock on this machine neither moves the marks past rows that may still change,
// nor keeps them in place for ever: the last hour is measured by the clock of the
// database, which also dates sales.
func TestLastHourOfTheDatabase(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.Postgres)
	db := storetest.Open(t, store.Config{URL: url})
	sell(t, db)
	keep(t, db)
	prove(t, db, false)
	if again := prove(t, db, false); !again.OK || again.Orders == 0 {
		t.Fatalf("the last hour: %+v", again)
	}
	storetest.SQL(t, db, `CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE SQL
		AS $$ SELECT pg_catalog.clock_timestamp() + interval '2 hours' $$`)
	storetest.SQL(t, db, `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database()); END $$`)
	later := storetest.Open(t, store.Config{URL: url})
	prove(t, later, false)
	if again := prove(t, later, false); !again.OK || again.Products != 0 || again.Orders != 0 {
		t.Errorf("two hours later: %+v", again)
	}
}

// An error ends the reconciliation instead of checking the rest, which would only take
// time.
func TestFailureEndsTheLook(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		keep(t, db)
		storetest.SQL(t, db, "ALTER TABLE order_items RENAME COLUMN quantity TO pieces")
		report, err := reconcile.Run(storetest.Context(t), db, reconcile.Options{})
		if report != nil || err == nil || !strings.Contains(err.Error(), "reconcile orders") || strings.Contains(err.Error(), "summaries") {
			t.Errorf("%+v: %v", report, err)
		}
	})
}

func keep(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := summary.Update(storetest.Context(t), db, summary.Options{}); err != nil {
		t.Fatal(err)
	}
}

// newDrifts verifies that checking only what is new finds the same as checking
// everything, which found want.
func (c *damage) newDrifts(t *testing.T, db *store.DB, want *reconcile.Report) {
	t.Helper()
	got := prove(t, db, false)
	if got.Since == nil || got.OK {
		t.Fatalf("a look at what is new: %+v", got)
	}
	if diff := cmp.Diff(want.ProductList, got.ProductList, cmpopts.EquateEmpty()); diff != "" && !c.unmoved {
		t.Error("products that are new (-want +got):\n" + diff)
	}
	if diff := cmp.Diff(want.OrderList, got.OrderList, cmpopts.EquateEmpty()); diff != "" {
		t.Error("orders that are new (-want +got):\n" + diff)
	}
	if again := prove(t, db, false); again.OK {
		t.Error("found once, and then no more")
	}
}

// Damage to rows that were proved before is found when everything is checked. Checking
// what is new does not report it until the product moves again.
func TestProveTrustsWhatWasProved(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		aged(t, db)
		if first := prove(t, db, false); !first.OK || first.Since != nil {
			t.Fatalf("the first look: %+v", first)
		}
		if again := prove(t, db, false); !again.OK || again.Since == nil || again.Products != 0 || again.Orders != 0 {
			t.Fatalf("nothing is new: %+v", again)
		}
		storetest.SQL(t, db, "UPDATE inventory_movements SET quantity_change = -2 WHERE id = 2") // of the first order
		if got := prove(t, db, false); !got.OK {
			t.Errorf("looked at more than is new: %+v", got)
		}
		want := prove(t, db, true)
		if want.OK || want.ProductDrifts != 1 || want.OrderDrifts != 1 || want.Since != nil {
			t.Errorf("everything: %+v", want)
		}
		// The order is changed, so its items are checked again.
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			_, err := order.Transition(ctx, tx, 1, shop.Processing, "")
			return err
		})
		if got := prove(t, db, false); got.OrderDrifts != 1 {
			t.Errorf("an old order with a new event: %+v", got)
		}
	})
}

// The balances of new movements are checked against those that were proved.
func TestProveFollowsOnFromTheMark(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 5, 100), shoptest.Customers(t, db, 2)
		for i := range 6 {
			shoptest.Order(t, db, customers[i%2], products[i%5], products[(i+1)%5])
		}
		keep(t, db)
		aged(t, db)
		if !prove(t, db, false).OK {
			t.Fatal("drift")
		}
		shoptest.Order(t, db, customers[0], products[:3]...)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			if _, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: products[1], Change: 7, Reason: shop.Receipt}); err != nil {
				return err
			}
			_, err := order.Transition(ctx, tx, 2, shop.Cancelled, "")
			return err
		})
		keep(t, db)
		if got := prove(t, db, false); !got.OK || got.Products != 3 || got.Orders != 1 || got.Since == nil {
			t.Fatalf("a shop in order: %+v", got) // some products moved in both spans of movements
		}
		storetest.SQL(t, db, "UPDATE products SET stock = stock + 1 WHERE id IN (1, 5)") // the fifth of them did not move
		got := prove(t, db, false)
		ids := make([]int64, len(got.ProductList))
		for i, d := range got.ProductList {
			ids[i] = d.ProductID
		}
		if !slices.Contains(ids, 1) || got.OrderDrifts != 0 {
			t.Errorf("drifts of %v: %+v", ids, got)
		}
	})
}

// Wrong summaries are reported with their day, by both ways of checking.
func TestProveComparesSummaries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		keep(t, db)
		if report := run(t, db); !report.OK {
			t.Fatalf("a shop in order: %+v", report)
		}
		for _, damage := range []struct {
			sql                         string
			slots, products, categories int64
		}{
			{"UPDATE sales_slots SET revenue = revenue + 1", 1, 0, 0},
			{"UPDATE sales_slots SET orders = orders + 1", 1, 0, 0},
			{"DELETE FROM sales_slots", 1, 0, 0},
			{"UPDATE product_sales SET units = units + 1", 0, 1, 2},
			{"UPDATE product_sales SET revenue = revenue + 1 WHERE span = 'month'", 0, 1, 1},
			{"DELETE FROM product_sales WHERE span = 'day'", 0, 2, 1},
			{"DELETE FROM product_sales", 0, 1, 2},
			{"UPDATE category_sales SET units = units + 1 WHERE span = 'day'", 0, 0, 1},
			{"UPDATE category_sales SET revenue = revenue - 1 WHERE span = 'month'", 0, 0, 1},
			{"UPDATE category_sales SET revenue = revenue - 1 WHERE span = 'hour'", 0, 0, 1},
			{"DELETE FROM category_sales WHERE span = 'hour'", 0, 0, 1},
			{"DELETE FROM category_sales", 0, 0, 3},
			{"UPDATE product_filings SET category_id = 2", 0, 0, 8},
			{"DELETE FROM product_filings", 0, 0, 8},
		} {
			storetest.SQL(t, db, damage.sql)
			for _, full := range []bool{true, false} {
				got := prove(t, db, full)
				if got.OK || got.SalesDrifts != 1 || len(got.SalesList) != 1 ||
					got.SalesList[0].Slots != damage.slots || got.SalesList[0].Products != damage.products ||
					got.SalesList[0].Categories != damage.categories {
					t.Errorf("%s: %+v", damage.sql, got.SalesList)
				}
			}
			if _, err := summary.Rebuild(storetest.Context(t), db, summary.Options{}); err != nil {
				t.Fatal(err)
			}
			if got := prove(t, db, true); !got.OK {
				t.Fatalf("made anew after %s: %+v", damage.sql, got)
			}
		}
	})
}

// Summaries that are computed more than an hour later, or computed again, are still
// compared.
func TestProveComparesLateSummaries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		keep(t, db)
		aged(t, db)
		check := func(when string, want bool) {
			t.Helper()
			if got := prove(t, db, false); got.OK != want {
				t.Errorf("%s: %+v", when, got)
			}
		}
		check("the first look", true)
		shoptest.Order(t, db, 1, 1)
		aged(t, db)
		check("an order that is not summed up", true)
		keep(t, db)
		storetest.SQL(t, db, "UPDATE sales_slots SET revenue = revenue + 1")
		check("summed up late, and wrong", false)
		if _, err := summary.Rebuild(storetest.Context(t), db, summary.Options{}); err != nil {
			t.Fatal(err)
		}
		check("made anew", true)
		if again := prove(t, db, false); !again.OK || again.Since.Events == 0 {
			t.Errorf("nothing is new: %+v", again)
		}
		storetest.SQL(t, db, "UPDATE checkpoints SET position = 0 WHERE name = 'sales'")
		check("while they are made anew", true)
		storetest.SQL(t, db, "UPDATE checkpoints SET position = 100 WHERE name = 'sales'")
		storetest.SQL(t, db, "UPDATE sales_slots SET revenue = revenue + 1")
		check("made anew, and wrong", false)
	})
}

// The month of the last day before a gap of a whole year is compared too, although
// the day after the gap is of a month with the same name.
func TestRunComparesTheSameMonthOfTwoYears(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		storetest.SQL(t, db, "UPDATE orders SET placed_at = '2025-11-10 10:00:00+00:00' WHERE id = 1")
		storetest.SQL(t, db, "UPDATE orders SET placed_at = '2026-11-05 10:00:00+00:00' WHERE id = 2")
		keep(t, db)
		if report := run(t, db); !report.OK {
			t.Fatalf("a shop in order: %+v", report)
		}
		storetest.SQL(t, db, "UPDATE product_sales SET revenue = revenue + 1 WHERE span = 'month' AND since < '2026-01-01'")
		report := run(t, db)
		want := []reconcile.SalesDrift{{Day: "2025-11-10", Products: 1, Categories: 1}}
		if diff := cmp.Diff(want, report.SalesList); report.OK || diff != "" {
			t.Error("a wrong month (-want +got):\n" + diff)
		}
	})
}

// Products that are wrongly kept as scarce, or wrongly not, are found. Changes that the
// summaries do not include yet are no drift.
func TestProveComparesScarceProducts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		product := shoptest.Products(t, db, 1, 5)[0]
		keep(t, db)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(product).SetLowStockAt(5).Exec(ctx)
		})
		if report := run(t, db); !report.OK {
			t.Fatalf("a change that the summaries do not know of: %+v", report)
		}
		keep(t, db)
		for _, damage := range []string{
			"DELETE FROM scarce_products",
			"UPDATE scarce_products SET stock = stock + 1",
			"UPDATE products SET low_stock_at = NULL",
		} {
			if report := run(t, db); !report.OK {
				t.Fatalf("a shop in order: %+v", report)
			}
			storetest.SQL(t, db, damage)
			for _, full := range []bool{true, false} {
				if got := prove(t, db, full); got.OK || got.ScarceDrifts != 1 {
					t.Errorf("%s: %+v", damage, got)
				}
			}
			storetest.SQL(t, db, "UPDATE products SET low_stock_at = 5 WHERE stock = 5")
			if _, err := summary.Rebuild(storetest.Context(t), db, summary.Options{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Wrong tallies of orders and of scarce products are found when everything is checked.
// Changes that the summaries do not include yet are no drift.
func TestProveComparesTallies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		shoptest.Products(t, db, 1, 0)
		sell(t, db)
		keep(t, db)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(1).SetStatus(shop.Processing).Exec(ctx)
		})
		for damage, wrong := range map[string]int64{
			"UPDATE tallies SET number = number + 1 WHERE name = 'pending'":        1,
			"UPDATE tallies SET number = 1 WHERE name IN ('shipped', 'low_stock')": 2,
			"DELETE FROM tallies WHERE name = 'out_of_stock'":                      1,
			"UPDATE orders SET status = 'shipped' WHERE id = 1":                    2,
		} {
			if got := prove(t, db, true); !got.OK {
				t.Fatalf("a shop in order: %+v", got)
			}
			storetest.SQL(t, db, damage)
			if got := prove(t, db, true); got.OK || got.TallyDrifts != wrong {
				t.Errorf("%s: %+v", damage, got)
			}
			storetest.SQL(t, db, "UPDATE orders SET status = 'processing' WHERE id = 1")
			storetest.SQL(t, db, "DELETE FROM tallies")
			if got := prove(t, db, true); !got.OK {
				t.Fatalf("a shop that was summed up before there were tallies: %+v", got)
			}
			if _, err := summary.Rebuild(storetest.Context(t), db, summary.Options{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
