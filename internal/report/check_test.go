package report_test

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
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

// sales compares all reports about a period.
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
	c.sharesBy(p, report.Best{By: report.Revenue, Limit: limit})
	c.sharesBy(p, report.Best{By: report.Units, Limit: limit})
}

func (c *check) sharesBy(p report.Period, best report.Best) {
	c.Helper()
	limit := best.Limit
	total := func(parts []report.Share) (out report.Shares[report.Share]) {
		for _, s := range parts {
			out.Revenue += s.Revenue
			out.Units += s.Units
		}
		return out
	}
	products, err := report.ByProduct(c.ctx(), c.db.Reader, p, "EUR", best)
	if err != nil {
		c.Fatal(err)
	}
	parts := c.books.byGroup(p, "EUR", best.By, func(p *ent.Product) int64 { return p.ID })
	want := &report.Shares[report.ProductSales]{Items: []report.ProductSales{}, Revenue: total(parts).Revenue, Units: total(parts).Units}
	for _, s := range parts[:min(limit, len(parts))] {
		product := c.books.products[s.ID]
		want.Items = append(want.Items, report.ProductSales{Share: s, SKU: product.Sku, Name: product.Name})
	}
	c.same("products by "+string(best.By), products, want)

	categories, err := report.ByCategory(c.ctx(), c.db.Reader, p, "EUR", best)
	if err != nil {
		c.Fatal(err)
	}
	parts = c.books.byGroup(p, "EUR", best.By, func(p *ent.Product) int64 { return p.CategoryID })
	wanted := &report.Shares[report.CategorySales]{Items: []report.CategorySales{}, Revenue: total(parts).Revenue, Units: total(parts).Units}
	for _, s := range parts[:min(limit, len(parts))] {
		wanted.Items = append(wanted.Items, report.CategorySales{Share: s, Name: c.books.categories[s.ID].Name, Path: c.books.path(s.ID)})
	}
	c.same("categories by "+string(best.By), categories, wanted)
}

// now compares all reports about the present.
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
		want := c.books.stockAt(product, day.To)
		if day.To.After(now) {
			want = c.books.products[product].Stock
		}
		c.same("stock at the end of "+day.Date, day.Stock, want)
		if !day.From.Equal(date) || day.From.After(now) {
			c.Errorf("%s begins at %s, the day before ended at %s", day.Date, day.From, date)
		}
		date = day.To
	}
	if date.Before(p.To) && !date.After(now) {
		c.Errorf("the days end at %s", date)
	}
}
