package handlers_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestBulk(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		// In the order of the request, each record by itself.
		verdicts := a.post("/products/bulk", ids.in(`{"ids":[{second},999,{gone_product},{product}],"patch":{"price":42,"low_stock_at":null}}`)).is(200).
			has("succeeded", 2).has("failed", 2).
			has("results.0.id", int(ids["second"])).has("results.0.status", 200).
			has("results.1.id", 999).has("results.1.status", 404).has("results.1.error.code", "not_found").
			has("results.2.id", int(ids["gone_product"])).has("results.2.status", 404).
			has("results.3.id", int(ids["product"])).has("results.3.status", 200)
		if _, ok := verdicts.at("results.0").(map[string]any)["error"]; ok {
			t.Errorf("a success has an error: %s", verdicts.Text)
		}
		a.get(ids.in("/products/{product}")).has("price", 42).has("version", 2)
		a.get(ids.in("/products/{second}")).has("price", 42).has("version", 2)

		// The second takes the SKU of the first: only that one fails.
		a.post("/products/bulk", ids.in(`{"ids":[{product},{second}],"patch":{"sku":"SAME","name":"Same"}}`)).is(200).
			has("succeeded", 1).has("failed", 1).has("results.0.status", 200).
			has("results.1.status", 409).has("results.1.error.errors.0.location", "body.patch.sku")
		a.get(ids.in("/products/{product}")).has("sku", "SAME")
		a.get(ids.in("/products/{second}")).has("sku", "P-2").has("name", "Product P-2")

		a.product("P-3", 1, 0, ids["category"])
		a.post("/products/bulk", ids.in(`{"ids":[{gone_product}],"action":"restore"}`)).is(200).
			has("results.0.status", 409).has("results.0.error.errors.0.location", "body.ids").
			has("results.0.error.errors.0.message", "sku: is taken by another record")
		a.post("/products/bulk", ids.in(`{"ids":[{product}],"patch":{"category_id":{gone_category}}}`)).is(200).
			has("failed", 1).has("results.0.status", 422).has("results.0.error.errors.0.location", "body.patch.category_id")

		// A category that has children, one that has products, one that has none.
		a.post("/categories/bulk", ids.in(`{"ids":[{category},{child},{spare}],"action":"delete"}`)).is(200).
			has("results.0.status", 409).has("results.1.status", 204).has("results.2.status", 204)
		a.post("/categories/bulk", ids.in(`{"ids":[{spare},{child},{category},999],"action":"restore"}`)).is(200).
			has("results.0.status", 200).has("results.1.status", 200).has("results.3.status", 404)
		a.get(ids.in("/categories/{spare}")).is(200)
		a.post("/customers/bulk", ids.in(`{"ids":[{customer},{buyer}],"action":"delete"}`)).is(200).has("succeeded", 2).
			has("results.0.status", 204).has("results.1.status", 204)
		a.get("/customers").has("total", 0)
		a.post("/customers/bulk", ids.in(`{"ids":[{customer},{buyer}],"patch":{"note":"x"}}`)).is(200).has("failed", 2)
		for range 2 { // restoring a record that is not deleted is no error
			a.post("/customers/bulk", ids.in(`{"ids":[{customer},{buyer}],"action":"restore"}`)).is(200).has("succeeded", 2)
		}
		a.reconciled()
	})
}

// Children are deleted and restored together with their parents, whichever has the lower
// id.
func TestBulkOfATree(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := names{"one": a.category("one"), "two": a.category("two"), "three": a.category("three"), "kept": a.category("kept")}
		below := func(child, parent string) {
			a.patch(ids.in("/categories/{"+child+"}"), map[string]any{"parent_id": ids[parent]}).is(200)
		}
		for _, tree := range [][3]string{{"one", "two", "three"}, {"three", "two", "one"}, {"two", "one", "three"}, {"two", "three", "one"}} {
			for _, name := range []string{"one", "two", "three"} {
				a.patch(ids.in("/categories/{"+name+"}"), `{"parent_id":null}`).is(200)
			}
			below(tree[1], tree[0])
			below(tree[2], tree[1])
			for _, action := range []string{"delete", "restore"} {
				a.post("/categories/bulk", ids.in(`{"ids":[{two},{three},{one}],"action":"`+action+`"}`)).is(200).has("succeeded", 3)
			}
			below("kept", tree[2])
			a.post("/categories/bulk", ids.in(`{"ids":[{two},{three},{one}],"action":"delete"}`)).is(200).has("failed", 3)
			a.patch(ids.in("/categories/{kept}"), `{"parent_id":null}`).is(200)
		}
	})
}

func TestBulkRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		many := make([]int64, 501)
		for i := range many {
			many[i] = int64(i + 1)
		}
		text, _ := json.Marshal(many)
		wrong := a.post("/products/bulk", `{"action":"delete","ids":[`+strings.Repeat(`"",`, 100_000)+`""]}`).is(422)
		if n := len(wrong.at("errors").([]any)); n != 101 || len(wrong.Text) > 20_000 {
			t.Errorf("%d errors in %d bytes", n, len(wrong.Text))
		}
		a.refuses(ids,
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}]}`, at: at("body")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":{"price":1},"action":"delete"}`, at: at("body")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"action":"destroy"}`, at: at("body.action")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"action":""}`, at: at("body.action")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"action":null}`, at: at("body.action")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":null}`, at: at("body.patch")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":{"price":1},"action":null}`, at: at("body.action")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":null,"action":"delete"}`, at: at("body.patch")},
			refusal{request: "POST /products/bulk", body: `{"ids":[null],"action":"delete"}`, at: at("body.ids[0]")},
			refusal{request: "POST /products/bulk", body: `{"ids":[[{product}]],"action":"delete"}`, at: at("body.ids[0]")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product},{"id":{product}}],"action":"delete"}`, at: at("body.ids[1]")},
			refusal{request: "POST /products/bulk", body: `{"ids":[],"action":"delete"}`, at: at("body.ids")},
			refusal{request: "POST /products/bulk", body: `{"action":"delete"}`, at: at("body.ids")},
			refusal{request: "POST /products/bulk", body: `{"ids":null,"action":"delete"}`, at: at("body.ids")},
			refusal{request: "POST /products/bulk", body: `{"ids":{product},"action":"delete"}`, at: at("body.ids")},
			refusal{request: "POST /products/bulk", body: `{"ids":["{product}"],"action":"delete"}`, at: at("body.ids[0]")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product},1.5],"action":"delete"}`, at: at("body.ids[1]")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product},0],"action":"delete"}`, at: at("body.ids[1]")},
			refusal{request: "POST /products/bulk", body: `{"ids":[-1],"action":"delete"}`, at: at("body.ids[0]")},
			refusal{request: "POST /products/bulk", body: `{"ids":[9223372036854775808],"action":"delete"}`, at: at("body.ids[0]")},
			refusal{name: "twice", request: "POST /products/bulk", body: `{"ids":[{product},{second},{product}],"action":"delete"}`, at: at("body.ids")},
			refusal{name: "too many", request: "POST /products/bulk", body: fmt.Sprintf(`{"ids":%s,"action":"delete"}`, text), at: at("body.ids")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":{"price":-1}}`, at: at("body.patch.price")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product},999],"patch":{"note":null,"name":null,"price":null}}`, at: at("body.patch.note")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product},999],"patch":{"name":null,"price":null}}`, at: at("body.patch.name", "body.patch.price")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":{"stock":1}}`, at: at("body.patch.stock")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":[]}`, at: at("body.patch")},
			refusal{request: "POST /products/bulk", body: `{"ids":[{product}],"patch":{},"dry":true}`, at: at("body.dry")},
			refusal{request: "POST /products/bulk", body: `[]`},
			refusal{request: "POST /products/bulk?ids=1", body: `{"ids":[{product}],"action":"delete"}`, at: at("query.ids")},
		)
	})
}

// The maximum number of records in one request, in one transaction.
func TestBulkAtItsLimit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := make([]int64, 500)
		for i := range ids {
			ids[i] = int64(500 - i)
		}
		for i := range ids {
			a.exec(`INSERT INTO customers (id, created_at, updated_at, email, name) VALUES ($1, $2, $2, $3, 'N')`,
				ids[i], "2026-01-01 00:00:00+00:00", fmt.Sprintf("c%d@example.com", i))
		}
		answer := a.post("/customers/bulk", map[string]any{"ids": ids, "patch": map[string]any{"phone": "1"}}).is(200).
			has("succeeded", 500).has("failed", 0).has("results.0.id", 500).has("results.499.id", 1)
		if n := a.number("SELECT COUNT(*) FROM customers WHERE phone = '1' AND version = 2"); n != 500 {
			t.Errorf("%d customers were changed\n%s", n, answer.Text)
		}
	})
}
