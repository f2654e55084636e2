//go:build linux

package torture_test

import (
	"context"
	"fmt"
	"net/http"
)

// receive takes a delivery in.
func (c *client) receive(ctx context.Context) {
	c.moveStock(ctx, "receive", "receipt", "stock-receive", 1+c.rng.Int64N(30))
}

// adjust corrects the stock up or down, sometimes by more than there is.
func (c *client) adjust(ctx context.Context) {
	change := c.rng.Int64N(12) - 8
	if change == 0 {
		change = -200
	}
	reason := "adjustment"
	if change < 0 && c.chance(50) {
		reason = "damage"
	}
	c.moveStock(ctx, "adjust", reason, "stock-adjust", change)
}

func (c *client) moveStock(ctx context.Context, kind, reason, action string, change int64) {
	product := c.pick(c.floor.hot)
	o := c.begin(kind)
	o.mark = o.key + " note"
	c.write(ctx, o, request{
		method: http.MethodPost, path: fmt.Sprintf("/products/%d/stock-movements", product),
		body: map[string]any{"quantity_change": change, "reason": reason, "note": o.mark},
	}, func(got *answer) {
		moved := decode[movementClaim](c, o, got)
		o.claims = append(o.claims, *moved, keyClaim{o.key, got.status, moved.ID})
		o.trail = []trace{{action, "products", product}}
	})
}

// count does a stocktake. Others sell meanwhile, so many counts are refused.
func (c *client) count(ctx context.Context) {
	product := c.pick(c.floor.hot)
	level := read[struct {
		Stock     int64 `json:"stock"`
		Committed int64 `json:"committed"`
	}](ctx, c, "stock view", fmt.Sprintf("/products/%d/stock", product))
	if level == nil {
		return
	}
	counted := max(0, level.Stock+c.rng.Int64N(5)-2)
	sold := level.Committed * c.rng.Int64N(2) // counted with the others, or kept apart
	o := c.begin("stocktake")
	if counted != level.Stock {
		o.mark = o.key + " note"
	}
	c.write(ctx, o, request{
		method: http.MethodPost, path: fmt.Sprintf("/products/%d/stocktake", product),
		body: map[string]any{"counted": counted + sold, "committed": sold, "expected": level.Stock, "note": o.key + " note"},
	}, func(got *answer) {
		moved := decode[movementClaim](c, o, got)
		o.claims = append(o.claims, keyClaim{o.key, got.status, moved.ID})
		if counted != level.Stock {
			o.claims = append(o.claims, *moved)
			o.trail = []trace{{"stock-count", "products", product}}
		}
	})
}
