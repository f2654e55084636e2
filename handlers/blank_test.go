package handlers_test

import (
	"testing"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// A name, a number or a note must contain more than white space and invisible characters,
// whoever writes it. White space around the text is kept.
func TestBlankTexts(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		order := a.order(ids["customer"], 1, ids["product"])
		role := a.post("/roles", `{"name":"clerk","label":"Clerk"}`).is(201).int("id")
		other := a.post("/roles", `{"name":"other","label":"Other"}`).is(201).int("id")
		member := a.post("/staff", map[string]any{"email": "m@example.com", "name": "M", "role_id": role}).is(201).int("id")
		before := a.snapshot()
		for _, blank := range []string{" ", "\t\n", "\u00a0", "\u3000\u2003", "\u200b\ufeff", "\u202e \u00ad", "\u2800", "\u3164\ufe0f", "\x7f"} {
			for _, c := range []struct {
				path, field string
				body        map[string]any
			}{
				{"/categories", "name", map[string]any{"slug": "blank"}},
				{"/products", "name", map[string]any{"sku": "B", "price": 1, "category_id": ids["category"]}},
				{"/products", "sku", map[string]any{"name": "B", "price": 1, "category_id": ids["category"]}},
				{"/customers", "name", map[string]any{"email": "b@example.com"}},
				{"/staff", "name", map[string]any{"email": "b@example.com", "role_id": role}},
				{"/roles", "label", map[string]any{"name": "blank"}},
				{"/api-tokens", "name", map[string]any{"staff_id": member, "permissions": []string{}}},
			} {
				c.body[c.field] = blank
				a.post(c.path, c.body).problem(422, "invalid", "body."+c.field).says("must not be white space alone")
			}
			for path, field := range map[string]string{
				ids.in("/categories/{category}"): "name", ids.in("/products/{product}"): "name", ids.in("/customers/{customer}"): "name",
				in("/roles/%d", other): "label", in("/staff/%d", member): "name",
			} {
				a.patch(path, map[string]any{field: blank}).problem(422, "invalid", "body."+field)
			}
			for _, field := range []string{"address", "phone"} {
				a.patch(ids.in("/customers/{customer}"), map[string]any{field: blank}).problem(422, "invalid", "body."+field)
			}
			a.post(in("/orders/%d/notes", order), map[string]any{"note": blank}).problem(422, "invalid", "body.note")
			a.post("/products/bulk", map[string]any{"ids": []any{ids["product"]}, "patch": map[string]any{"name": blank}}).
				is(200).has("results.0.status", 422).has("results.0.error.errors.0.location", "body.patch.name")
		}
		a.sheet("/customers", "email,name\nnew@example.com,\u00a0\n").problem(422, "invalid", "body.lines[2].name")
		a.unchanged(before)
		a.patch(ids.in("/products/{product}"), `{"name":" as given "}`).is(200).has("name", " as given ")
		a.patch(ids.in("/products/{product}"), `{"name":"❤️"}`).is(200).has("name", "❤️")
	})
}

// No two SKUs look the same, whoever writes them. An older one is kept until it is changed.
func TestLegibleSKUs(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		product := ids.in("/products/{product}")
		a.exec("UPDATE products SET sku = ' OLD\u200b' WHERE id = $1", ids["product"])
		a.patch(product, `{"price":5}`).is(200).has("sku", " OLD\u200b")
		before := a.snapshot()
		for sku, why := range map[string]string{
			" P-2": "white space", "P-2 ": "white space", "P  2": "white space", "P\u00a02": "white space", "P\t2": "white space", "P-2\n": "white space",
			"P-2\u200b": "invisible", "\ufeffP-2": "invisible", "P\u00ad-2": "invisible", "P-2\u202e": "invisible",
		} {
			body := map[string]any{"sku": sku, "name": "N", "price": 1, "category_id": ids["category"]}
			a.post("/products", body).problem(422, "invalid", "body.sku").says(why)
			a.patch(product, map[string]any{"sku": sku}).problem(422, "invalid", "body.sku").says(why)
			a.post("/products/bulk", map[string]any{"ids": []any{ids["product"]}, "patch": map[string]any{"sku": sku}}).
				is(200).has("results.0.error.errors.0.location", "body.patch.sku")
		}
		a.unchanged(before)
		for _, sku := range []string{"TWO WORDS", "10×15", "日本-1"} {
			a.patch(product, map[string]any{"sku": sku}).is(200).has("sku", sku)
		}
	})
}

// An empty text is refused where the definitions and the document say so, and nowhere else.
func TestEmptyTexts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		role := a.post("/roles", `{"name":"clerk","label":"Clerk"}`).is(201).int("id")
		other := a.post("/roles", `{"name":"other","label":"Other"}`).is(201).int("id")
		paths := map[string]string{
			"categories": ids.in("/categories/{category}"), "products": ids.in("/products/{product}"), "customers": ids.in("/customers/{customer}"),
			"roles": in("/roles/%d", other),
			"staff": in("/staff/%d", a.post("/staff", map[string]any{"email": "m@example.com", "name": "M", "role_id": role}).is(201).int("id")),
		}
		refused := map[bool]int{}
		resources := a.schema()
		for i := range resources {
			name := resources[i].Name
			for _, f := range resources[i].Fields {
				if text := f.Type == definition.String || f.Type == definition.Text; !text || !f.Updatable || paths[name] == "" {
					continue
				}
				answer := a.patch(paths[name], map[string]any{f.Name: ""})
				least := f.MinLength != nil
				refused[least]++
				if answer.Status == 200 == least {
					t.Errorf("%s.%s: it may not be empty: %t, and the answer is %s", name, f.Name, least, answer.Text)
				}
				if least {
					answer.problem(422, "invalid", "body."+f.Name).says("must not be empty")
				}
			}
		}
		if refused[true] < 5 || refused[false] < 2 {
			t.Errorf("tried only %v", refused)
		}
	})
}
