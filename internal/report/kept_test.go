package report_test

import (
	"context"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// keep updates the summaries, in steps of this many events.
func keep(t *testing.T, db *store.DB, atOnce int) *summary.Result {
	t.Helper()
	result, err := summary.Update(storetest.Context(t), db, summary.Options{AtOnce: atOnce})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// kept fails the test if reports are not made from summaries.
func (c *check) kept() {
	c.Helper()
	if used, err := report.Kept(access.System(c.Context()), c.db.Reader); err != nil || !used {
		c.Fatalf("the summaries are not used: %v", err)
	}
}

// In a year of a seeded shop, reports from summaries agree with the rows, for every kind of
// period and in every zone.
func TestSummariesEqualTheirTables(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		end := time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC)
		if _, err := seed.Run(storetest.Context(t), db, seed.Options{Products: 60, Customers: 20, Orders: 600, Seed: 7, Now: end}); err != nil {
			t.Fatal(err)
		}
		c := &check{T: t, db: db, books: readBooks(t, db)}
		keep(t, db, 700) // in several steps
		c.kept()
		c.now(7)
		year, err := report.NewPeriod(end.AddDate(-1, 0, 0), end, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		for _, by := range []report.Measure{report.Revenue, report.Units} {
			best := report.Best{By: by, Limit: 5}
			if used, err := report.Top(storetest.Context(t), db.Reader, year, "EUR", best); err != nil || !used {
				t.Errorf("what sold best by %s is looked for among all products: %v", by, err)
			}
		}
		rapid.Check(t, func(r *rapid.T) {
			c.sales(period(r), rapid.IntRange(1, 120).Draw(r, "limit"))
			if t.Failed() {
				r.FailNow()
			}
		})
	})
}

// Orders are placed when days begin and clocks change, in two currencies, and cancelled or
// not, before and after the summaries include them.
func TestSummariesOfABusyShop(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 4, 1_000_000_000)
		customers := shoptest.Customers(t, db, 2)
		categories := []int64{1, shoptest.Category(t, db, "other", nil), shoptest.Category(t, db, "below", new(int64(1)))}
		var placed []int64
		keep(t, db, 1)
		rapid.Check(t, func(r *rapid.T) {
			for range rapid.IntRange(1, 4).Draw(r, "steps") {
				switch rapid.SampledFrom([]string{"place", "place", "move", "keep", "file", "stock", "rebuild", "upgrade"}).Draw(r, "step") {
				case "place":
					placed = append(placed, buy(t, r, db, customers, products[:3]))
				case "move":
					if len(placed) > 0 {
						move(t, r, db, rapid.SampledFrom(placed).Draw(r, "order"))
					}
				case "keep":
					keep(t, db, rapid.IntRange(1, 50).Draw(r, "at once"))
				case "file":
					file(t, r, db, products[:3], categories)
				case "stock":
					restock(t, r, db, products)
				case "rebuild":
					if _, err := summary.Rebuild(storetest.Context(t), db, summary.Options{}); err != nil {
						t.Fatal(err)
					}
				case "upgrade":
					storetest.SQL(t, db, "DELETE FROM tallies") // as in a release without them
					keep(t, db, rapid.IntRange(1, 50).Draw(r, "at once"))
				}
			}
			c := &check{T: t, db: db, books: readBooks(t, db)}
			c.kept()
			c.sales(period(r), 2)
			c.now(rapid.IntRange(1, 5).Draw(r, "limit"))
			if t.Failed() {
				r.FailNow()
			}
		})
	})
}

// If a product moves to another category while events wait to be counted, exactly what is
// counted moves with it, by hour too.
func TestSummariesOfAMovedProduct(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 1, 1_000), shoptest.Customers(t, db, 1)
		other := shoptest.Category(t, db, "other", nil)
		at := time.Date(2026, 5, 2, 5, 20, 0, 0, time.UTC)
		place := func() {
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				_, err := checkOut(ctx, tx, customers[0], products, 1, "EUR", at)
				return err
			})
		}
		place()
		keep(t, db, 100)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(products[0]).SetCategoryID(other).Exec(ctx)
		})
		place()
		place()
		for _, hour := range []int{5, 6, -18, -19} { // the hour of the orders is part of the period, or left out
			from := time.Date(2026, 5, 2, hour, 0, 0, 0, time.UTC)
			p, err := report.NewPeriod(from, from.AddDate(0, 0, 1), time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			c := &check{T: t, db: db, books: readBooks(t, db)}
			c.sales(p, 5)
			keep(t, db, 1) // moves it after the first of the two orders
			c.kept()
			c.sales(p, 5)
		}
	})
}

