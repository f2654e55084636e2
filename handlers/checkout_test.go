package handlers_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckout(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		a.fill(ids["customer"], 2, ids["second"])
		a.fill(ids["customer"], 3, ids["product"])
		a.fill(ids["buyer"], 1, ids["product"])
		placed := a.post(ids.in("/customers/{customer}/checkout"), `{"expected_total":6497}`).is(201).
			has("customer_id", int(ids["customer"])).has("status", "pending").has("currency", "EUR").has("total_amount", 6497).
			has("items.0.product_id", int(ids["second"])).has("items.0.sku", "P-2").has("items.0.product_name", "Product P-2").
			has("items.0.quantity", 2).has("items.0.price", 250).
			has("items.1.product_id", int(ids["product"])).has("items.1.quantity", 3).has("items.1.price", 1999)
		id := placed.int("id")
		placed.has("number", int(1000+id)).has("version", 1)
		if diff := cmp.Diff([]any{"processing", "cancelled"}, placed.at("allowed_transitions")); diff != "" {
			t.Error("allowed transitions:", diff)
		}
		path := fmt.Sprintf("/orders/%d", id)
		if got := placed.Header.Get("Location"); got != "/api/v1"+path {
			t.Errorf("Location: %q", got)
		}
		if got := placed.Header.Get("ETag"); got != `"1"` {
			t.Errorf("ETag: %q", got)
		}
		shown := a.get(path).is(200)
		if diff := cmp.Diff(placed.JSON, shown.JSON); diff != "" {
			t.Error("the order as it was placed and as it is shown:", diff)
		}
		if diff := cmp.Diff(shown.JSON, a.get("/orders").items()[0]); diff != "" {
			t.Error("the order alone and in a list:", diff)
		}
		a.get(ids.in("/products/{product}")).has("stock", 7).has("version", 1)
		a.get(ids.in("/products/{second}")).has("stock", 3)
		a.get(ids.in("/customers/{customer}/cart")).has("total_amount", 0)
		a.get(ids.in("/customers/{buyer}/cart")).has("total_amount", 1999) // somebody else's stays
		a.get(path+"/timeline").has("total", 1).has("items.0.kind", "placed").has("items.0.to", "pending").has("items.0.from", nil)
		a.get(ids.in("/products/{product}/stock-movements")).has("items.0.reason", "sale").has("items.0.quantity_change", -3).
			has("items.0.balance_after", 7).has("items.0.order_id", int(id)).has("items.0.order_number", int(1000+id))

		// The order is a snapshot: nothing that happens later changes it.
		a.patch(ids.in("/products/{product}"), `{"sku":"NEW","name":"New","price":1}`).is(200)
		a.delete(ids.in("/products/{second}")).is(204)
		a.delete(ids.in("/customers/{customer}")).is(204)
		if diff := cmp.Diff(shown.JSON, a.get(path).is(200).JSON); diff != "" {
			t.Error("the order changed with its products:", diff)
		}
		a.reconciled()
	})
}

// Without a body, without the member, or with null, any total is accepted.
func TestCheckoutWithoutExpectation(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		for _, body := range []any{nil, "", "{}", `{"expected_total":null}`} {
			a.fill(ids["customer"], 1, ids["product"])
			a.post(ids.in("/customers/{customer}/checkout"), body).is(201).has("total_amount", 1999)
		}
		a.patch(ids.in("/products/{product}"), `{"price":0}`).is(200) // a gift
		a.fill(ids["customer"], 1, ids["product"])
		a.post(ids.in("/customers/{customer}/checkout"), `{"expected_total":0}`).is(201).has("total_amount", 0)
		a.reconciled()
	})
}

