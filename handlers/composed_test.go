package handlers_test

import (
	"net/url"
	"testing"
)

// An accent in one character with its letter and one behind it are the same, whoever writes
// and whoever looks for them, and names are found without it.
func TestAccentsAreOneForm(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		const apart, composed = "Cafe\u0301", "Caf\u00e9"
		made := a.post("/products", map[string]any{"sku": apart, "name": apart + " table", "price": 1, "category_id": ids["category"]}).is(201).
			has("sku", composed).has("name", composed+" table")
		a.post("/products", map[string]any{"sku": composed, "name": "N", "price": 1, "category_id": ids["category"]}).problem(409, "conflict")
		a.patch(ids.in("/customers/{customer}"), map[string]any{"name": "Chez " + apart, "note": apart}).is(200).has("note", composed)
		a.post("/categories/bulk", map[string]any{"ids": []any{ids["category"]}, "patch": map[string]any{"name": apart}}).is(200)
		a.sheet("/products", "sku,name,price,category\n"+apart+","+composed+" table,2,furniture\n").says4(0, 1, 0, 0).
			has("rows.0.id", int(made.int("id"))).has("rows.0.key", composed).has("rows.0.changes.price.after", 200)

		for _, q := range []string{apart, composed, "CAFE\u0301", "afe\u0301", "cafe"} {
			q = url.QueryEscape(q)
			for _, list := range []string{"products", "customers", "categories"} {
				a.get("/"+list+"?q="+q).has("total", 1)
			}
			a.get("/search?q="+q).has("items.0.title", composed+" table").has("items.1.title", "Chez "+composed)
		}
		for _, sku := range []string{apart, composed} {
			a.get("/products?sku="+url.QueryEscape(sku)).has("total", 1).has("items.0.id", int(made.int("id")))
		}
	})
}

// So are those in the name of a token, by which it and what it did are found.
func TestAccentsOfTokens(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		const apart, composed = "Cafe\u0301", "Caf\u00e9"
		boss := o.login("owner")
		token := o.post("/api-tokens", map[string]any{"name": apart}, boss...).is(201).has("name", composed).at("token").(string)
		o.post("/categories", map[string]any{"name": "N", "slug": "n"}, "Authorization", "Bearer "+token).is(201)
		for _, name := range []string{apart, composed} {
			o.get("/api-tokens?q="+url.QueryEscape(name), boss...).has("total", 1)
			o.get("/api-tokens?name="+url.QueryEscape(name), boss...).has("total", 1)
			o.get("/audit-entries?actor="+url.QueryEscape("owner@shop.test ("+name+")"), boss...).has("total", 1)
		}
		if _, err := o.accounts.Revoke(o.ctx(), 0, apart); err != nil {
			t.Error(err)
		}
	})
}
