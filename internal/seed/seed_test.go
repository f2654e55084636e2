package seed_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/schema/field"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// now is a Monday at noon.
var now = time.Date(2026, 6, 15, 12, 0, 0, 123456000, time.UTC)

// small returns options for a shop that is seeded quickly.
func small() seed.Options {
	return seed.Options{Products: 150, Customers: 40, Orders: 300, Seed: 7, Now: now}
}

// run seeds a shop and reconciles the books.
func run(t *testing.T, db *store.DB, o seed.Options) seed.Summary {
	t.Helper()
	summary, err := seed.Run(storetest.Context(t), db, o)
	if err != nil {
		t.Fatal(err)
	}
	shoptest.Agree(t, db)
	return summary
}

// content returns every row of a database as a line of text that is the same on both
// databases.
func content(t *testing.T, db *store.DB) []string {
	t.Helper()
	var lines []string
	for _, table := range migrate.Tables {
		names := make([]string, len(table.Columns))
		for i, c := range table.Columns {
			names[i] = `"` + c.Name + `"`
		}
		rows, err := db.ReadSQL().QueryContext(storetest.Context(t),
			fmt.Sprintf("SELECT %s FROM %q ORDER BY id", strings.Join(names, ", "), table.Name))
		if err != nil {
			t.Fatal(err)
		}
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			line := []string{table.Name}
			for i, v := range values {
				if at, ok := v.(time.Time); ok {
					v = at.UnixMicro()
				}
				if table.Columns[i].Type == field.TypeBool {
					v = fmt.Sprint(v) == "true" || fmt.Sprint(v) == "1" // SQLite has no booleans
				}
				line = append(line, fmt.Sprintf("%s=%v", table.Columns[i].Name, v))
			}
			lines = append(lines, strings.Join(line, " "))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

// The same options give the same rows, on either database.
func TestSameShop(t *testing.T) {
	t.Parallel()
	first, second, other := storetest.SQLite(t), storetest.SQLite(t), storetest.Postgres(t)
	summary := run(t, first, small())
	want := content(t, first)
	for name, db := range map[string]*store.DB{"again": second, "on PostgreSQL": other} {
		if diff := cmp.Diff(summary, run(t, db, small())); diff != "" {
			t.Errorf("summary %s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(want, content(t, db)); diff != "" {
			t.Errorf("rows %s (-want +got):\n%s", name, diff)
		}
	}
	rows := summary.Categories + summary.Products + summary.Customers + summary.CartItems +
		summary.Orders + summary.OrderItems + summary.OrderEvents + summary.Movements
	if rows != int64(len(want)) {
		t.Errorf("the summary counts %d rows, there are %d", rows, len(want))
	}
	another := small()
	another.Seed++
	third := storetest.SQLite(t)
	run(t, third, another)
	if cmp.Equal(want, content(t, third)) {
		t.Error("another seed gave the same shop")
	}
}

// A shop that has data of any kind is left alone.
func TestShopWithDataIsLeftAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		shoptest.Customers(t, db, 1)
		before := shoptest.Dump(t, db)
		summary, err := seed.Run(storetest.Context(t), db, small())
		if !errors.Is(err, seed.ErrNotEmpty) || summary != (seed.Summary{}) {
			t.Errorf("got %+v, %v", summary, err)
		}
		if diff := cmp.Diff(before, shoptest.Dump(t, db)); diff != "" {
			t.Error("(-before +after):\n" + diff)
		}
	})
}

// Force adds to the existing data, and does not change it.
func TestForce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		run(t, db, small())
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { // rows that people entered
			if _, err := tx.Product.Create().SetSku("KIT-0777").SetName("Pan").SetPrice(1).SetCategoryID(1).Save(ctx); err != nil {
				return err
			}
			_, err := tx.Customer.Create().SetEmail("anna.weber@example.com").SetName("Anna Weber").Save(ctx)
			return err
		})
		before := content(t, db)
		again := small()
		again.Force = true
		summary := run(t, db, again)
		again.Seed++
		run(t, db, again)
		if summary.Categories != 0 || summary.Products != 150 || summary.Orders != 300 {
			t.Errorf("got %+v", summary)
		}
		after := map[string]bool{}
		for _, line := range content(t, db) {
			after[line] = true
		}
		for _, line := range before {
			if !after[line] {
				t.Errorf("changed or lost: %s", line)
			}
		}
		var kitchen, late int
		for _, p := range db.Reader.Product.Query().AllX(storetest.Context(t)) {
			if strings.HasPrefix(p.Sku, "KIT-") {
				kitchen++
			}
			if strings.HasPrefix(p.Sku, "KIT-") && p.Sku > "KIT-0777" {
				late++
			}
		}
		if late == 0 || kitchen == late {
			t.Errorf("%d products with the prefix KIT, %d after the last one that was there", kitchen, late)
		}
		var names, products int
		err := db.ReadSQL().QueryRowContext(storetest.Context(t), "SELECT COUNT(DISTINCT name), COUNT(*) FROM products").Scan(&names, &products)
		if err != nil || names != products {
			t.Errorf("%d names for %d products, %v", names, products, err)
		}
	})
}