// Every code with which a checkout can be refused, and its members.
func TestCheckoutRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		checkout := ids.in("/customers/{customer}/checkout")
		refused := func(body any, status int, code string) *answer {
			t.Helper()
			before := a.snapshot()
			out := a.post(checkout, body)
			a.unchanged(before)
			return out.problem(status, code)
		}
		refused(nil, 409, "empty_cart")

		a.fill(ids["customer"], 11, ids["product"])
		a.fill(ids["customer"], 6, ids["second"])
		third := a.product("P-9", 1, 1, ids["spare"])
		a.fill(ids["customer"], 1, third)
		short := refused(nil, 409, "insufficient_stock").
			has("items.0.product_id", int(ids["product"])).has("items.0.sku", "P-1").has("items.0.requested", 11).has("items.0.available", 10).
			has("items.1.product_id", int(ids["second"])).has("items.1.requested", 6).has("items.1.available", 5)
		if n := len(short.items()); n != 2 {
			t.Errorf("%d lines are short: %s", n, short.Text)
		}

		a.patch(ids.in("/products/{second}"), `{"is_active":false}`).is(200)
		inactive := refused(nil, 409, "inactive_product").has("items.0.product_id", int(ids["second"])).has("items.0.sku", "P-2")
		if n := len(inactive.items()); n != 1 {
			t.Errorf("%d lines are inactive: %s", n, inactive.Text)
		}
		a.delete(ids.in("/products/{second}")).is(204) // deleted is refused the same way
		refused(nil, 409, "inactive_product").has("items.0.sku", "P-2")
		a.post(ids.in("/products/{second}/restore"), nil).is(200)
		a.patch(ids.in("/products/{second}"), `{"is_active":true}`).is(200)
		a.post(ids.in("/products/{product}/stock-movements"), `{"quantity_change":1,"reason":"receipt"}`).is(201)
		a.post(ids.in("/products/{second}/stock-movements"), `{"quantity_change":1,"reason":"receipt"}`).is(201)

		total := 11*1999 + 6*250 + 1
		refused(fmt.Sprintf(`{"expected_total":%d}`, total-1), 409, "total_changed").has("expected", total-1).has("total", total)
		refused(`{"expected_total":0}`, 409, "total_changed").has("expected", 0).has("total", total)
		a.refuses(ids,
			refusal{request: "POST /customers/{customer}/checkout", body: `{"expected_total":-1}`, at: at("body.expected_total")},
			refusal{request: "POST /customers/{customer}/checkout", body: `{"expected_total":9007199254740992}`, at: at("body.expected_total")},
			refusal{request: "POST /customers/{customer}/checkout", body: `{"expected_total":1.5}`, at: at("body.expected_total")},
			refusal{request: "POST /customers/{customer}/checkout", body: `{"expected_total":"1"}`, at: at("body.expected_total")},
			refusal{request: "POST /customers/{customer}/checkout", body: `{"total":1}`, at: at("body.total")},
			refusal{request: "POST /customers/{customer}/checkout", body: `[]`},
			refusal{request: "POST /customers/{customer}/checkout", body: `{`, status: 400},
			refusal{request: "GET /customers/{customer}/checkout", status: 405},
		)
		a.post(checkout, fmt.Sprintf(`{"expected_total":%d}`, total)).is(201)
		refused(nil, 409, "empty_cart")
		a.get(ids.in("/products/{product}")).has("stock", 0)
		a.reconciled()
	})
}

// Orders record the currency of the shop.
func TestCurrency(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		yen := newAPI(t, a.db, inYen)
		ids := yen.small()
		yen.get(ids.in("/customers/{customer}/cart")).has("currency", "JPY")
		id := yen.order(ids["customer"], 1, ids["product"])
		yen.get(fmt.Sprintf("/orders/%d", id)).has("currency", "JPY").has("total_amount", 1999)
		yen.get("/schema").has("currency", "JPY").has("decimals", 0)
		a.get(fmt.Sprintf("/orders/%d", id)).has("currency", "JPY") // it stays with the order
		a.get("/schema").has("currency", "EUR").has("decimals", 2).
			has("minor_units.JPY", 0).has("minor_units.KWD", 3)
	})
}
