package handlers_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestStockMovements(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		path := ids.in("/products/{product}/stock-movements")
		moved := a.post(path, `{"quantity_change":-3,"reason":"damage","note":"water"}`).is(201).
			has("product_id", int(ids["product"])).has("quantity_change", -3).has("balance_after", 7).has("reason", "damage").
			has("note", "water").has("order_item_id", nil).has("order_id", nil).has("order_number", nil).has("actor", "owner@example.com")
		if got, want := moved.Header.Get("Location"), fmt.Sprintf("/api/v1/inventory-movements/%d", moved.int("id")); got != want {
			t.Errorf("Location %q, want %q", got, want)
		}
		a.get(moved.Header.Get("Location")).is(200).has("balance_after", 7)
		for i, reason := range []string{"receipt", "return", "adjustment", "damage", "stocktake"} {
			a.post(path, fmt.Sprintf(`{"quantity_change":2,"reason":%q}`, reason)).is(201).has("balance_after", 9+2*i).has("note", nil)
		}
		a.post(path, `{"quantity_change":-17,"reason":"adjustment","note":null}`).is(201).has("balance_after", 0)
		a.get(ids.in("/products/{product}")).has("stock", 0).has("version", 1) // stock cannot be edited

		history := a.get(path).is(200).has("total", 8).items() // newest first, with the running balance
		balance := 0.0
		for _, m := range history {
			if m["balance_after"] != balance {
				t.Errorf("movement %v: balance %v, want %v", m["id"], m["balance_after"], balance)
			}
			balance -= m["quantity_change"].(float64)
		}
		if last := history[len(history)-1]; last["reason"] != "initial" || last["quantity_change"] != 10.0 {
			t.Errorf("the first movement: %v", last)
		}
		if damages := a.walk(path, url.Values{"reason": {"damage"}}, 1); len(damages) != 2 || damages[1]["note"] != "water" {
			t.Errorf("damages: %v", damages)
		}

		order := a.order(ids["customer"], 2, ids["second"])
		a.post(fmt.Sprintf("/orders/%d/transitions", order), `{"to":"cancelled"}`).is(200)
		a.get(ids.in("/products/{second}/stock-movements")).
			has("items.0.reason", "cancellation").has("items.0.quantity_change", 2).has("items.0.order_id", int(order)).has("items.0.order_number", int(1000+order)).
			has("items.1.reason", "sale").has("items.1.quantity_change", -2).has("items.1.order_number", int(1000+order)).
			has("items.2.reason", "initial").has("items.2.order_number", nil)
		a.get(ids.in("/products/{gone_product}/stock-movements")).is(200).has("total", 1) // history outlives the product
		a.reconciled()
	})
}