// New ids continue after the seeded rows.
func TestWritesAfterwards(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		summary := run(t, db, small())
		products, customers := shoptest.Products(t, db, 2, 5), shoptest.Customers(t, db, 1)
		placed := shoptest.Order(t, db, customers[0], products...)
		shoptest.Move(t, db, placed.Order.ID, shop.Cancelled)
		if products[0] != summary.Products+1 || customers[0] != summary.Customers+1 || placed.Order.ID != summary.Orders+1 {
			t.Errorf("ids %v %v %d after %+v", products, customers, placed.Order.ID, summary)
		}
		shoptest.Agree(t, db)
	})
}

// A seed that is interrupted leaves nothing behind, and can be run again. If it is
// interrupted only while it updates the planner's statistics, the error says that the shop
// is filled.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := shoptest.Dump(t, db)
		for _, stage := range []string{"products", "customers", "orders"} {
			ctx, cancel := context.WithCancel(storetest.Context(t))
			o := small()
			o.Progress = func(at string, _, _ int64) {
				if at == stage {
					cancel()
				}
			}
			if _, err := seed.Run(ctx, db, o); !errors.Is(err, context.Canceled) {
				t.Errorf("interrupted at %s: %v", stage, err)
			}
			cancel()
			if diff := cmp.Diff(before, shoptest.Dump(t, db)); diff != "" {
				t.Errorf("left behind at %s:\n%s", stage, diff)
			}
		}
		ctx, cancel := context.WithCancel(storetest.Context(t))
		defer cancel()
		o := small()
		o.Progress = func(at string, _, _ int64) {
			if at == "analyze" {
				cancel()
			}
		}
		if _, err := seed.Run(ctx, db, o); err == nil || !strings.Contains(err.Error(), "the shop is filled") {
			t.Errorf("interrupted when it was filled: %v", err)
		}
		shoptest.Agree(t, db)
	})
}

// Two simultaneous seeds, such as those of two replicas that start, make one shop.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		results := make(chan error)
		for range 2 {
			go func() {
				_, err := seed.Run(storetest.Context(t), db, small())
				results <- err
			}()
		}
		one, two := <-results, <-results
		if one == nil {
			one, two = two, one
		}
		if two != nil || !errors.Is(one, seed.ErrNotEmpty) {
			t.Errorf("got %v and %v, expected one shop", one, two)
		}
		if n := db.Reader.Order.Query().CountX(storetest.Context(t)); n != 300 {
			t.Errorf("%d orders", n)
		}
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	for _, c := range []struct {
		name, says string
		of         func(n int) seed.Options
		beyond     int
	}{
		{"products", "expected 0 to 10000000", func(n int) seed.Options { return seed.Options{Products: n} }, 10_000_001},
		{"customers", "expected 0 to 20000000", func(n int) seed.Options { return seed.Options{Customers: n} }, 20_000_001},
		{"orders", "expected 0 to 100000000", func(n int) seed.Options { return seed.Options{Orders: n, Products: 1, Customers: 1} }, 100_000_001},
	} {
		for _, n := range []int{-1, c.beyond, math.MaxInt} {
			_, err := seed.Run(storetest.Context(t), db, c.of(n))
			refused, ok := errors.AsType[*shop.Error](err)
			if !ok || refused.Kind != shop.KindInvalid || refused.Fields[0].Location != c.name || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%d %s: %v", n, c.name, err)
			}
		}
	}
	for _, o := range []seed.Options{{Orders: 1, Products: 1}, {Orders: 1, Customers: 1}} {
		if _, err := seed.Run(storetest.Context(t), db, o); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

// Unusual options give valid shops too.
func TestOddShops(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]seed.Options{
		"tree alone":     {},
		"catalog alone":  {Products: 30},
		"people alone":   {Customers: 30},
		"one of each":    {Products: 1, Customers: 1, Orders: 1},
		"one bestseller": {Products: 1, Customers: 1, Orders: 400},
		"ghost town":     {Products: 400, Customers: 300, Orders: 5},
		"yen":            {Products: 50, Customers: 5, Orders: 50, Currency: "JPY"},
	} {
		o.Now = now
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				summary := run(t, db, o)
				if summary.Products != int64(o.Products) || summary.Customers != int64(o.Customers) || summary.Orders != int64(o.Orders) {
					t.Errorf("got %+v", summary)
				}
				want := shop.DefaultCurrency
				if o.Currency != "" {
					want = o.Currency
				}
				for _, order := range db.Reader.Order.Query().AllX(storetest.Context(t)) {
					if order.Currency != string(want) {
						t.Fatalf("order %d is in %s", order.ID, order.Currency)
					}
				}
			})
		})
	}
}

// Progress never goes backwards, and every stage ends.
func TestProgress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		type state struct{ done, total int64 }
		stages := map[string]state{}
		o := small()
		o.Progress = func(stage string, done, total int64) {
			if done < stages[stage].done || done > total {
				t.Errorf("%s: %d after %d, of %d", stage, done, stages[stage].done, total)
			}
			stages[stage] = state{done, total}
		}
		run(t, db, o)
		for _, stage := range []string{"products", "customers", "orders", "analyze"} {
			if s := stages[stage]; s.total == 0 || s.done != s.total {
				t.Errorf("%s ended at %d of %d", stage, s.done, s.total)
			}
		}
	})
}
