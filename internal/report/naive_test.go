package report_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// books are all rows of a shop, from which the tests compute the figures again, in the most
// obvious way.
type books struct {
	orders     []*ent.Order
	items      map[int64][]*ent.OrderItem
	products   map[int64]*ent.Product
	customers  map[int64]*ent.Customer
	categories map[int64]*ent.Category
	movements  map[int64][]*ent.InventoryMovement
}

func readBooks(t *testing.T, db *store.DB) *books {
	t.Helper()
	ctx := invariant.WithDeleted(storetest.Context(t))
	b := &books{
		items: map[int64][]*ent.OrderItem{}, products: map[int64]*ent.Product{}, customers: map[int64]*ent.Customer{},
		categories: map[int64]*ent.Category{}, movements: map[int64][]*ent.InventoryMovement{},
	}
	b.orders = all(t, ctx, db.Reader.Order.Query().All)
	for _, i := range all(t, ctx, db.Reader.OrderItem.Query().All) {
		b.items[i.OrderID] = append(b.items[i.OrderID], i)
	}
	for _, p := range all(t, ctx, db.Reader.Product.Query().All) {
		b.products[p.ID] = p
	}
	for _, c := range all(t, ctx, db.Reader.Customer.Query().All) {
		b.customers[c.ID] = c
	}
	for _, c := range all(t, ctx, db.Reader.Category.Query().All) {
		b.categories[c.ID] = c
	}
	for _, m := range all(t, ctx, db.Reader.InventoryMovement.Query().All) {
		b.movements[m.ProductID] = append(b.movements[m.ProductID], m)
	}
	return b
}

func all[T any](t *testing.T, ctx context.Context, query func(context.Context) ([]T, error)) []T { //nolint:revive // t first
	t.Helper()
	rows, err := query(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// sold returns the orders of a time that count.
func (b *books) sold(from, to time.Time, currency shop.Currency) []*ent.Order {
	var out []*ent.Order
	for _, o := range b.orders {
		if !o.PlacedAt.Before(from) && o.PlacedAt.Before(to) && o.Status != shop.Cancelled && o.Currency == string(currency) {
			out = append(out, o)
		}
	}
	return out
}

func (b *books) add(orders []*ent.Order) (s report.Sales) {
	for _, o := range orders {
		s.Orders++
		s.Revenue += o.TotalAmount
		s.Units += b.units(o)
	}
	return s
}

func (b *books) units(o *ent.Order) (units int64) {
	for _, i := range b.items[o.ID] {
		units += i.Quantity
	}
	return units
}

// byDay finds the date of each order with the calendar.
func (b *books) byDay(p report.Period, currency shop.Currency) map[string]report.Sales {
	dates := map[string][]*ent.Order{}
	for _, o := range b.sold(p.From, p.To, currency) {
		day := o.PlacedAt.In(p.Zone).Format(time.DateOnly)
		dates[day] = append(dates[day], o)
	}
	out := map[string]report.Sales{}
	for day, orders := range dates {
		out[day] = b.add(orders)
	}
	return out
}

// byGroup adds up lines by what of says of their products, the largest first.
func (b *books) byGroup(p report.Period, currency shop.Currency, by report.Measure, of func(*ent.Product) int64) (parts []report.Share) {
	found := map[int64]report.Share{}
	for _, o := range b.sold(p.From, p.To, currency) {
		for _, i := range b.items[o.ID] {
			id := of(b.products[i.ProductID])
			s := found[id]
			found[id] = report.Share{ID: id, Revenue: s.Revenue + i.Price*shop.Money(i.Quantity), Units: s.Units + i.Quantity}
		}
	}
	for _, s := range found {
		parts = append(parts, s)
	}
	slices.SortFunc(parts, func(a, c report.Share) int {
		revenue, units := cmp.Compare(c.Revenue, a.Revenue), cmp.Compare(c.Units, a.Units)
		if by == report.Units {
			return cmp.Or(units, revenue, cmp.Compare(a.ID, c.ID))
		}
		return cmp.Or(revenue, units, cmp.Compare(a.ID, c.ID))
	})
	return parts
}

func (b *books) path(category int64) string {
	var names []string
	for c := b.categories[category]; ; c = b.categories[*c.ParentID] {
		names = append([]string{c.Name}, names...)
		if c.ParentID == nil {
			return strings.Join(names, " / ")
		}
	}
}

// stockAt adds up the ledger of a product.
func (b *books) stockAt(product int64, end time.Time) (stock int64) {
	for _, m := range b.movements[product] {
		if m.CreatedAt.Before(end) {
			stock += m.QuantityChange
		}
	}
	return stock
}