// Returned goods are booked on the line of their order, once; the order's timeline records
// it.
func TestReturnOfAnOrder(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		a.fill(ids["customer"], 3, ids["product"])
		a.fill(ids["customer"], 1, ids["second"])
		placed := a.post(ids.in("/customers/{customer}/checkout"), nil).is(201).
			has("items.0.returned_quantity", 0).has("items.0.returned_at", nil)
		order, line, other := in("/orders/%d", placed.int("id")), placed.int("items.0.id"), placed.int("items.1.id")
		path := ids.in("/products/{product}/stock-movements")
		body := func(units int, item any) map[string]any {
			return map[string]any{"quantity_change": units, "reason": "return", "order_item_id": item, "note": "too small"}
		}
		refused := func(status int, code, says string, body any) {
			t.Helper()
			before := a.snapshot()
			a.post(path, body).problem(status, code).says(says)
			a.unchanged(before)
		}
		refused(409, "conflict", "is pending", body(1, line))
		a.post(order+"/transitions", `{"to":"processing"}`).is(200)
		a.post(order+"/transitions", `{"to":"shipped"}`).is(200)
		refused(422, "invalid", "body.quantity_change", body(4, line))
		refused(422, "invalid", "body.quantity_change", body(-1, line))
		refused(422, "invalid", "body.order_item_id", body(1, other))

		moved := a.post(path, body(2, line), keyHeader, "back").is(201).has("balance_after", 9).has("note", "too small").
			has("order_item_id", int(line)).has("order_id", int(placed.int("id"))).has("order_number", int(placed.int("number")))
		if again := a.post(path, body(2, line), keyHeader, "back").is(201); again.Text != moved.Text {
			t.Errorf("a repetition is answered %s, not %s", again.Text, moved.Text)
		}
		for _, units := range []int{1, 2} {
			refused(409, "conflict", "2 of 3 × P-1 came back already, booked by owner@example.com at "+moved.at("created_at").(string)[:10], body(units, line))
		}
		a.post(path, body(1, nil)).is(201).has("order_item_id", nil).has("order_id", nil) // a later return

		shown := a.get(order).is(200).has("items.0.returned_quantity", 2).has("items.0.quantity", 3).has("version", 3).
			has("items.1.returned_quantity", 0).has("items.1.returned_at", nil)
		if back, err := time.Parse(time.RFC3339, shown.at("items.0.returned_at").(string)); err != nil ||
			!back.Truncate(time.Microsecond).Equal(moment(t, moved.at("created_at"))) {
			t.Errorf("it came back at %v, %v", shown.at("items.0.returned_at"), err)
		}
		a.get("/orders?sort=-id").is(200).has("items.0.items.0.returned_quantity", 2)
		a.get(ids.in("/customers/{customer}/personal-data")).is(200).has("orders.0.items.0.returned_quantity", 2)
		a.get(order+"/timeline?kind=return").is(200).has("total", 1).has("items.0.kind", "return").has("items.0.from", nil).
			has("items.0.to", nil).has("items.0.note", "2 × P-1: too small").has("items.0.actor", "owner@example.com")
		a.get(order+"/history").is(200).has("items.0.action", "return").has("items.0.changes.0.after", "2 × P-1: too small")
		a.get(path).is(200).has("items.1.order_id", int(placed.int("id"))).has("items.0.order_id", nil)
		a.post(order+"/transitions", `{"to":"delivered"}`).is(200).has("items.0.returned_quantity", 2)
		a.reconciled()
	})
}

// What came back damaged is told by the answer, the order, the ledger and the report.
func TestReturnOfDamagedUnits(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.fill(ids["customer"], 3, ids["product"])
		placed := a.post(ids.in("/customers/{customer}/checkout"), nil).is(201).has("items.0.damaged_quantity", 0)
		order, line := in("/orders/%d", placed.int("id")), placed.int("items.0.id")
		a.post(order+"/transitions", `{"to":"processing"}`).is(200)
		a.post(order+"/transitions", `{"to":"shipped"}`).is(200)
		path := ids.in("/products/{product}/stock-movements")
		body := func(units int, damaged any, reason string) map[string]any {
			b := map[string]any{"quantity_change": units, "reason": reason, "damaged_quantity": damaged}
			if reason == "return" {
				b["order_item_id"] = line
			}
			return b
		}
		before := a.snapshot()
		for _, damaged := range []int{-1, 3} {
			a.post(path, body(2, damaged, "return")).problem(422, "invalid").says("body.damaged_quantity")
		}
		for _, reason := range []string{"receipt", "adjustment", "damage", "stocktake"} {
			a.post(path, body(2, 1, reason)).problem(422, "invalid").says("body.damaged_quantity")
		}
		a.unchanged(before)

		moved := a.post(path, body(2, 1, "return"), keyHeader, "back").is(201).has("reason", "return").has("quantity_change", 2).has("balance_after", 9).
			has("stock", 8)
		a.post(path, body(2, 1, "return"), keyHeader, "back").is(201).has("stock", 8)
		a.post(path, map[string]any{"quantity_change": 1, "reason": "return", "damaged_quantity": nil}).is(201).
			has("damage_id", nil).has("stock", 9)

		a.get(order).is(200).has("items.0.returned_quantity", 2).has("items.0.damaged_quantity", 1)
		a.get(order+"/timeline?kind=return").is(200).has("total", 1).has("items.0.note", "2 × P-1, 1 damaged")
		a.get(path).is(200).has("items.1.id", int(moved.int("damage_id"))).has("items.1.reason", "damage").has("items.1.order_number", int(placed.int("number"))).
			has("items.2.reason", "return").has("items.2.order_number", int(placed.int("number")))
		a.get("/reports/returns").is(200).has("items.0.units", 2).has("items.0.damaged", 1).has("total.units", 2)
		a.reconciled()
	})
}

