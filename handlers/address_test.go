package handlers_test

import (
	"slices"
	"testing"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
)

// An order is sent to the customer's address, to the one given at checkout, or to one that
// was set later.
func TestDeliveryAddress(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		customer := ids.in("/customers/{customer}")
		a.get(customer).is(200).has("address", nil)
		const home, office = "John\n1 Home Street\nOxford", "John\n2 Office Street\nOxford"
		a.patch(customer, map[string]any{"address": home}).is(200).has("address", home)
		for _, c := range []struct {
			agreed any
			sent   string
		}{
			{nil, home},
			{map[string]any{"expected_total": 1999}, home},
			{map[string]any{"delivery_address": nil}, home},
			{map[string]any{"delivery_address": office, "expected_total": 1999}, office},
		} {
			a.fill(ids["customer"], 1, ids["product"])
			id := a.post(customer+"/checkout", c.agreed).is(201).has("delivery_address", c.sent).int("id")
			a.get(in("/orders/%d", id)).is(200).has("delivery_address", c.sent)
			a.get(in("/orders/%d/history", id)).has("items.0.action", "checkout").has("items.0.changes.5.field", "delivery_address").
				has("items.0.changes.5.after", c.sent)
		}
		a.patch(customer, map[string]any{"address": nil}).is(200).has("address", nil)
		order := a.get("/orders?limit=1").is(200).has("items.0.delivery_address", office).int("items.0.id")
		path := in("/orders/%d", order)

		changed := a.post(path+"/delivery-address", map[string]any{"delivery_address": home}, "If-Match", `"1"`).is(200).
			has("delivery_address", home).has("version", 2).has("status", "pending").has("total_amount", 1999).has("items.0.quantity", 1)
		if got := changed.Header.Get("ETag"); got != `"2"` {
			a.t.Errorf("ETag %s", got)
		}
		before := a.snapshot()
		a.post(path+"/delivery-address", map[string]any{"delivery_address": home}).is(200).has("version", 2)
		a.unchanged(before)
		a.post(path+"/delivery-address", map[string]any{"delivery_address": office}, "If-Match", `"1"`).problem(412, "version_mismatch").
			has("current.delivery_address", home)
		a.post(path+"/delivery-address", map[string]any{"delivery_address": nil}).is(200).has("delivery_address", nil)
		a.get(path+"/timeline").is(200).has("total", 3).has("items.2.kind", "note").has("items.2.note", "Delivery address changed")
		a.get(path+"/history").is(200).has("total", 3).has("items.0.action", "address").
			has("items.0.changes.0.before", home).has("items.0.changes.0.after", nil)
		a.get(customer+"/history").is(200).has("items.0.changes.0.field", "address")
	})
}

func TestDeliveryAddressRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		for _, status := range shop.OrderStatuses {
			if slices.Contains(shop.Unsent, status) {
				continue
			}
			ids[string(status)] = a.order(ids["customer"], 1, ids["product"])
			shoptest.Move(t, a.db, ids[string(status)], status)
		}
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		a.fill(ids["customer"], 1, ids["product"])
		const send, buy = "POST /orders/{order}/delivery-address", "POST /customers/{customer}/checkout"
		address := at("body.delivery_address")
		cases := []refusal{
			{request: send, body: `{}`, at: address},
			{request: send, status: 400},
			{request: send, body: `{"delivery_address":7}`, at: address},
			{request: send, body: `{"delivery_address":["a"]}`, at: address},
			{request: send, body: `{"delivery_address":"a","status":"shipped"}`, at: at("body.status")},
			{request: send, body: `{"delivery_address":"a"}`, headers: []string{"If-Match", `1`}, at: at("header.If-Match")},
			{request: send, body: `{"delivery_address":"a"}`, headers: []string{"If-Match", `"7"`}, status: 412, code: "version_mismatch"},
			{request: "POST /orders/999/delivery-address", body: `{"delivery_address":"a"}`, status: 404},
			{request: "GET /orders/{order}/delivery-address", status: 405},
			{request: "PATCH /orders/{order}", body: `{"delivery_address":"a"}`, status: 405},
			{request: buy, body: `{"delivery_address":7}`, at: address},
		}
		for _, bad := range []string{"", " ", `\n\t`, "\u00a0", times("ä", 501)} {
			body := `{"delivery_address":"` + bad + `"}`
			cases = append(cases, refusal{name: "to " + bad, request: send, body: body, at: address},
				refusal{name: "buy to " + bad, request: buy, body: body, at: address})
		}
		for _, status := range []string{"shipped", "delivered", "cancelled"} {
			for _, body := range []string{`{"delivery_address":"a"}`, `{"delivery_address":null}`} {
				cases = append(cases, refusal{
					name: status + body, request: "POST /orders/{" + status + "}/delivery-address", body: body, status: 409, code: "conflict",
				})
			}
			before := a.snapshot()
			a.post(ids.in("/orders/{"+status+"}/delivery-address"), `{"delivery_address":"a"}`).problem(409, "conflict").says("the order is " + status)
			a.unchanged(before)
		}
		a.refuses(ids, cases...)
	})
}

// An address of several lines can be imported, and an empty cell means none.
func TestImportedAddresses(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.small()
		const sheet = "email,name,address\nnew@example.com,New,\"1 Home Street\nOxford\"\nold@example.com,Old,\n"
		a.sheet("/customers", sheet).is(200).has("created", 2)
		shown := a.get("/customers?sort=-id&limit=2").is(200)
		shown.has("items.0.address", nil).has("items.1.address", "1 Home Street\nOxford")
		a.sheet("/customers", "email,name,address\nnew@example.com,New,"+times("a", 501)+"\n").problem(422, "invalid", "body.lines[2].address")
		a.sheet("/customers", "email,name,address\nnew@example.com,New,\n").is(200).has("updated", 1)
		path := in("/customers/%d", shown.int("items.1.id"))
		a.get(path).has("address", nil)
		entry := a.get(path + "/history?limit=1").int("items.0.id")
		a.post(in("/audit-entries/%d/revert", entry), nil).is(200)
		a.get(path).has("address", "1 Home Street\nOxford")
	})
}
