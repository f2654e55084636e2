package handlers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// pair starts two servers that share only the database.
func pair(t *testing.T, standby ...store.Standby) [2]*office {
	t.Helper()
	return pairOn(t, storetest.URL(t, dialect.Postgres), standby...)
}

func pairOn(t *testing.T, databaseURL string, standby ...store.Standby) (both [2]*office) {
	t.Helper()
	for i := range both {
		cfg := store.Config{URL: databaseURL}
		if len(standby) > 0 {
			cfg.Standby = standby[0]
		}
		db := storetest.Open(t, cfg)
		both[i] = newOffice(t, db)
	}
	both[0].everyone()
	both[1].ids = both[0].ids
	return both
}

// What one replica decides takes effect on the other with the next request: logins, their
// end, tokens, roles.
func TestReplicasAgreeOnPeople(t *testing.T) {
	t.Parallel()
	both := pair(t)
	for i, one := range both {
		two := both[1-i]
		boss, session, token := one.login("owner"), one.login("support"), one.token("support")
		two.get("/orders", session...).is(200)
		two.get("/orders", token...).is(200)
		role := two.post("/roles", map[string]any{
			"name": fmt.Sprint("clerk-", i), "label": "Clerk", "permissions": []string{"products:read"},
		}, boss...).is(201).int("id")
		support := fmt.Sprintf("/staff/%d", one.ids["support"])
		two.patch(support, map[string]any{"role_id": role}, boss...).is(200)
		one.get("/orders", session...).problem(403, "forbidden")
		one.patch(fmt.Sprintf("/roles/%d", role), map[string]any{"permissions": []string{"orders:read"}}, boss...).is(200)
		two.get("/orders", session...).is(200)
		two.get("/products", session...).problem(403, "forbidden")
		one.post("/auth/logout", nil, session...).is(204)
		two.get("/orders", session...).problem(401, "unauthenticated")
		two.get("/orders", token...).is(200)
		two.patch(support, map[string]any{"is_active": false}, boss...).is(200)
		one.get("/orders", token...).problem(401, "unauthenticated")
		two.patch(support, map[string]any{"is_active": true, "role_id": one.role("support", boss)}, boss...).is(200)
	}
}

// The same key, sent repeatedly to both replicas at the same moment, has one effect;
// everybody gets its answer, and exactly one gets it first.
func TestReplicasAgreeOnKeys(t *testing.T) {
	t.Parallel()
	both := pair(t)
	token := both[0].token("owner")
	ids := both[0].shopOf(token)
	for name, request := range map[string]struct {
		path, body string
	}{
		"creation": {"/categories", `{"name":"N","slug":"n"}`},
		"checkout": {ids.in("/customers/{customer}/checkout"), "{}"},
		"receipt":  {ids.in("/products/{product}/stock-movements"), `{"quantity_change":5,"reason":"receipt"}`},
	} {
		var first atomic.Int64
		var texts sync.Map
		statuses := atOnce(16, func(i int) *answer {
			r := both[i%2].post(request.path, request.body, append([]string{"Idempotency-Key", name}, token...)...)
			texts.Store(r.Text, true)
			if r.Header.Get("Idempotency-Replayed") == "" {
				first.Add(1)
			}
			return r
		})
		if statuses[http.StatusCreated] != 16 {
			t.Errorf("%s: 16 requests were answered %v", name, statuses)
		}
		answers := 0
		texts.Range(func(any, any) bool { answers++; return true })
		if first.Load() != 1 || answers != 1 {
			t.Errorf("%s: done %d times, %d answers", name, first.Load(), answers)
		}
	}
	both[1].get(ids.in("/products/{product}"), token...).is(200).has("stock", 10-1+5)
	shoptest.Agree(t, both[0].db)
}

// shopOf creates a customer with a cart of one product, with a stock of ten.
func (o *office) shopOf(token []string) names {
	o.t.Helper()
	ids := names{}
	ids["category"] = o.post("/categories", map[string]any{"name": "C", "slug": "c"}, token...).is(201).int("id")
	ids["product"] = o.post("/products", map[string]any{
		"sku": "P", "name": "P", "price": 100, "stock": 10, "category_id": ids["category"],
	}, token...).is(201).int("id")
	ids["customer"] = o.post("/customers", map[string]any{"email": "jane@example.com", "name": "Jane"}, token...).is(201).int("id")
	o.post(ids.in("/customers/{customer}/cart/items"), map[string]any{"product_id": ids["product"], "quantity": 1}, token...).is(200)
	return ids
}

// Failed logins count together, on whichever replica.
func TestReplicasAgreeOnThrottle(t *testing.T) {
	t.Parallel()
	both := pair(t)
	wrong := func(i int) *answer {
		return both[i%2].post("/auth/login", map[string]any{"email": "owner@shop.test", "password": "a guess"})
	}
	let := 0
	for i := range 12 {
		if wrong(i).Status == http.StatusUnauthorized {
			let++
		}
	}
	if let < 5 || let > 7 { // five are free; after that every failure delays the next one, starting with a second
		t.Errorf("of 12 guesses %d were let through", let)
	}
	for _, o := range both {
		o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": secretWord}).problem(429, "rate_limited")
	}
}

// Behind a round-robin load balancer, customers buy the last units of a product: nobody
// gets more than there is, and a cart becomes one order.
func TestReplicasBehindBalancer(t *testing.T) {
	t.Parallel()
	both := pair(t)
	token := both[0].token("owner")
	ids := both[0].shopOf(token)
	customers := shoptest.Customers(t, both[0].db, 20)
	for _, customer := range customers {
		both[0].post(fmt.Sprintf("/customers/%d/cart/items", customer), map[string]any{"product_id": ids["product"], "quantity": 1}, token...).is(200)
	}
	balancer := balance(t, both[0], both[1])
	var placed, refused atomic.Int64
	var wg sync.WaitGroup
	for _, customer := range customers {
		for range 2 { // the same cart twice
			wg.Go(func() {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
					fmt.Sprintf("%s/api/v1/customers/%d/checkout", balancer.URL, customer), strings.NewReader("{}"))
				if err != nil {
					t.Error(err)
					return
				}
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set(token[0], token[1])
				answer, err := balancer.Client().Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				defer answer.Body.Close()
				switch answer.StatusCode {
				case http.StatusCreated:
					placed.Add(1)
				case http.StatusConflict:
					refused.Add(1)
				default:
					t.Error(answer.Status)
				}
			})
		}
	}
	wg.Wait()
	if placed.Load() != 10 {
		t.Errorf("of 10 were sold %d, and %d requests refused", placed.Load(), refused.Load())
	}
	both[1].get(ids.in("/products/{product}"), token...).is(200).has("stock", 0)
	shoptest.Agree(t, both[0].db)
}

// balance starts a round-robin proxy.
func balance(t *testing.T, replicas ...*office) *httptest.Server {
	t.Helper()
	var targets []*url.URL
	for _, o := range replicas {
		server := httptest.NewServer(o.server)
		t.Cleanup(server.Close)
		target, err := url.Parse(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		targets = append(targets, target)
	}
	var turn atomic.Int64
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(targets[int(turn.Add(1))%len(targets)])
	}})
	t.Cleanup(proxy.Close)
	return proxy
}