func moment(t *testing.T, text any) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text.(string))
	if err != nil {
		t.Fatal(err)
	}
	return at.Truncate(time.Microsecond)
}

func TestStockRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		const move, count = "POST /products/{product}/stock-movements", "POST /products/{product}/stocktake"
		cases := []refusal{
			{request: move, body: `{}`, at: at("body.quantity_change", "body.reason")},
			{request: move, body: `{"quantity_change":1}`, at: at("body.reason")},
			{request: move, body: `{"reason":"receipt"}`, at: at("body.quantity_change")},
			{request: move, body: `{"quantity_change":0,"reason":"receipt"}`, at: at("body.quantity_change")},
			{request: move, body: `{"quantity_change":1,"reason":"receipt","balance_after":1}`, at: at("body.balance_after")},
			{request: move, body: `{"quantity_change":1,"reason":"receipt","order_item_id":1}`, at: at("body.order_item_id")},
			{request: move, body: `{"quantity_change":1,"reason":"return","order_item_id":4711}`, at: at("body.order_item_id")},
			{request: move, body: `{"quantity_change":1,"reason":"return","order_item_id":0}`, at: at("body.order_item_id")},
			{request: move, body: `{"quantity_change":1,"reason":"return","order_item_id":"1"}`, at: at("body.order_item_id")},
			{request: move, body: `{"quantity_change":1,"reason":"receipt","actor":"me"}`, at: at("body.actor")},
			{request: move, body: `{"quantity_change":1,"reason":"receipt","note":1}`, at: at("body.note")},
			{request: move, body: `{"quantity_change":-11,"reason":"damage"}`, status: 409, code: "insufficient_stock"},
			{request: move, body: `{"quantity_change":-9007199254740991,"reason":"damage"}`, status: 409, code: "insufficient_stock"},
			{request: move, body: `{"quantity_change":9007199254740991,"reason":"receipt"}`, at: at("body.quantity_change")},
			{request: move, body: `{"quantity_change":9007199254740982,"reason":"receipt"}`, at: at("body.quantity_change")},
			{request: move, status: 400},
			{request: "POST /products/999/stock-movements", body: `{"quantity_change":1,"reason":"receipt"}`, status: 404},
			{request: "POST /products/{gone_product}/stock-movements", body: `{"quantity_change":1,"reason":"receipt"}`, status: 404},
			{request: "GET /products/999/stock-movements", status: 404},
			{request: "DELETE /products/{product}/stock-movements", status: 405},

			{request: count, body: `{}`, at: at("body.counted", "body.expected")},
			{request: count, body: `{"counted":9}`, at: at("body.expected")},
			{request: count, body: `{"expected":10}`, at: at("body.counted")},
			{request: count, body: `{"counted":9,"expected":10,"reason":"damage"}`, at: at("body.reason")},
			{name: "sold meanwhile", request: count, body: `{"counted":9,"expected":11}`, status: 409},
			{name: "as counted but sold meanwhile", request: count, body: `{"counted":11,"expected":11}`, status: 409},
			{name: "counted what there is, expected otherwise", request: count, body: `{"counted":10,"expected":9}`, status: 409},
			{request: count, status: 400},
			{name: "counted with what is sold, of which there is none", request: count, body: `{"counted":11,"expected":10,"committed":1}`, status: 409},
			{name: "less than what is sold", request: count, body: `{"counted":1,"expected":10,"committed":2}`, at: at("body.counted")},
			{request: "POST /products/999/stocktake", body: `{"counted":1,"expected":1}`, status: 404},
			{request: "POST /products/999/stocktake", body: `{"counted":1,"expected":1,"committed":1}`, status: 404},
			{request: "POST /products/{gone_product}/stocktake", body: `{"counted":1,"expected":1}`, status: 404},
			{request: "POST /products/{gone_product}/stocktake", body: `{"counted":2,"expected":1}`, status: 404},
			{request: "GET /products/{product}/stocktake", status: 405},

			{request: "GET /products/999/stock", status: 404},
			{request: "GET /products/{product}/stock?at=2026-01-01T00:00:00Z", at: at("query.at")},
			{request: "GET /products/{product}/stock?as_of=2026-01-01T00:00:00Z&as_of=2026-01-01T00:00:00Z", at: at("query.as_of")},
			{request: "POST /products/{product}/stock", body: `{"stock":3}`, status: 405},
		}
		for _, reason := range []string{`"initial"`, `"sale"`, `"cancellation"`, `"theft"`, `""`, `"Receipt"`, "null", "1", "{}"} {
			cases = append(cases, refusal{request: move, body: `{"quantity_change":1,"reason":` + reason + `}`, at: at("body.reason")})
		}
		for _, change := range []string{"1.5", "9007199254740992", "-9007199254740992", "9223372036854775808", "-9223372036854775809", "1e400", `"1"`, "null", "true"} {
			cases = append(cases, refusal{request: move, body: `{"quantity_change":` + change + `,"reason":"receipt"}`, at: at("body.quantity_change")})
		}
		for _, units := range []string{"-1", "1.5", "9007199254740992", "1e400", `"1"`, "null", "[]"} {
			cases = append(cases,
				refusal{request: count, body: `{"counted":` + units + `,"expected":10}`, at: at("body.counted")},
				refusal{request: count, body: `{"counted":10,"expected":` + units + `}`, at: at("body.expected")})
			if units != "null" {
				cases = append(cases, refusal{request: count, body: `{"counted":10,"expected":10,"committed":` + units + `}`, at: at("body.committed")})
			}
		}
		for _, at := range []string{
			"yesterday", "2026-01-01", "2026-13-01T00:00:00Z", "1767225600", "2026-01-01T00:00:00", "2026-01-01T00:00:00+02:00x", "", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00%2B14:00",
			"2026-01-01T0:00:00Z", "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00%2B24:00",
		} {
			cases = append(cases, refusal{request: "GET /products/{product}/stock?as_of=" + at, at: []string{"query.as_of"}})
		}
		a.refuses(ids, cases...)

		short := a.post(ids.in("/products/{product}/stock-movements"), `{"quantity_change":-11,"reason":"damage"}`)
		short.has("items.0.product_id", int(ids["product"])).has("items.0.sku", "P-1").has("items.0.requested", 11).has("items.0.available", 10)
	})
}

