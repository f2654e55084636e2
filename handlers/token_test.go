package handlers_test

import "testing"

// A token that was made for somebody else, or with another token, can never adjust more
// stock at once than its author could, even if its member may later. One that members make
// for themselves has their own limit.
func TestTokenKeepsItsBound(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		desk := o.post("/roles", map[string]any{
			"name": "desk", "label": "Desk", "max_stock_adjustment": 10,
			"permissions": []string{"stock:adjust", "tokens:manage", "products:read"},
		}, boss...).is(201).int("id")
		clerk, session := o.member("clerk@shop.test", "desk")
		mira, hers := o.member("mira@shop.test", "desk")
		issue := func(who []string, staffID int64) []string {
			body := map[string]any{"name": "t", "staff_id": staffID, "permissions": []string{"stock:adjust", "tokens:manage", "products:read"}}
			return []string{"Authorization", "Bearer " + o.post("/api-tokens", body, who...).is(201).at("token").(string)}
		}
		own := issue(hers, mira)
		tokens := map[string][]string{
			"own":                own,
			"of a token":         issue(own, mira),
			"of the clerk":       issue(session, mira),
			"of the owner":       issue(boss, mira),
			"of the clerk's own": issue(issue(session, clerk), mira),
		}
		category := o.post("/categories", map[string]any{"name": "C", "slug": "c"}, boss...).is(201).int("id")
		product := o.post("/products", map[string]any{"sku": "S", "name": "N", "price": 1, "category_id": category}, boss...).is(201).int("id")
		moves := func(when string, units int, expected map[string]int) {
			for name, token := range tokens {
				r := o.post(in("/products/%d/stock-movements", product), map[string]any{"quantity_change": units, "reason": "adjustment"}, token...)
				if r.Status != expected[name] {
					t.Errorf("%s, %d by the token %s: %d %s", when, units, name, r.Status, r.Text)
				}
			}
		}
		moves("at first", 10, map[string]int{"own": 201, "of a token": 201, "of the clerk": 201, "of the owner": 201, "of the clerk's own": 201})
		moves("at first", 11, map[string]int{"own": 403, "of a token": 403, "of the clerk": 403, "of the owner": 403, "of the clerk's own": 403})
		o.patch(in("/staff/%d", mira), map[string]any{"role_id": o.role("owner", boss)}, boss...).is(200)
		moves("as an owner", 11, map[string]int{"own": 201, "of a token": 403, "of the clerk": 403, "of the owner": 201, "of the clerk's own": 403})
		o.get("/auth/me", tokens["of the clerk"]...).is(200).has("max_stock_adjustment", 10)
		o.patch(in("/staff/%d", mira), map[string]any{"role_id": desk}, boss...).is(200)
		o.patch(in("/roles/%d", desk), map[string]any{"max_stock_adjustment": 20}, boss...).is(200)
		moves("with more", 11, map[string]int{"own": 201, "of a token": 403, "of the clerk": 403, "of the owner": 201, "of the clerk's own": 403})
		o.patch(in("/roles/%d", desk), map[string]any{"max_stock_adjustment": 5}, boss...).is(200)
		moves("with less", 6, map[string]int{"own": 403, "of a token": 403, "of the clerk": 403, "of the owner": 403, "of the clerk's own": 403})
	})
}
