// Package shoptest fills a test's shop through the client and use cases of the program.
package shoptest

import (
	"context"
	"fmt"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Do runs fn in a transaction and fails the test when it fails.
func Do(t testing.TB, db *store.DB, fn func(ctx context.Context, tx *ent.Client) error) {
	t.Helper()
	if err := db.Tx(storetest.Context(t), fn); err != nil {
		t.Fatal(err)
	}
}

// Category creates a category below parent, or at the top if parent is nil.
func Category(t testing.TB, db *store.DB, slug string, parent *int64) int64 {
	t.Helper()
	var id int64
	Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		c, err := tx.Category.Create().SetName(slug).SetSlug(slug).SetNillableParentID(parent).Save(ctx)
		if err == nil {
			id = c.ID
		}
		return err
	})
	return id
}

// Products creates n products in a new category, with the prices 100, 200, … and this stock
// each.
func Products(t testing.TB, db *store.DB, n int, stock int64) []int64 {
	t.Helper()
	category := Category(t, db, fmt.Sprintf("category-of-%d", n), nil)
	ids := make([]int64, n)
	Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		for i := range ids {
			p, err := tx.Product.Create().SetSku(fmt.Sprintf("P-%d", i+1)).SetName(fmt.Sprintf("Product %d", i+1)).
				SetPrice(shop.Money(100 * (i + 1))).SetStock(stock).SetCategoryID(category).Save(ctx)
			if err != nil {
				return err
			}
			ids[i] = p.ID
		}
		return nil
	})
	return ids
}

// Customers creates n customers.
func Customers(t testing.TB, db *store.DB, n int) []int64 {
	t.Helper()
	ids := make([]int64, n)
	Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		for i := range ids {
			c, err := tx.Customer.Create().SetEmail(fmt.Sprintf("c%d@example.com", i+1)).SetName("C").Save(ctx)
			if err != nil {
				return err
			}
			ids[i] = c.ID
		}
		return nil
	})
	return ids
}

// Order places an order of one unit of each product.
func Order(t testing.TB, db *store.DB, customer int64, products ...int64) *checkout.Placed {
	t.Helper()
	return OrderIn(storetest.Context(t), t, db, customer, products...)
}

// OrderIn is Order for the viewer of the context.
func OrderIn(ctx context.Context, t testing.TB, db *store.DB, customer int64, products ...int64) *checkout.Placed {
	t.Helper()
	var placed *checkout.Placed
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		for _, product := range products {
			if _, err := cart.Add(ctx, tx, customer, product, 1); err != nil {
				return err
			}
		}
		var err error
		placed, err = checkout.Place(ctx, tx, customer, nil, nil, shop.DefaultCurrency)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

// Paths lead an order from pending to each state.
var Paths = map[shop.OrderStatus][]shop.OrderStatus{
	shop.Pending:    {},
	shop.Processing: {shop.Processing},
	shop.Shipped:    {shop.Processing, shop.Shipped},
	shop.Delivered:  {shop.Processing, shop.Shipped, shop.Delivered},
	shop.Cancelled:  {shop.Cancelled},
}

// Move brings a pending order into a state.
func Move(t testing.TB, db *store.DB, id int64, to shop.OrderStatus) {
	t.Helper()
	Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		for _, status := range Paths[to] {
			if _, err := order.Transition(ctx, tx, id, status, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// Agree fails the test unless stock, ledger and orders agree.
func Agree(t testing.TB, db *store.DB) {
	t.Helper()
	report, err := reconcile.Run(storetest.Context(t), db, reconcile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK {
		t.Errorf("the books do not agree: %+v", report)
	}
}