func TestStocktake(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		path := ids.in("/products/{product}/stocktake")
		before := a.snapshot()
		a.post(path, `{"counted":10,"expected":10,"note":"all there"}`).is(200).
			has("id", nil).has("quantity_change", 0).has("balance_after", 10).has("product_id", int(ids["product"])).has("reason", "stocktake").has("created_at", nil).has("note", nil)
		a.unchanged(before)
		less := a.post(path, `{"counted":7,"expected":10,"note":"three gone"}`).is(201).
			has("quantity_change", -3).has("balance_after", 7).has("note", "three gone").has("reason", "stocktake")
		a.get(less.Header.Get("Location")).is(200).has("id", int(less.int("id"))).has("balance_after", 7)
		a.post(path, `{"counted":9007199254740991,"expected":7}`).is(201).has("quantity_change", 9007199254740984)
		a.post(path, `{"counted":0,"expected":9007199254740991}`).is(201).has("balance_after", 0)
		a.get(ids.in("/products/{product}")).has("stock", 0)

		// Many stocktakes at once: their counts do not add up.
		statuses := atOnce(8, func(i int) *answer { return a.post(path, in(`{"counted":%d,"expected":0}`, i+1)) })
		if statuses[201] != 1 || statuses[409] != 7 {
			t.Errorf("8 counts were answered %v", statuses)
		}
		a.reconciled()
	})
}

