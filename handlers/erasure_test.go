package handlers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/shoptest"
)

// interrupted returns an API on PostgreSQL in which somebody else acts once in the middle
// of a request: before the first statement of the route that begins with the text, once by
// was called. On SQLite nobody can write in the middle of a write.
func interrupted(t *testing.T, route, statement string) (a *api, by func(do func())) {
	t.Helper()
	return interruptedOn(t, dialect.Postgres, route, statement)
}

// interruptedOn is interrupted on either database.
func interruptedOn(t *testing.T, name, route, statement string) (a *api, by func(do func())) {
	t.Helper()
	var act func()
	db := watched(t, name, func(ctx context.Context, text string) {
		text = strings.ReplaceAll(text, "`", `"`) // of SQLite
		if do := act; do != nil && strings.HasSuffix(handlers.RouteOf(ctx), route) && strings.HasPrefix(text, statement) {
			act = nil
			do()
		}
	})
	t.Cleanup(func() {
		if act != nil {
			t.Error("nothing was interrupted")
		}
	})
	return newAPI(t, db), func(do func()) { act = do }
}

// A revert cannot undo an erasure that happens in the middle of it.
func TestEraseMeetsRevert(t *testing.T) {
	t.Parallel()
	a, interrupt := interrupted(t, "/revert", `SELECT "customers"`)
	path := in("/customers/%d", a.post("/customers", map[string]any{
		"email": "zoe@example.com", "name": "Zoe", "note": "allergic to nuts",
	}).is(201).int("id"))
	a.patch(path, map[string]any{"note": nil}).is(200)
	entry := a.get(path + "/history?action=update").is(200).int("items.0.id")
	interrupt(func() { a.post(path+"/erase", nil).is(200) })
	a.post(in("/audit-entries/%d/revert", entry), nil).problem(422, "invalid").says("erased")
	a.get(path).is(200).has("name", "Erased customer").has("note", nil)
	forgotten(t, a, "allergic")
}

// Nothing can be added to a cart between its deletion by an erasure and the erasure's
// commit.
func TestEraseHoldsTheCart(t *testing.T) {
	t.Parallel()
	a, interrupt := interrupted(t, "/erase", `SELECT "orders"`)
	product, customer := a.product("P", 1, 1, a.category("things")), a.customer("zoe@example.com")
	var added <-chan *answer
	interrupt(func() {
		added = a.beside(func() *answer {
			return a.post(in("/customers/%d/cart/items", customer), map[string]any{"product_id": product, "quantity": 1})
		})
		if len(added) > 0 {
			t.Error("something was added meanwhile")
		}
	})
	a.post(in("/customers/%d/erase", customer), nil).is(200)
	(<-added).is(200)
}

// The answer to a revert contains the values that it could not undo. They are erased too.
func TestEraseForgetsVerdicts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		id := a.customer("zoe@example.com")
		other := a.customer("other@example.com")
		change := func(id int64, body any) (request string) {
			return a.patch(in("/customers/%d", id), body).is(200).Header.Get("X-Request-ID")
		}
		undo := func(request, key string) *answer {
			return a.post("/audit-entries/revert", map[string]any{"request_id": request}, keyHeader, key)
		}
		var calls []string
		for _, phone := range []string{"555-0101", "555-0102", "555-0103"} {
			calls = append(calls, change(id, map[string]any{"phone": phone}))
		}
		stays := change(other, `{"note":"stays"}`)
		change(other, `{"note":"as it is"}`)
		undo(calls[1], "k").is(200).says("555-0102").says("555-0103")
		undo(stays, "o").is(200).says("as it is")
		a.post(in("/customers/%d/erase", id), nil).is(200)
		for _, phone := range []string{"555-0102", "555-0103"} {
			forgotten(t, a, phone)
		}
		undo(calls[1], "k").problem(409, "conflict").says("erased")
		undo(stays, "o").is(200).says("as it is")
	})
}

// An answer that contains a customer whom the request did not change is either remembered
// before an erasure looks for it, or has the erased values.
func TestEraseMeetsAnswers(t *testing.T) {
	t.Parallel()
	for route, send := range map[string]func(a *api, request string) *answer{
		"/import": func(a *api, _ string) *answer {
			return a.sheet("/customers", "email,name\nzoe@example.com,zoe@example.com\n", keyHeader, "k").has("unchanged", 1)
		},
		"/revert": func(a *api, request string) *answer {
			return a.post("/audit-entries/revert", map[string]any{"request_id": request}, keyHeader, "k").is(200).has("failed", 1)
		},
	} {
		t.Run(route, func(t *testing.T) {
			t.Parallel()
			a, interrupt := interrupted(t, route, `UPDATE "idempotency_keys"`)
			path := in("/customers/%d", a.customer("zoe@example.com"))
			request := a.patch(path, `{"note":"allergic to nuts"}`).is(200).Header.Get("X-Request-ID")
			a.patch(path, `{"note":"allergic to eggs"}`).is(200)
			var erased <-chan *answer
			interrupt(func() { erased = a.beside(func() *answer { return a.post(path+"/erase", nil) }) })
			send(a, request)
			(<-erased).is(200)
			forgotten(t, a, "allergic")
			forgotten(t, a, "zoe@example.com")
		})
	}
}

// The answer to a restore of a customer who is not deleted is either remembered before an
// erasure looks for it, or has the erased values.
func TestEraseMeetsRestore(t *testing.T) {
	t.Parallel()
	a, interrupt := interrupted(t, "/restore", `UPDATE "idempotency_keys"`)
	path := in("/customers/%d", a.customer("zoe@example.com"))
	var erased <-chan *answer
	interrupt(func() { erased = a.beside(func() *answer { return a.post(path+"/erase", nil) }) })
	a.post(path+"/restore", nil, keyHeader, "k").is(200).has("email", "zoe@example.com")
	(<-erased).is(200)
	forgotten(t, a, "zoe@example.com")
	a.post(path+"/restore", nil, keyHeader, "k").problem(409, "conflict").says("erased")
}

// beside sends a request in the middle of another one, and returns the channel for its
// answer once it is answered or waits for a lock of the other one.
func (a *api) beside(send func() *answer) <-chan *answer {
	answered := make(chan *answer, 1)
	go func() { answered <- send() }()
	for len(answered) == 0 && a.number(waiting) == 0 {
		time.Sleep(time.Millisecond) //nolint:forbidigo // nothing tells
	}
	return answered
}

// waiting counts the transactions of PostgreSQL that wait for a lock.
const waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

// forgotten checks that a text is nowhere in the database.
func forgotten(t *testing.T, a *api, text string) {
	t.Helper()
	for line := range strings.Lines(shoptest.Dump(t, a.db)) {
		if strings.Contains(line, text) {
			t.Errorf("%q is left in %s", text, line)
		}
	}
}
