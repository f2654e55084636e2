package handlers_test

import (
	"fmt"
	"testing"
)

func TestCart(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		path := ids.in("/customers/{customer}/cart")
		empty := a.get(path).is(200).has("total_amount", 0).has("currency", "EUR")
		if len(empty.items()) != 0 {
			t.Errorf("an empty cart: %s", empty.Text)
		}
		if empty.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("a cart may be cached: %v", empty.Header)
		}
		line := a.post(path+"/items", ids.in(`{"product_id":{product},"quantity":2}`)).is(200).
			has("items.0.product_id", int(ids["product"])).has("items.0.sku", "P-1").has("items.0.product_name", "Product P-1").
			has("items.0.price", 1999).has("items.0.quantity", 2).has("items.0.subtotal", 3998).
			has("items.0.is_active", true).has("items.0.stock", 10).has("total_amount", 3998).int("items.0.id")
		ids["line"] = line
		a.post(path+"/items", ids.in(`{"product_id":{second},"quantity":99}`)).is(200). // more than there is
												has("items.1.quantity", 99).has("items.1.stock", 5).has("total_amount", 3998+99*250)
		a.post(path+"/items", ids.in(`{"product_id":{product},"quantity":1}`)).is(200).
			has("items.0.id", int(line)).has("items.0.quantity", 3)
		a.patch(ids.in(path+"/items/{line}"), `{"quantity":1}`).is(200).has("items.0.quantity", 1).has("total_amount", 1999+99*250)
		a.patch(ids.in(path+"/items/{line}"), `{"quantity":1000000}`).is(200)
		a.patch(ids.in(path+"/items/{line}"), `{"quantity":4}`, "Content-Type", "application/merge-patch+json").is(200)

		// A cart stores no price: it shows the current one.
		a.patch(ids.in("/products/{product}"), `{"price":5,"name":"Stool"}`).is(200)
		a.get(path).has("items.0.price", 5).has("items.0.subtotal", 20).has("items.0.product_name", "Stool")
		// Products that can no longer be bought are shown as such.
		a.patch(ids.in("/products/{product}"), `{"is_active":false}`).is(200)
		a.delete(ids.in("/products/{second}")).is(204)
		a.get(path).has("items.0.is_active", false).has("items.1.is_active", false)

		a.get(ids.in("/customers/{buyer}/cart")).has("total_amount", 0) // somebody else's
		a.delete(ids.in(path + "/items/{line}")).is(204)
		a.get(path).has("items.0.product_id", int(ids["second"]))
		a.delete(path).is(204)
		a.delete(path).is(204)
		a.get(path).has("total_amount", 0)
		if n := a.number("SELECT COUNT(*) FROM cart_items"); n != 0 {
			t.Errorf("%d lines are left", n)
		}
	})
}

func TestCartRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["inactive"] = a.product("OFF", 1, 1, ids["category"])
		a.patch(ids.in("/products/{inactive}"), `{"is_active":false}`).is(200)
		a.fill(ids["customer"], 2, ids["product"])
		a.fill(ids["buyer"], 1_000_000, ids["second"])
		ids["line"] = a.get(ids.in("/customers/{customer}/cart")).int("items.0.id")
		ids["foreign"] = a.get(ids.in("/customers/{buyer}/cart")).int("items.0.id")
		const add, change = "POST /customers/{customer}/cart/items", "PATCH /customers/{customer}/cart/items/{line}"
		cases := []refusal{
			{request: add, body: `{}`, at: at("body.product_id", "body.quantity")},
			{request: add, body: `{"product_id":{product}}`, at: at("body.quantity")},
			{request: add, body: `{"quantity":1}`, at: at("body.product_id")},
			{request: add, body: `{"product_id":{product},"quantity":1,"price":1}`, at: at("body.price")},
			{request: add, body: `{"product_id":{product},"Quantity":1}`, at: at("body.Quantity")},
			{request: add, body: `{"product_id":"{product}","quantity":1}`, at: at("body.product_id")},
			{request: add, body: `{"product_id":null,"quantity":1}`, at: at("body.product_id")},
			{request: add, body: `{"product_id":0,"quantity":1}`, at: at("body.product_id")},
			{request: add, body: `{"product_id":9223372036854775808,"quantity":1}`, at: at("body.product_id")},
			{request: add, body: `{"product_id":999,"quantity":1}`, at: at("body.product_id")},
			{request: add, body: `{"product_id":{gone_product},"quantity":1}`, at: at("body.product_id")},
			{request: add, body: `{"product_id":{inactive},"quantity":1}`, status: 409, code: "inactive_product"},
			{request: add, body: `[]`},
			{request: change, body: `{}`, at: at("body.quantity")},
			{request: change, body: `{"quantity":1,"product_id":1}`, at: at("body.product_id")},
			{name: "past the limit together", request: "POST /customers/{buyer}/cart/items", body: `{"product_id":{second},"quantity":1}`, at: at("body.quantity")},
			{request: "PATCH /customers/{customer}/cart/items/{foreign}", body: `{"quantity":1}`, status: 404},
			{request: "DELETE /customers/{customer}/cart/items/{foreign}", status: 404},
			{request: "PATCH /customers/{customer}/cart/items/999", body: `{"quantity":1}`, status: 404},
			{request: "DELETE /customers/{customer}/cart/items/999", status: 404},
			{request: "DELETE /customers/{customer}/cart/items/abc", at: at("path.item_id")},
			{request: "DELETE /customers/{customer}/cart/items/0", at: at("path.item_id")},
			{request: "DELETE /customers/{customer}/cart/items/0{line}", at: at("path.item_id")},
			{request: "GET /customers/{customer}/cart/items", status: 405},
			{request: "GET /customers/{customer}/cart/items/{line}", status: 405},
			{request: "POST /customers/{customer}/cart", body: `{}`, status: 405},
		}
		for _, quantity := range []string{"0", "-1", "1000001", "1.5", "9007199254740993", "9223372036854775808", "1e400", `"1"`, "null", "true", "[1]"} {
			cases = append(cases,
				refusal{request: add, body: `{"product_id":{product},"quantity":` + quantity + `}`, at: at("body.quantity")},
				refusal{request: change, body: `{"quantity":` + quantity + `}`, at: at("body.quantity")})
		}
		for _, customer := range []string{"999", "{gone_customer}"} {
			cases = append(cases,
				refusal{request: "GET /customers/" + customer + "/cart", status: 404},
				refusal{request: "DELETE /customers/" + customer + "/cart", status: 404},
				refusal{request: "POST /customers/" + customer + "/cart/items", body: `{"product_id":{product},"quantity":1}`, status: 404},
				refusal{request: "PATCH /customers/" + customer + "/cart/items/{line}", body: `{"quantity":1}`, status: 404},
				refusal{request: "DELETE /customers/" + customer + "/cart/items/{line}", status: 404},
				refusal{request: "POST /customers/" + customer + "/checkout", status: 404},
			)
		}
		a.refuses(ids, cases...)
	})
}