// What is sold and not yet sent is told beside the stock, and may be counted with it.
func TestCommitted(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		path := ids.in("/products/{product}/stock")
		a.get(path).is(200).has("stock", 10).has("committed", 0)
		customer := ids.in("/customers/{customer}")
		a.post(customer+"/cart/items", in(`{"product_id":%d,"quantity":3}`, ids["product"])).is(200)
		sold := a.post(customer+"/checkout", nil).is(201)
		a.get(path).is(200).has("stock", 7).has("committed", 3)
		a.get(path+"?as_of="+time.Now().UTC().Format(time.RFC3339)).is(200).has("committed", nil)

		a.post(path+"take", `{"counted":10,"expected":7,"committed":3}`).is(200).has("id", nil).has("balance_after", 7)
		a.post(path+"take", `{"counted":9,"expected":7,"committed":3}`).is(201).has("quantity_change", -1).has("balance_after", 6)
		a.post(path+"take", `{"counted":6,"expected":6,"committed":null}`).is(200).has("balance_after", 6)

		moves := in("/orders/%d/transitions", sold.int("id"))
		a.post(moves, `{"to":"processing"}`).is(200)
		a.post(moves, `{"to":"shipped"}`).is(200)
		a.get(path).is(200).has("stock", 6).has("committed", 0)
		before := a.snapshot()
		a.post(path+"take", `{"counted":9,"expected":6,"committed":3}`).is(409).has("code", "conflict")
		a.unchanged(before)
		a.reconciled()
	})
}

// The current stock includes every movement, even if the database's clock, which dates
// them, is ahead of the program's.
func TestStockNow(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		path := ids.in("/products/{product}/stock")
		a.post(path+"-movements", map[string]any{"quantity_change": 5, "reason": "receipt"}).is(201).has("balance_after", 15)
		a.exec("UPDATE inventory_movements SET created_at = $1 WHERE quantity_change = 5", time.Now().UTC().Add(time.Minute))
		a.get(path).is(200).has("stock", 15)
		a.get("/products/999/stock").is(404)
		// The movements of a deleted product are still shown.
		gone := ids.in("/products/{gone_product}/stock")
		a.get(gone).is(200).has("stock", int(a.get(gone+"-movements").is(200).int("items.0.balance_after")))
		a.get(gone+"?as_of=2000-01-01T00:00:00Z").is(200).has("stock", 0)
	})
}

// The stock as of a time is the balance of the last movement until then, to the
// microsecond.
func TestStockAsOf(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		moves := ids.in("/products/{product}/stock-movements")
		for _, change := range []int{-3, 5, -1} {
			a.post(moves, map[string]any{"quantity_change": change, "reason": "adjustment"}).is(201)
		}
		path := ids.in("/products/{product}/stock")
		now := a.get(path).is(200).has("stock", 11).has("product_id", int(ids["product"]))
		if at := a.time(now, "as_of"); time.Since(at) > time.Hour || time.Since(at) < -time.Minute {
			t.Errorf("now is %v", at)
		}
		asOf := func(at time.Time) *answer {
			return a.get(path + "?as_of=" + at.Format(time.RFC3339Nano)).is(200)
		}
		history := a.get(moves + "?sort=id").items()
		stock := 0
		for _, m := range history {
			at, err := time.Parse(time.RFC3339Nano, m["created_at"].(string))
			if err != nil {
				t.Fatal(err)
			}
			asOf(at.Add(-time.Microsecond)).has("stock", stock)
			asOf(at.Add(-time.Nanosecond)).has("stock", stock)
			stock = int(m["balance_after"].(float64))
			asOf(at).has("stock", stock).has("as_of", m["created_at"])
			asOf(at.Add(time.Nanosecond)).has("stock", stock)
			asOf(at.In(time.FixedZone("", -7*3600))).has("stock", stock).has("as_of", m["created_at"])
		}
		for _, c := range []struct {
			at   string
			want int
		}{{"0001-01-01T00:00:00Z", 0}, {"0001-01-02T00:00:00Z", 0}, {"1970-01-01T00:00:00Z", 0}, {"9999-12-31T23:59:59Z", 11}, {"2999-01-01T00:00:00%2B14:00", 11}} {
			a.get(path+"?as_of="+c.at).is(200).has("stock", c.want)
		}
		if diff := cmp.Diff(4, len(history)); diff != "" {
			t.Error(diff)
		}
	})
}