// A checkout that is in progress while the summaries pass its event is in no report before
// it commits, and in every report afterwards, whether or not the summaries were updated in
// between. A checkout that is rolled back never is.
func TestSummariesSeeWhatCommitsLate(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != dialect.Postgres {
			t.Skip("SQLite has one writer: nothing commits late")
		}
		products, customers := shoptest.Products(t, db, 3, 1_000), shoptest.Customers(t, db, 3)
		ctx := storetest.Context(t)
		at := time.Date(2026, 5, 2, 10, 20, 0, 0, time.UTC)
		keep(t, db, 100)
		p, err := report.NewPeriod(at.AddDate(0, 0, -5), at.AddDate(0, 0, 5), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		check := func(when string, orders int64) {
			t.Helper()
			c := &check{T: t, db: db, books: readBooks(t, db)}
			c.kept()
			c.sales(p, 5)
			c.now(5)
			if s, err := report.Summarise(storetest.Context(t), db.Reader, p, "EUR"); err != nil || s.Current.Orders != orders {
				t.Errorf("%s: %+v, %v", when, s, err)
			}
		}
		var open [2]*ent.Tx
		for i := range open {
			if open[i], err = db.Client.Tx(ctx); err != nil {
				t.Fatal(err)
			}
			if _, err := checkOut(ctx, open[i].Client(), customers[i], products[i:i+1], 1, "EUR", at); err != nil {
				t.Fatal(err)
			}
		}
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			_, err := checkOut(ctx, tx, customers[2], products[2:], 1, "EUR", at)
			return err
		})
		check("one is committed", 1)
		if got := keep(t, db, 100); got.Gaps != 1 {
			t.Errorf("expected one gap of two ids, got %+v", got)
		}
		check("the summaries have passed two", 1)
		storetest.SQL(t, db, "DELETE FROM tallies") // as in a release without them
		if got := keep(t, db, 100); got.Gaps != 1 {
			t.Errorf("the gap is forgotten: %+v", got)
		}
		check("tallied anew, with a gap", 1)
		if err := open[1].Commit(); err != nil {
			t.Fatal(err)
		}
		check("the second is committed", 2)
		if got := keep(t, db, 100); got.Gaps != 1 {
			t.Errorf("the gap of the first is forgotten: %+v", got)
		}
		check("and counted", 2)
		if err := open[0].Rollback(); err != nil {
			t.Fatal(err)
		}
		if got := keep(t, db, 100); got.Gaps != 0 {
			t.Errorf("a gap is kept that nothing can fill: %+v", got)
		}
		check("the first is rolled back", 2)
	})
}

// Transactions that were rolled back leave gaps. However many there are, reports read the
// summaries and the events that were committed in gaps.
func TestSummariesWithManyGaps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 1, 1_000), shoptest.Customers(t, db, 1)
		keep(t, db, 100)
		shoptest.Order(t, db, customers[0], products...)
		storetest.SQL(t, db, "UPDATE checkpoints SET position = 10000")
		storetest.SQL(t, db, `INSERT INTO event_gaps (created_at, first_id, last_id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 2 FROM n WHERE i < 10000) SELECT '2026-05-02 00:00:00+00:00', i, i FROM n`)
		p, err := lately()
		if err != nil {
			t.Fatal(err)
		}
		c := &check{T: t, db: db, books: readBooks(t, db)}
		c.kept()
		c.sales(p, 5)
		c.now(5)
	})
}

// Reports agree while servers update the summaries and staff cancel orders.
func TestSummariesOfAMovingShop(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 3, 1_000_000), shoptest.Customers(t, db, 4)
		keep(t, db, 100)
		ctx := storetest.Context(t)
		p, err := lately()
		if err != nil {
			t.Fatal(err)
		}
		const rounds = 15
		var work []func() error
		for _, customer := range customers[:3] {
			work = append(work, func() error {
				return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
					id, err := checkOut(ctx, tx, customer, products, 1, "EUR", shop.Now())
					if err == nil && customer == customers[0] {
						err = tx.Order.UpdateOneID(id).SetStatus(shop.Cancelled).Exec(ctx)
					}
					return err
				})
			})
		}
		for range 2 { // two servers
			work = append(work, func() error {
				_, err := summary.Update(ctx, db, summary.Options{AtOnce: 7})
				return err
			})
		}
		var group errgroup.Group
		for _, do := range work {
			group.Go(func() error {
				for range rounds {
					if err := do(); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		keep(t, db, 100)
		c := &check{T: t, db: db, books: readBooks(t, db)}
		c.kept()
		c.sales(p, 10)
		c.now(10)
		if s, err := report.Summarise(ctx, db.Reader, p, "EUR"); err != nil || s.Current.Orders != 2*rounds {
			t.Errorf("%+v, %v", s, err)
		}
	})
}
