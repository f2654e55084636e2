//go:build linux

package torture_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/storekeeper/storekeeper/internal/programtest"
)

// look reads something: a list, a search, a report, a history.
func (c *client) look(ctx context.Context) {
	product, customer, order := c.pick(c.floor.hot), c.pick(c.floor.customers), c.pick(c.floor.latestOrders())
	looks := []struct{ kind, path string }{
		{"products list", "/products?limit=50&sort=-price&is_active=true"},
		{"products list", "/products?q=to&stock_lte=20&count=none"},
		{"customers list", "/customers?q=a&sort=name"},
		{"movements list", "/inventory-movements?sort=-id&limit=50"},
		{"movements list", fmt.Sprintf("/products/%d/stock-movements", product)},
		{"trail list", "/audit-entries?limit=50"},
		{"history", fmt.Sprintf("/products/%d/history", product)},
		{"search", "/search?q=torture"},
		{"search", fmt.Sprintf("/search?q=%d", 1000+order)},
		{"report", "/reports/summary"},
		{"report", "/reports/sales?by=product"},
		{"report", "/reports/orders-by-status"},
		{"report", "/reports/stock-levels"},
		{"report", "/reports/unpacked"},
		{"report", fmt.Sprintf("/reports/customers/%d", customer)},
	}
	if order != 0 {
		looks = append(looks, struct{ kind, path string }{"timeline", fmt.Sprintf("/orders/%d/timeline", order)})
	}
	l := looks[c.rng.IntN(len(looks))]
	read[json.RawMessage](ctx, c, l.kind, l.path)
}

// logIn starts a session and reads the own account. The journal records it as a read,
// because sessions are not in the audit trail.
func (c *client) logIn(ctx context.Context) {
	o := &operation{kind: "login", reads: true}
	c.do(ctx, o, request{
		method: http.MethodPost, path: "/auth/login",
		body: map[string]any{"email": programtest.OwnerEmail, "password": programtest.OwnerPassword},
	})
	c.journal.add(o)
	read[json.RawMessage](ctx, c, "me", "/auth/me")
}
