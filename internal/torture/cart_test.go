//go:build linux

package torture_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
)

// The kinds of operations on carts. The checker knows which of them places
// orders.
const checkoutKind = "checkout"

type cartView struct {
	Items []struct {
		ID       int64 `json:"id"`
		Product  int64 `json:"product_id"`
		Quantity int64 `json:"quantity"`
	} `json:"items"`
	Total int64 `json:"total_amount"`
}

// buyer returns a customer: mostly one that others serve at the same time.
func (c *client) buyer() (customer int64, lines map[int64]int64) {
	if c.chance(40) {
		if customer = c.own(); customer != 0 {
			return customer, c.owned[customer]
		}
	}
	return c.pick(c.floor.customers), nil
}

// lose gives up a customer of the client's own, whose cart is no longer known for certain.
func (c *client) lose(customer int64) { delete(c.owned, customer) }

func (c *client) addToCart(ctx context.Context) {
	customer, lines := c.buyer()
	product := c.pick(c.floor.hot)
	if c.chance(15) {
		if made := c.pick(c.floor.madeProducts()); made != 0 {
			product = made
		}
	}
	quantity := 1 + c.rng.Int64N(3)
	o := c.begin("cart add")
	c.write(ctx, o, request{
		method: http.MethodPost, path: fmt.Sprintf("/customers/%d/cart/items", customer),
		body: map[string]any{"product_id": product, "quantity": quantity},
	}, func(got *answer) {
		o.claims = append(o.claims, keyClaim{o.key, got.status, 0})
		var line int64
		action := "create"
		for _, item := range decode[cartView](c, o, got).Items {
			if item.Product == product {
				line = item.ID
				if item.Quantity > quantity {
					action = "update"
				}
			}
		}
		o.trail = []trace{{action, "cart-items", line}}
		if lines != nil {
			lines[product] += quantity
		}
	})
	if lines != nil && o.outcome != acknowledged && o.doubtful() {
		c.lose(customer)
	}
}

// line returns any line of a customer's cart.
func (c *client) line(ctx context.Context, customer int64) int64 {
	view := read[cartView](ctx, c, "cart view", fmt.Sprintf("/customers/%d/cart", customer))
	if view == nil || len(view.Items) == 0 {
		return 0
	}
	return view.Items[c.rng.IntN(len(view.Items))].ID
}

func (c *client) changeCartLine(ctx context.Context) {
	customer := c.pick(c.floor.customers)
	line := c.line(ctx, customer)
	if line == 0 {
		return
	}
	o := &operation{kind: "cart change"}
	c.write(ctx, o, request{
		method: http.MethodPatch, path: fmt.Sprintf("/customers/%d/cart/items/%d", customer, line),
		body: map[string]any{"quantity": 1 + c.rng.Int64N(4)},
	}, func(*answer) { o.trail = []trace{{"update", "cart-items", line}} })
}

func (c *client) removeCartLine(ctx context.Context) {
	customer := c.pick(c.floor.customers)
	line := c.line(ctx, customer)
	if line == 0 {
		return
	}
	o := &operation{kind: "cart remove"}
	c.write(ctx, o, request{
		method: http.MethodDelete, path: fmt.Sprintf("/customers/%d/cart/items/%d", customer, line),
	}, func(*answer) { o.trail = []trace{{"delete", "cart-items", line}} })
}

// clearCart empties a cart, also one of the client's own customers if a product in it has
// become unavailable.
func (c *client) clearCart(ctx context.Context) {
	customer, lines := c.buyer()
	c.empty(ctx, customer, lines)
}

func (c *client) empty(ctx context.Context, customer int64, lines map[int64]int64) {
	o := &operation{kind: "cart clear", loose: true, trail: []trace{{action: "delete", resource: "cart-items"}}}
	c.write(ctx, o, request{method: http.MethodDelete, path: fmt.Sprintf("/customers/%d/cart", customer)}, func(*answer) {})
	switch {
	case lines == nil:
	case o.outcome == acknowledged:
		clear(lines)
	case o.doubtful():
		c.lose(customer)
	}
}

// checkOut buys a cart, mostly with the total that the customer was shown.
func (c *client) checkOut(ctx context.Context) {
	customer, lines := c.buyer()
	r := request{method: http.MethodPost, path: fmt.Sprintf("/customers/%d/checkout", customer)}
	if c.chance(70) {
		view := read[cartView](ctx, c, "cart view", fmt.Sprintf("/customers/%d/cart", customer))
		if view == nil {
			return
		}
		if c.chance(5) {
			view.Total++
		}
		r.body = map[string]any{"expected_total": view.Total}
	}
	o := c.begin(checkoutKind)
	c.write(ctx, o, r, func(got *answer) {
		placed := decode[orderClaim](c, o, got)
		o.claims = append(o.claims, *placed, keyClaim{o.key, got.status, placed.ID}, versionClaim{record{"orders", placed.ID}, 1})
		o.trail = []trace{{"checkout", "orders", placed.ID}}
		c.floor.placed(placed.ID)
		if lines != nil {
			c.bought(customer, lines, placed)
		}
	})
	switch {
	case lines == nil || o.outcome == acknowledged:
	case o.doubtful():
		c.lose(customer)
	case o.last().code == "inactive_product" || o.last().code == "insufficient_stock":
		c.empty(ctx, customer, lines)
	}
}

// bought compares an order with the cart, which only this client filled.
func (c *client) bought(customer int64, lines map[int64]int64, placed *orderClaim) {
	sold := map[int64]int64{}
	for _, item := range placed.Items {
		sold[item.Product] += item.Quantity
	}
	if !maps.Equal(sold, lines) {
		c.journal.accuse(ruleCart, fmt.Sprintf("order %d of customer %d sold %v, in the cart were %v", placed.ID, customer, sold, lines))
	}
	clear(lines)
}