// Sums above the largest amount are refused, of one line and of all.
func TestCartPastTheLargestAmount(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.patch(ids.in("/products/{product}"), `{"price":`+largest+`}`).is(200)
		a.patch(ids.in("/products/{second}"), `{"price":9007199254}`).is(200)
		const add = "POST /customers/{customer}/cart/items"
		a.refuses(ids,
			refusal{name: "line", request: add, body: `{"product_id":{product},"quantity":2}`, at: at("body.quantity")},
			refusal{name: "longest line", request: add, body: `{"product_id":{product},"quantity":1000000}`, at: at("body.quantity")},
		)
		a.fill(ids["customer"], 1_000_000, ids["second"]) // 9007199254000000
		a.refuses(ids, refusal{name: "together", request: add, body: `{"product_id":{product},"quantity":1}`, at: at("body.quantity")})
		ids["line"] = a.get(ids.in("/customers/{customer}/cart")).has("total_amount", 9007199254000000).int("items.0.id")

		// A price may rise afterwards: the cart can still be read and reduced.
		a.patch(ids.in("/products/{second}"), `{"price":`+largest+`}`).is(200)
		a.post(ids.in("/products/{second}/stock-movements"), `{"quantity_change":1000000,"reason":"receipt"}`).is(201)
		path := ids.in("/customers/{customer}/cart")
		a.get(path).is(200).has("items.0.quantity", 1_000_000).has("items.0.subtotal", nil).has("total_amount", nil)
		a.get(ids.in("/customers/{customer}/personal-data")).is(200).has("cart.items.0.subtotal", nil).has("cart.total_amount", nil)
		a.refuses(ids,
			refusal{name: "adding", request: add, body: `{"product_id":{product},"quantity":1}`, at: at("body.quantity")},
			refusal{name: "checkout", request: "POST /customers/{customer}/checkout"},
			refusal{name: "still too much", request: "PATCH /customers/{customer}/cart/items/{line}", body: `{"quantity":2}`, at: at("body.quantity")},
		)
		if r := a.post(ids.in("/customers/{customer}/checkout"), nil).says("passes the largest amount"); r.JSON["errors"] != nil {
			a.t.Errorf("a checkout names what it was not sent: %s", r.Text)
		}
		a.patch(ids.in("/customers/{customer}/cart/items/{line}"), `{"quantity":1}`).is(200)
		a.delete(ids.in("/customers/{customer}/cart/items/{line}")).is(204)
		a.fill(ids["customer"], 1, ids["product"])
		order := a.post(ids.in("/customers/{customer}/checkout"), `{"expected_total":`+largest+`}`).is(201)
		if got := order.at("total_amount"); fmt.Sprintf("%.0f", got) != largest {
			a.t.Errorf("total %v", got)
		}
		a.reconciled()
	})
}
