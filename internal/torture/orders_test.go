//go:build linux

package torture_test

import (
	"context"
	"fmt"
	"net/http"
)

type orderView struct {
	ID      int64    `json:"id"`
	Status  string   `json:"status"`
	Version int64    `json:"version"`
	Allowed []string `json:"allowed_transitions"`
	Items   []struct {
		ID       int64  `json:"id"`
		Product  int64  `json:"product_id"`
		SKU      string `json:"sku"`
		Quantity int64  `json:"quantity"`
	} `json:"items"`
}

type orderList struct {
	Items []orderView `json:"items"`
}

// someOrder returns an order to work on: one that was just placed, or one from the list of
// those to be packed.
func (c *client) someOrder(ctx context.Context) *orderView {
	if id := c.pick(c.floor.latestOrders()); id != 0 && c.chance(70) {
		return read[orderView](ctx, c, "order view", fmt.Sprintf("/orders/%d", id))
	}
	list := read[orderList](ctx, c, "orders list", "/orders?status=pending,processing,shipped&sort=placed_at&limit=20")
	if list == nil || len(list.Items) == 0 {
		return nil
	}
	return &list.Items[c.rng.IntN(len(list.Items))]
}

// moveOrder moves an order to another state: mostly one that the table allows, sometimes
// another one. Some orders it cancels.
func (c *client) moveOrder(ctx context.Context) {
	order := c.someOrder(ctx)
	if order == nil {
		return
	}
	to := []string{"pending", "processing", "shipped", "delivered", "cancelled"}[c.rng.IntN(5)]
	if len(order.Allowed) > 0 && c.chance(90) {
		to = order.Allowed[c.rng.IntN(len(order.Allowed))]
		if to == "cancelled" && c.chance(60) {
			to = order.Allowed[0]
		}
	}
	action := "transition"
	if to == "cancelled" {
		action = "cancel"
	}
	o := c.begin(action)
	o.mark = o.key + " note"
	c.write(ctx, o, request{
		method: http.MethodPost, path: fmt.Sprintf("/orders/%d/transitions", order.ID), body: map[string]any{"to": to, "note": o.mark},
	}, func(got *answer) {
		moved := decode[orderView](c, o, got)
		if moved.Status != to {
			c.journal.accuse(ruleServer, fmt.Sprintf("%s: order %d is %s, asked for %s", o.key, order.ID, moved.Status, to))
		}
		o.claims = append(o.claims, eventClaim{order.ID, "transition", to, o.mark}, keyClaim{o.key, got.status, order.ID},
			versionClaim{record{"orders", order.ID}, moved.Version})
		o.trail = []trace{{action, "orders", order.ID}}
	})
}

func (c *client) noteOrder(ctx context.Context) {
	order := c.someOrder(ctx)
	if order == nil {
		return
	}
	o := c.begin("note")
	o.mark = o.key + " text"
	c.write(ctx, o, request{
		method: http.MethodPost, path: fmt.Sprintf("/orders/%d/notes", order.ID), body: map[string]any{"note": o.mark},
	}, func(got *answer) {
		event := decode[struct {
			ID int64 `json:"id"`
		}](c, o, got)
		o.claims = append(o.claims, eventClaim{order.ID, "note", "", o.mark}, keyClaim{o.key, got.status, event.ID})
		o.trail = []trace{{"note", "orders", order.ID}}
	})
}

// takeBack books the return of a shipped order, with some of its units damaged or none,
// sometimes one that was returned before, or more than was sold.
func (c *client) takeBack(ctx context.Context) {
	list := read[orderList](ctx, c, "orders list", "/orders?status=shipped,delivered&sort=-id&limit=5")
	if list == nil || len(list.Items) == 0 {
		return
	}
	order := list.Items[c.rng.IntN(len(list.Items))]
	line := order.Items[c.rng.IntN(len(order.Items))]
	units := 1 + c.rng.Int64N(line.Quantity)
	if c.chance(5) {
		units = line.Quantity + 1
	}
	damaged := c.rng.Int64N(units + 1)
	o := c.begin("return")
	o.mark = o.key + " note"
	if damaged > 0 {
		o.moves = 2
	}
	c.write(ctx, o, request{
		method: http.MethodPost, path: fmt.Sprintf("/products/%d/stock-movements", line.Product),
		body: map[string]any{
			"quantity_change": units, "damaged_quantity": damaged, "reason": "return", "order_item_id": line.ID, "note": o.mark,
		},
	}, func(got *answer) {
		moved := decode[movementClaim](c, o, got)
		told := fmt.Sprintf("%d × %s: %s", units, line.SKU, o.mark)
		o.trail = []trace{{"stock-adjust", "products", line.Product}, {"return", "orders", order.ID}}
		if damaged > 0 {
			damage := decode[struct {
				ID    int64 `json:"damage_id"`
				Stock int64 `json:"stock"`
			}](c, o, got)
			o.claims = append(o.claims, movementClaim{damage.ID, line.Product, -damaged, damage.Stock, "damage", o.mark})
			o.trail = append(o.trail, trace{"stock-adjust", "products", line.Product})
			told = fmt.Sprintf("%d × %s, %d damaged: %s", units, line.SKU, damaged, o.mark)
		}
		o.claims = append(o.claims, *moved, keyClaim{o.key, got.status, moved.ID}, eventClaim{order.ID, "return", "", told})
	})
}
