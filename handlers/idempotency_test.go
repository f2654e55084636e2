package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/idempotency"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

const keyHeader = "Idempotency-Key"

// keyed returns a POST of each kind, and a count of the rows that it writes once.
func keyed(ids names) []struct{ request, body, count string } {
	return []struct{ request, body, count string }{
		{"/products", ids.in(`{"sku":"K","name":"<b>\"Ünï\" & \u2028 c</b>","price":1,"stock":2,"category_id":{category}}`), "SELECT COUNT(*) FROM products"},
		{"/customers", `{"email":"key@example.com","name":"K"}`, "SELECT COUNT(*) FROM customers"},
		{"/categories", `{"name":"K","slug":"key"}`, "SELECT COUNT(*) FROM categories"},
		{ids.in("/customers/{gone_customer}/restore"), "", "SELECT COUNT(*) FROM customers WHERE deleted_at IS NULL"},
		{"/products/bulk", ids.in(`{"ids":[{product},999],"patch":{"price":7}}`), "SELECT SUM(version) FROM products"},
		{ids.in("/customers/{customer}/cart/items"), ids.in(`{"product_id":{product},"quantity":2}`), "SELECT COALESCE(SUM(quantity), 0) FROM cart_items"},
		{ids.in("/customers/{customer}/checkout"), "", "SELECT COUNT(*) FROM orders"},
		{ids.in("/products/{product}/stock-movements"), `{"quantity_change":3,"reason":"receipt"}`, "SELECT COUNT(*) FROM inventory_movements"},
		{ids.in("/products/{second}/stocktake"), `{"counted":4,"expected":5}`, "SELECT COUNT(*) FROM inventory_movements"},
		{ids.in("/products/{second}/stocktake"), `{"counted":4,"expected":4,"note":"again"}`, "SELECT COUNT(*) + 1 FROM inventory_movements"},
		{"/orders/1/transitions", `{"to":"processing","note":"n"}`, "SELECT COUNT(*) FROM order_events"},
		{"/orders/1/notes", `{"note":"n"}`, "SELECT COUNT(*) FROM order_events"},
		{"/orders/1/delivery-address", `{"delivery_address":"a"}`, "SELECT COUNT(*) FROM order_events"},
	}
}

// Every POST, repeated: the second answer is the same, byte for byte, and nothing is
// written again.
func TestReplay(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		for i, c := range keyed(ids) {
			key := fmt.Sprintf("key %d", i)
			rows := a.number(c.count)
			var body any
			if c.body != "" {
				body = c.body
			}
			first := a.post(c.request, body, keyHeader, key)
			if first.Status >= 300 {
				t.Fatalf("%s: %d %s", first.what, first.Status, first.Text)
			}
			if first.Header.Get("Idempotency-Replayed") != "" {
				t.Errorf("%s: the first answer says that it was replayed", first.what)
			}
			if n := a.number(c.count); n != rows+1 && !strings.Contains(c.count, "+ 1") && !strings.Contains(c.count, "SUM(quantity)") {
				t.Errorf("%s: wrote %d, want 1", first.what, n-rows)
			}
			before := a.snapshot()
			for range 2 {
				second := a.post(c.request, body, keyHeader, key)
				if second.Status != first.Status || second.Text != first.Text {
					t.Errorf("%s: the replay differs:\n%d %s\n%d %s", first.what, first.Status, first.Text, second.Status, second.Text)
				}
				for _, name := range []string{"Location", "ETag", "Content-Type", "Cache-Control"} {
					if got, want := second.Header.Get(name), first.Header.Get(name); got != want {
						t.Errorf("%s: %s is %q in the replay, %q before", first.what, name, got, want)
					}
				}
				if second.Header.Get("Idempotency-Replayed") != "true" {
					t.Errorf("%s: the replay does not say so", first.what)
				}
			}
			a.unchanged(before)
		}
		a.reconciled()
	})
}

