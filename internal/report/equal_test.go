package report_test

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// check compares reports with the books.
type check struct {
	*testing.T

	db    *store.DB
	books *books
}

func (c *check) ctx() context.Context { return storetest.Context(c.T) }

func (c *check) same(what string, got, want any) {
	c.Helper()
	if d := gocmp.Diff(want, got); d != "" {
		c.Errorf("%s: want -, got +\n%s", what, d)
	}
}

// sales compares everything that is about a period.
func (c *check) sales(p report.Period, limit int) {
	c.Helper()
	before := p.Previous()
	summary, err := report.Summarise(c.ctx(), c.db.Reader, p, "EUR")
	if err != nil {
		c.Fatal(err)
	}
	c.same("current", summary.Current, c.books.add(c.books.sold(p.From, p.To, "EUR")))
	c.same("previous", summary.Previous, c.books.add(c.books.sold(before.From, before.To, "EUR")))
	foreign := []report.Foreign{}
	if s := c.books.add(c.books.sold(p.From, p.To, "USD")); s.Orders > 0 {
		foreign = append(foreign, report.Foreign{Currency: "USD", Orders: s.Orders, Revenue: s.Revenue})
	}
	c.same("foreign", summary.Foreign, foreign)

	current, previous, err := report.ByDay(c.ctx(), c.db.Reader, p, "EUR")
	if err != nil {
		c.Fatal(err)
	}
	c.days(p, current)
	c.days(before, previous)
	c.shares(p, limit)
}

func (c *check) days(p report.Period, days []report.DaySales) {
	c.Helper()
	want := c.books.byDay(p, "EUR")
	for _, day := range days {
		c.same(day.Date, day.Sales, want[day.Date])
		delete(want, day.Date)
	}
	if len(want) > 0 {
		c.Errorf("days are missing: %v", want)
	}
}

func (c *check) shares(p report.Period, limit int) {
	c.Helper()
	total := func(parts []report.Share) (out report.Shares[report.Share]) {
		for _, s := range parts {
			out.Revenue += s.Revenue
			out.Units += s.Units
		}
		return out
	}
	products, err := report.ByProduct(c.ctx(), c.db.Reader, p, "EUR", limit)
	if err != nil {
		c.Fatal(err)
	}
	parts := c.books.byGroup(p, "EUR", func(p *ent.Product) int64 { return p.ID })
	want := &report.Shares[report.ProductSales]{Items: []report.ProductSales{}, Revenue: total(parts).Revenue, Units: total(parts).Units}
	for _, s := range parts[:min(limit, len(parts))] {
		product := c.books.products[s.ID]
		want.Items = append(want.Items, report.ProductSales{Share: s, SKU: product.Sku, Name: product.Name})
	}
	c.same("by product", products, want)

	categories, err := report.ByCategory(c.ctx(), c.db.Reader, p, "EUR", limit)
	if err != nil {
		c.Fatal(err)
	}
	parts = c.books.byGroup(p, "EUR", func(p *ent.Product) int64 { return p.CategoryID })
	wanted := &report.Shares[report.CategorySales]{Items: []report.CategorySales{}, Revenue: total(parts).Revenue, Units: total(parts).Units}
	for _, s := range parts[:min(limit, len(parts))] {
		wanted.Items = append(wanted.Items, report.CategorySales{Share: s, Name: c.books.categories[s.ID].Name, Path: c.books.path(s.ID)})
	}
	c.same("by category", categories, wanted)
}

// now compares what is about the present.
func (c *check) now(limit int) {
	c.Helper()
	var counts []report.StatusCount
	var waiting []report.ToPack
	for _, status := range shop.OrderStatuses {
		n := report.StatusCount{Status: status}
		for _, o := range c.books.orders {
			if o.Status == status {
				n.Count++
			}
		}
		counts = append(counts, n)
	}
	for _, o := range c.books.orders {
		if o.Status == shop.Pending || o.Status == shop.Processing {
			waiting = append(waiting, report.ToPack{
				OrderID: o.ID, Status: o.Status, CustomerID: o.CustomerID, CustomerName: c.books.customers[o.CustomerID].Name,
				PlacedAt: o.PlacedAt, Total: o.TotalAmount, Currency: shop.Currency(o.Currency), Units: c.books.units(o),
			})
		}
	}
	slices.SortFunc(waiting, func(a, b report.ToPack) int {
		return cmp.Or(a.PlacedAt.Compare(b.PlacedAt), cmp.Compare(a.OrderID, b.OrderID))
	})
	got, err := report.ByStatus(c.ctx(), c.db.Reader)
	if err != nil {
		c.Fatal(err)
	}
	c.same("by status", got, counts)
	unpacked, err := report.Unpacked(c.ctx(), c.db.Reader, limit)
	if err != nil {
		c.Fatal(err)
	}
	c.same("unpacked", unpacked, append([]report.ToPack{}, waiting[:min(limit, len(waiting))]...))
	c.levels(limit)
}

