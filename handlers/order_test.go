package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Every transition from every state.
func TestTransitions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		a.post(ids.in("/products/{product}/stock-movements"), `{"quantity_change":990,"reason":"receipt"}`).is(201)
		for _, from := range shop.OrderStatuses {
			for _, to := range shop.OrderStatuses {
				id := a.order(ids["customer"], 2, ids["product"])
				path := fmt.Sprintf("/orders/%d", id)
				for _, step := range shoptest.Paths[from] {
					a.post(path+"/transitions", map[string]any{"to": step}).is(200).has("status", string(step))
				}
				stock := a.get(ids.in("/products/{product}")).int("stock")
				version, before := a.get(path).int("version"), a.snapshot()
				answer := a.post(path+"/transitions", map[string]any{"to": to, "note": "because"})
				if !from.CanBecome(to) {
					answer.problem(409, "invalid_transition").has("from", string(from)).has("to", string(to))
					if diff := cmp.Diff(texts(from.Next()), answer.at("allowed")); diff != "" {
						t.Errorf("%s to %s: allowed: %s", from, to, diff)
					}
					a.unchanged(before)
					continue
				}
				answer.is(200).has("status", string(to)).has("version", int(version+1)).has("id", int(id))
				if diff := cmp.Diff(texts(to.Next()), answer.at("allowed_transitions")); diff != "" {
					t.Errorf("%s to %s: allowed_transitions: %s", from, to, diff)
				}
				if got, want := answer.Header.Get("ETag"), fmt.Sprintf("%q", strconv.FormatInt(version+1, 10)); got != want {
					t.Errorf("ETag %s, want %s", got, want)
				}
				events := a.get(path + "/timeline?sort=-id&limit=1").items()
				if e := events[0]; e["kind"] != "transition" || e["from"] != string(from) || e["to"] != string(to) || e["note"] != "because" {
					t.Errorf("%s to %s: event %v", from, to, e)
				}
				want := stock
				if to == shop.Cancelled {
					want += 2
				}
				a.get(ids.in("/products/{product}")).has("stock", int(want))
			}
		}
		a.reconciled()
	})
}

func texts(statuses []shop.OrderStatus) any {
	out := []any{}
	for _, s := range statuses {
		out = append(out, string(s))
	}
	return out
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		id := a.order(ids["customer"], 1, ids["product"])
		path := fmt.Sprintf("/orders/%d", id)
		note := a.post(path+"/notes", `{"note":"call before delivery"}`).is(201).
			has("order_id", int(id)).has("kind", "note").has("note", "call before delivery").has("from", nil).has("to", nil).has("actor", "owner@example.com")
		a.time(note, "created_at")
		a.post(path+"/transitions", `{"to":"processing","note":null}`).is(200)
		a.post(path+"/transitions", `{"to":"shipped"}`).is(200)
		a.get(path).has("version", 3) // notes do not change the version
		whole := a.get(path+"/timeline").is(200).has("total", 4)
		var kinds []any
		for _, e := range whole.items() {
			kinds = append(kinds, e["kind"])
		}
		if diff := cmp.Diff([]any{"placed", "note", "transition", "transition"}, kinds); diff != "" {
			t.Error("oldest first:", diff)
		}
		a.get(path+"/timeline?kind=transition").has("total", 2)
		a.get(path+"/timeline?sort=-created_at&limit=1").has("items.0.to", "shipped")
		other := a.order(ids["buyer"], 1, ids["product"])
		a.get(fmt.Sprintf("/orders/%d/timeline", other)).has("total", 1)
		a.get(path+"/timeline").has("total", 4)
	})
}

// The list of events of many orders has the events of their timelines, each once.
func TestOrderEvents(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		var orders []int64
		for range 4 {
			orders = append(orders, a.order(ids["customer"], 1, ids["product"]))
		}
		for _, i := range []int{2, 0, 2, 3} {
			a.post(fmt.Sprintf("/orders/%d/notes", orders[i]), `{"note":"N"}`).is(201)
		}
		a.post(fmt.Sprintf("/orders/%d/transitions", orders[1]), `{"to":"cancelled","note":"no note"}`).is(200)
		three := fmt.Sprintf("order_id=%d,%d,%d", orders[2], orders[1], orders[0])
		for _, kind := range []string{"", "&kind=note", "&kind=note,transition"} {
			var want []map[string]any
			for _, id := range orders[:3] {
				want = append(want, a.get(fmt.Sprintf("/orders/%d/timeline?sort=id%s", id, kind)).is(200).items()...)
			}
			if diff := cmp.Diff(want, a.get("/order-events?sort=order_id"+kind+"&"+three).is(200).items()); diff != "" {
				t.Errorf("%s: %s", kind, diff)
			}
		}
		a.get("/order-events?kind=note&"+three).is(200).has("total", 3).has("items.0.order_id", int(orders[2])) // oldest first
		a.get("/order-events?order_id=999").is(200).has("total", 0)
	})
}

func TestOrderRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		const move, note = "POST /orders/{order}/transitions", "POST /orders/{order}/notes"
		a.refuses(ids,
			refusal{request: move, body: `{}`, at: at("body.to")},
			refusal{request: move, body: `{"to":"refunded"}`, at: at("body.to")},
			refusal{request: move, body: `{"to":"Processing"}`, at: at("body.to")},
			refusal{request: move, body: `{"to":""}`, at: at("body.to")},
			refusal{request: move, body: `{"to":null}`, at: at("body.to")},
			refusal{request: move, body: `{"to":1}`, at: at("body.to")},
			refusal{request: move, body: `{"to":["processing"]}`, at: at("body.to")},
			refusal{request: move, body: `{"to":"processing","note":1}`, at: at("body.note")},
			refusal{request: move, body: `{"to":"processing","status":"shipped"}`, at: at("body.status")},
			refusal{request: move, body: `{"To":"processing"}`, at: at("body.To")},
			refusal{request: move, status: 400},
			refusal{
				name: "stale", request: move, body: `{"to":"processing"}`,
				headers: []string{"If-Match", `"2"`}, status: 412, code: "version_mismatch",
			},
			refusal{
				name: "stale and not to be had", request: move, body: `{"to":"delivered"}`,
				headers: []string{"If-Match", `"2"`}, status: 412, code: "version_mismatch",
			},
			refusal{request: move, body: `{"to":"processing"}`, headers: []string{"If-Match", `1`}, at: at("header.If-Match")},
			refusal{
				request: "POST /orders/999/transitions", body: `{"to":"processing"}`,
				headers: []string{"If-Match", `"1"`}, status: 404,
			},
			refusal{request: "POST /orders/999/transitions", body: `{"to":"processing"}`, status: 404},
			refusal{request: "GET /orders/{order}/transitions", status: 405},
			refusal{request: note, body: `{}`, at: at("body.note")},
			refusal{request: note, body: `{"note":null}`, at: at("body.note")},
			refusal{request: note, body: `{"note":"  \n\t "}`, at: at("body.note")},
			refusal{request: note, body: `{"note":["a"]}`, at: at("body.note")},
			refusal{request: note, body: `{"note":"a","kind":"placed"}`, at: at("body.kind")},
			refusal{request: note, status: 400},
			refusal{request: "POST /orders/999/notes", body: `{"note":"a"}`, status: 404},
			refusal{request: "GET /orders/999/timeline", status: 404},
			refusal{request: "GET /orders/{order}/notes", status: 405},
			refusal{request: "POST /orders/{order}/timeline", body: `{}`, status: 405},
			refusal{request: "DELETE /orders/{order}/timeline", status: 405},
		)
	})
}

// Racing staff: exactly one wins each transition, and stock comes back once.
func TestRacingStaff(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		for range 4 {
			path := fmt.Sprintf("/orders/%d/transitions", a.order(ids["customer"], 1, ids["product"], ids["second"]))
			won := map[string]int{}
			moves := []string{"processing", "cancelled"}
			results := make([]string, 12)
			statuses := atOnce(12, func(i int) *answer {
				answer := a.post(path, map[string]any{"to": moves[i%2]})
				results[i] = moves[i%2]
				if answer.Status != 200 {
					results[i], _ = answer.JSON["code"].(string)
				}
				return answer
			})
			if statuses[200]+statuses[409] != 12 {
				t.Errorf("12 moves were answered %v", statuses)
			}
			for _, result := range results {
				won[result]++
			}
			if won["processing"] > 1 || won["cancelled"] != 1 && won["processing"] != 1 || won["cancelled"] > 1 {
				t.Errorf("winners: %v", won)
			}
			if !slices.Contains(results, "invalid_transition") || slices.Contains(results, "conflict") {
				t.Errorf("nobody lost: %v", won)
			}
		}
		a.reconciled()
	})
}

// A page of orders ends before their lines are too many, and its cursor leads to the others.
func TestLongOrders(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		var placed []int64
		for range 5 {
			placed = append(placed, a.order(ids["customer"], 1, ids["product"]))
		}
		storetest.SQL(t, a.db, fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
			INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)
			SELECT o.created_at, 'X', 'X', 1, 1, o.id, %d FROM n, orders AS o WHERE o.id <> %d`, ids["product"], placed[2]))
		for _, way := range []string{"limit=200", "limit=4&offset=0", "limit=3"} {
			var seen []int64
			next, pages := "", 0
			for more := true; more; pages++ {
				page := a.get("/orders?sort=id&"+way+next).is(http.StatusOK).has("total", 5)
				lines := 0
				for _, o := range page.items() {
					list, _ := o["items"].([]any)
					id, _ := o["id"].(float64)
					seen, lines = append(seen, int64(id)), lines+len(list)
				}
				if lines > order.MaxLines {
					t.Errorf("%s: a page of %d lines", way, lines)
				}
				var cursor string
				cursor, more = page.at("next_cursor").(string)
				way, next = strings.TrimSuffix(way, "&offset=0"), "&cursor="+url.QueryEscape(cursor)
			}
			if !slices.Equal(seen, placed) || pages != 2 {
				t.Errorf("%s: %v on %d pages", way, seen, pages)
			}
		}
	})
}