func TestKeyOfAnotherRequest(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		header := []string{keyHeader, "k"}
		a.post("/customers", `{"email":"key@example.com","name":"K"}`, header...).is(201)
		a.refuses(ids,
			refusal{name: "other body", request: "POST /customers", body: `{"email":"other@example.com","name":"K"}`, headers: header, at: at("header.Idempotency-Key")},
			refusal{name: "other path", request: "POST /categories", body: `{"name":"K","slug":"k"}`, headers: header, at: at("header.Idempotency-Key")},
			refusal{name: "other record", request: "POST /customers/{gone_customer}/restore", headers: header, at: at("header.Idempotency-Key")},
		)
		// Only POST has the key: other methods ignore it.
		a.patch(ids.in("/customers/{customer}"), `{"name":"A"}`, header...).is(200).has("version", 2)
		a.patch(ids.in("/customers/{customer}"), `{"name":"B"}`, header...).is(200).has("version", 3)
		a.get(ids.in("/customers/{customer}"), header...).is(200)
	})
}

func TestKeyLimits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		var cases []refusal
		for name, key := range map[string]string{
			"empty": "", "too long": times("k", 256), "not ASCII": "schlüssel", "tab": "a\tb", "line break": "a\nb", "NUL": "a\x00b", "DEL": "a\x7f", "byte": "a\xff",
		} {
			cases = append(cases, refusal{
				name: name, request: "POST /customers", body: `{"email":"key@example.com","name":"K"}`,
				headers: []string{keyHeader, key}, at: at("header.Idempotency-Key"),
			})
		}
		a.refuses(ids, cases...)

		before := a.snapshot()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/categories", strings.NewReader(`{"name":"K","slug":"k"}`))
		r.Header[keyHeader] = []string{"a", "b"}
		if w := a.serve(r); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("two keys: %d", w.Code)
		}
		a.unchanged(before)

		for i, key := range []string{"k", times("k", 255), " ~!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|} ", "0"} {
			body := fmt.Sprintf(`{"name":"K","slug":"key-%d"}`, i)
			first := a.post("/categories", body, keyHeader, key).is(201)
			if again := a.post("/categories", body, keyHeader, key).is(201); again.Text != first.Text {
				t.Errorf("%q: %s, then %s", key, first.Text, again.Text)
			}
		}
	})
}

// Only committed requests are remembered: a failed one can be retried.
func TestFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		checkout := ids.in("/customers/{customer}/checkout")
		before := a.snapshot()
		a.post(checkout, nil, keyHeader, "k").problem(409, "empty_cart")
		a.post(checkout, nil, keyHeader, "k").problem(409, "empty_cart")
		a.unchanged(before)
		a.fill(ids["customer"], 11, ids["product"])
		a.post(checkout, nil, keyHeader, "k").problem(409, "insufficient_stock")
		a.post(ids.in("/products/{product}/stock-movements"), `{"quantity_change":1,"reason":"receipt"}`).is(201)
		order := a.post(checkout, nil, keyHeader, "k").is(201).int("id")
		a.fill(ids["customer"], 1, ids["second"])
		a.post(checkout, nil, keyHeader, "k").is(201).has("id", int(order)) // the cart is as it was
		a.get(ids.in("/customers/{customer}/cart")).has("items.0.quantity", 1)

		a.post("/customers", `{"email":"bad","name":"K"}`, keyHeader, "x").problem(422, "invalid")
		a.post("/customers", `{"email":"good@example.com","name":"K"}`, keyHeader, "x").is(201) // even with another body
	})
}

// Simultaneous duplicates have one effect and get one answer.
func TestSimultaneousDuplicates(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		a.fill(ids["customer"], 3, ids["product"], ids["second"])
		for name, c := range map[string]struct {
			request, count string
			body           any
		}{
			"checkout": {ids.in("/customers/{customer}/checkout"), "SELECT COUNT(*) FROM orders", nil},
			"movement": {ids.in("/products/{second}/stock-movements"), "SELECT COUNT(*) FROM inventory_movements WHERE reason = 'damage'", `{"quantity_change":-1,"reason":"damage"}`},
			"creation": {"/customers", "SELECT COUNT(*) FROM customers WHERE name = 'Twin'", `{"email":"twin@example.com","name":"Twin"}`},
		} {
			var mu sync.Mutex
			answers, replays := map[string]int{}, 0
			statuses := atOnce(16, func(int) *answer {
				answer := a.post(c.request, c.body, keyHeader, "dup "+name)
				mu.Lock()
				defer mu.Unlock()
				if answer.Status == 201 {
					answers[answer.Text]++
				}
				if answer.Header.Get("Idempotency-Replayed") == "true" {
					replays++
				}
				return answer
			})
			if statuses[201]+statuses[409] != 16 {
				t.Errorf("%s: 16 requests were answered %v", name, statuses)
			}
			total := 0
			for _, n := range answers {
				total += n
			}
			if len(answers) != 1 || replays != total-1 {
				t.Errorf("%s: %d different answers, %d replays of %d", name, len(answers), replays, total)
			}
			if n := a.number(c.count); n != 1 {
				t.Errorf("%s: done %d times", name, n)
			}
		}
		a.reconciled()
	})
}