func (c *check) levels(limit int) {
	c.Helper()
	want := &report.StockLevels{}
	scarce := []report.Scarce{}
	for _, p := range c.books.products {
		switch {
		case p.DeletedAt != nil || !p.IsActive:
			continue
		case p.Stock == 0:
			want.Out++
		case p.LowStockAt != nil && p.Stock <= *p.LowStockAt:
			want.Low++
		default:
			continue
		}
		scarce = append(scarce, report.Scarce{ProductID: p.ID, SKU: p.Sku, Name: p.Name, Stock: p.Stock, LowStockAt: p.LowStockAt})
	}
	slices.SortFunc(scarce, func(a, b report.Scarce) int {
		return cmp.Or(cmp.Compare(a.Stock, b.Stock), cmp.Compare(a.ProductID, b.ProductID))
	})
	for _, least := range []int64{0, 1, 2} {
		listed := slices.DeleteFunc(slices.Clone(scarce), func(s report.Scarce) bool { return s.Stock < least })
		want.Items = listed[:min(limit, len(listed))]
		got, err := report.Levels(c.ctx(), c.db.Reader, least, limit)
		if err != nil {
			c.Fatal(err)
		}
		c.same("stock levels", got, want)
	}
}

func (c *check) customer(id int64) {
	c.Helper()
	want := &report.CustomerSales{Foreign: []report.Foreign{}}
	for currency, add := range map[shop.Currency]func(report.Sales, []*ent.Order){
		"EUR": func(s report.Sales, orders []*ent.Order) {
			want.Sales = s
			for _, o := range orders {
				if want.FirstOrder == nil || o.PlacedAt.Before(*want.FirstOrder) {
					want.FirstOrder = &o.PlacedAt
				}
				if want.LastOrder == nil || o.PlacedAt.After(*want.LastOrder) {
					want.LastOrder = &o.PlacedAt
				}
			}
		},
		"USD": func(s report.Sales, _ []*ent.Order) {
			want.Foreign = append(want.Foreign, report.Foreign{Currency: "USD", Orders: s.Orders, Revenue: s.Revenue})
		},
	} {
		orders := slices.DeleteFunc(c.books.sold(time.Time{}, time.Now().AddDate(50, 0, 0), currency), func(o *ent.Order) bool { return o.CustomerID != id })
		if len(orders) > 0 {
			add(c.books.add(orders), orders)
		}
	}
	got, err := report.OfCustomer(c.ctx(), c.db.Reader, id, "EUR")
	if err != nil {
		c.Fatal(err)
	}
	c.same("customer", got, want)
}

// A year of a seeded shop: every report about every kind of period says what the
// rows say, in every zone.
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
			c.series(rapid.SampledFrom(keys(c.books.products)).Draw(r, "product"), p, end)
			c.customer(rapid.SampledFrom(keys(c.books.customers)).Draw(r, "customer"))
			if t.Failed() {
				r.FailNow()
			}
		})
	})
}

func keys[V any](m map[int64]V) []int64 {
	out := make([]int64, 0, len(m))
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

func (c *check) series(product int64, p report.Period, now time.Time) {
	c.Helper()
	if c.books.products[product].DeletedAt != nil {
		return
	}
	days, err := report.Series(c.ctx(), c.db.Reader, product, p, now)
	if err != nil {
		c.Fatal(err)
	}
	date := p.From
	for _, day := range days {
		c.same("stock at the end of "+day.Date, day.Stock, c.books.stockAt(product, day.To))
		if !day.From.Equal(date) || day.From.After(now) {
			c.Errorf("%s begins at %s, the day before ended at %s", day.Date, day.From, date)
		}
		date = day.To
	}
	if date.Before(p.To) && !date.After(now) {
		c.Errorf("the days end at %s", date)
	}
}

// Orders that people place one by one, at the very moments at which days and
// years begin and clocks change, in two currencies, with all that happens to
// them afterwards.
func TestReportsAtTheTurns(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 4, 1_000_000)
		child := shoptest.Category(t, db, "below", new(int64(1)))
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			if err := tx.Product.UpdateOneID(products[1]).SetCategoryID(child).SetLowStockAt(1_000_000).Exec(ctx); err != nil {
				return err
			}
			_, err := stock.Count(ctx, tx, products[3], 0, 1_000_000, "")
			return err
		})
		customers := shoptest.Customers(t, db, 2)
		rapid.Check(t, func(r *rapid.T) {
			for range rapid.IntRange(1, 3).Draw(r, "orders") {
				place(t, r, db, customers, products[:3])
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

// place checks out a cart, and then makes as if that had been at another time.
func place(t *testing.T, r *rapid.T, db *store.DB, customers, products []int64) {
	t.Helper()
	buyer := rapid.SampledFrom(customers).Draw(r, "buyer")
	currency := rapid.SampledFrom([]shop.Currency{"EUR", "EUR", "USD"}).Draw(r, "currency")
	lines := rapid.SliceOfNDistinct(rapid.SampledFrom(products), 1, 3, rapid.ID).Draw(r, "lines")
	quantity := rapid.Int64Range(1, 50).Draw(r, "quantity")
	var id int64
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		for _, product := range lines {
			if _, err := cart.Add(ctx, tx, buyer, product, quantity); err != nil {
				return err
			}
		}
		placed, err := checkout.Place(ctx, tx, buyer, nil, currency)
		if err == nil {
			id = placed.Order.ID
		}
		return err
	})
	shoptest.Move(t, db, id, rapid.SampledFrom(shop.OrderStatuses).Draw(r, "status"))
	at := moment(r, "placed").Truncate(time.Microsecond)
	if _, err := db.SQL().ExecContext(t.Context(), "UPDATE orders SET placed_at = $1 WHERE id = $2", at, id); err != nil {
		t.Fatal(err)
	}
}
