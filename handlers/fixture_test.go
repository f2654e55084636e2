package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// small is a shop of a few records, enough to be wrong about.
//
//	category, child     a category and one below it
//	spare               a category without anything
//	gone_category       a deleted one
//	product, second     living products in category, 10 and 5 in stock
//	gone_product        a deleted one
//	customer, buyer     living customers
//	gone_customer       a deleted one
func (a *api) small() names {
	a.t.Helper()
	ids := names{}
	ids["category"] = a.category("furniture")
	ids["child"] = a.post("/categories", map[string]any{
		"name": "Chairs", "slug": "chairs", "parent_id": ids["category"],
	}).is(201).int("id")
	ids["spare"] = a.category("spare")
	ids["gone_category"] = a.category("gone")
	a.delete(fmt.Sprintf("/categories/%d", ids["gone_category"])).is(204)
	ids["product"] = a.product("P-1", 1999, 10, ids["category"])
	ids["second"] = a.product("P-2", 250, 5, ids["category"])
	ids["gone_product"] = a.product("P-3", 100, 1, ids["category"])
	a.delete(fmt.Sprintf("/products/%d", ids["gone_product"])).is(204)
	ids["customer"] = a.customer("jane@example.com")
	ids["buyer"] = a.customer("john@example.com")
	ids["gone_customer"] = a.customer("gone@example.com")
	a.delete(fmt.Sprintf("/customers/%d", ids["gone_customer"])).is(204)
	return ids
}

// fill puts a quantity of each product into a customer's cart.
func (a *api) fill(customer, quantity int64, products ...int64) {
	a.t.Helper()
	for _, product := range products {
		a.post(fmt.Sprintf("/customers/%d/cart/items", customer),
			map[string]any{"product_id": product, "quantity": quantity}).is(200)
	}
}

// order lets the customer buy a quantity of each product, and returns the id of the order.
func (a *api) order(customer, quantity int64, products ...int64) int64 {
	a.t.Helper()
	a.fill(customer, quantity, products...)
	return a.post(fmt.Sprintf("/customers/%d/checkout", customer), nil).is(201).int("id")
}

// times returns n copies of a text.
func times(text string, n int) string { return strings.Repeat(text, n) }

// watched opens a database whose statements the test sees before they run.
func watched(t *testing.T, name string, see func(ctx context.Context, statement string)) *store.DB {
	t.Helper()
	return storetest.Open(t, store.Config{
		URL: storetest.URL(t, name),
		Observe: func(ctx context.Context, statement string) (context.Context, func(error)) {
			see(ctx, statement)
			return ctx, func(error) {}
		},
	})
}