func TestKeyExpires(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		add := ids.in("/customers/{customer}/cart/items")
		body := ids.in(`{"product_id":{product},"quantity":1}`)
		a.post(add, body, keyHeader, "k").is(200).has("items.0.quantity", 1)
		if life := a.life("k"); life < 23*time.Hour || life > 24*time.Hour {
			t.Errorf("a key lives for %s more", life)
		}
		a.post(add, body, keyHeader, "k").is(200).has("items.0.quantity", 1)
		a.exec("UPDATE idempotency_keys SET expires_at = $1 WHERE key = 'k'", time.Now().UTC().Add(-time.Second))
		again := a.post(add, body, keyHeader, "k").is(200).has("items.0.quantity", 2)
		if again.Header.Get("Idempotency-Replayed") != "" {
			t.Error("replayed after its time")
		}
		a.post(add, body, keyHeader, "k").is(200).has("items.0.quantity", 2)

		a.post(add, body, keyHeader, "old").is(200)
		a.exec("UPDATE idempotency_keys SET expires_at = $1 WHERE key = 'old'", time.Now().UTC().Add(-time.Second))
		if err := idempotency.ForgetExpired(storetest.Context(t), a.db); err != nil {
			t.Fatal(err)
		}
		if n := a.number("SELECT COUNT(*) FROM idempotency_keys"); n != 1 {
			t.Errorf("%d keys are kept, want the living one", n)
		}
	})
}

// Expired keys are deleted a thousand at a time, so that nobody waits long and a statement
// timeout cannot keep all of them.
func TestManyKeysExpire(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		const keys = 2_500
		a.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
			INSERT INTO idempotency_keys (created_at, caller, key, fingerprint, path, status, expires_at)
			SELECT $2, 'staff:1', 'key ' || CAST(i AS text), $3, '/', 200, $2 FROM n`,
			keys, time.Now().UTC().Add(-time.Hour), []byte("x"))
		// The last of them cannot be deleted for now.
		undo := a.undeletable("idempotency_keys", keys)
		if err := idempotency.ForgetExpired(storetest.Context(t), a.db); err == nil {
			t.Error("all are gone")
		}
		if n := a.number("SELECT COUNT(*) FROM idempotency_keys"); n != 500 {
			t.Errorf("%d keys are kept, want those of the last transaction", n)
		}
		a.exec(undo)
		if err := idempotency.ForgetExpired(storetest.Context(t), a.db); err != nil {
			t.Fatal(err)
		}
		if n := a.number("SELECT COUNT(*) FROM idempotency_keys"); n != 0 {
			t.Errorf("%d keys are kept", n)
		}
	})
}

// undeletable makes the database refuse to delete a record, and returns the statement that
// undoes this.
func (a *api) undeletable(table string, id int) (undo string) {
	a.t.Helper()
	when := fmt.Sprintf("BEFORE DELETE ON %s FOR EACH ROW WHEN (OLD.id = %d)", table, id)
	if a.db.Dialect() == dialect.SQLite {
		a.exec("CREATE TRIGGER stays " + when + " BEGIN SELECT RAISE(ABORT, 'stays'); END")
		return "DROP TRIGGER stays"
	}
	a.exec("CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stays'; END $$")
	a.exec("CREATE TRIGGER stays " + when + " EXECUTE FUNCTION stays()")
	return "DROP TRIGGER stays ON " + table
}

// life returns how long a key will be remembered.
func (a *api) life(key string) time.Duration {
	a.t.Helper()
	var at time.Time
	row := a.db.ReadSQL().QueryRowContext(context.Background(), "SELECT expires_at FROM idempotency_keys WHERE key = $1", key)
	if err := row.Scan(&at); err != nil {
		a.t.Fatal(err)
	}
	return time.Until(at)
}
