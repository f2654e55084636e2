package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Two replicas read lists and reports from a standby whose replay is paused. Whoever has
// written something sees it on either replica, others see the earlier state of the shop,
// and nobody is let in because of permissions that the standby still has.
func TestStandbyOfReplicas(t *testing.T) { //nolint:tparallel // its step comes before the standby stands still
	t.Parallel()
	r := storetest.Replicate(t)
	both := pairOn(t, r.URL, store.Standby{URL: r.ReadURL, MaxLag: time.Minute, Wait: 20 * time.Millisecond})
	one, two := both[0], both[1]
	boss, session, token := one.login("owner"), one.login("support"), one.token("owner")
	ids := one.shopOf(token)
	one.post(ids.in("/customers/{customer}/checkout"), "{}", token...).is(201)
	both[0].caughtUp(token)
	both[1].caughtUp(token)
	t.Run("which operations", func(t *testing.T) { one.whichRead(t, token) })
	storetest.Exec(t, r.ReadURL, "SELECT pg_wal_replay_pause()")

	// A program sends back the header.
	made := one.post("/categories", `{"name":"New","slug":"new"}`, append([]string{"Idempotency-Key", "k"}, token...)...).is(201)
	lsn := made.Header.Get("Storekeeper-Lsn")
	if _, err := store.ParseLSN(lsn); err != nil || made.Header.Get("Set-Cookie") != "" {
		t.Fatalf("%q %v, cookie %q", lsn, err, made.Header.Get("Set-Cookie"))
	}
	for _, o := range both {
		o.get("/categories?slug=new", token...).is(200).has("total", 0)
		o.get("/categories?slug=new", append([]string{"Storekeeper-Lsn", lsn}, token...)...).is(200).has("total", 1)
		o.get("/categories?slug=new", append([]string{"Storekeeper-Lsn", "nonsense"}, token...)...).is(200).has("total", 1)
		o.get(made.Header.Get("Location"), token...).is(200) // a single record is never read from the standby
	}
	// A client that never got the answer repeats the request, and gets the header then.
	again := two.post("/categories", `{"name":"New","slug":"new"}`, append([]string{"Idempotency-Key", "k"}, token...)...).is(201)
	if again.Header.Get("Idempotency-Replayed") != "true" {
		t.Error("was not replayed")
	}
	two.get("/categories?slug=new", append([]string{"Storekeeper-Lsn", again.Header.Get("Storekeeper-Lsn")}, token...)...).has("total", 1)

	// A browser sends back the cookie by itself.
	renamed := two.patch(ids.in("/products/{product}"), map[string]any{"name": "Renamed"}, boss...).is(200)
	cookies := boss[1] + "; " + lsnCookie(renamed)
	one.get("/products?q=Renamed", "Cookie", cookies).is(200).has("total", 1)
	one.get("/products?q=Renamed", session...).is(200).has("total", 0)
	one.get("/search?q=Renamed", "Cookie", cookies).is(200).has("items.0.title", "Renamed")
	if gone := one.delete(ids.in("/products/{product}"), boss...); gone.Status == 204 {
		one.get("/products", "Cookie", boss[1]+"; "+lsnCookie(gone)).is(200).has("total", 0)
	} else {
		t.Errorf("%d %s", gone.Status, gone.Text)
	}

	// Permissions are never read from the standby.
	two.get("/orders", session...).is(200)
	two.patch(fmt.Sprintf("/staff/%d", one.ids["support"]), map[string]any{"is_active": false}, boss...).is(200)
	one.get("/orders", session...).problem(401, "unauthenticated")
	fresh := two.login("catalog")
	one.get("/products", fresh...).is(200)
	two.post("/auth/logout", nil, fresh...).is(204)
	one.get("/products", fresh...).problem(401, "unauthenticated")

	// Without the standby, everything is read from the primary.
	r.Standby.Quit()
	one.get("/categories?slug=new", token...).is(200).has("total", 1)
}

// caughtUp waits until the replica reads everything from the standby.
func (o *office) caughtUp(token []string) {
	o.t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		before := o.db.Standby().Served
		o.get("/orders", token...).is(200)
		if o.db.Standby().Served > before && o.get("/orders", token...).at("total") == float64(1) {
			return
		}
		select {
		case <-deadline:
			o.t.Fatalf("the standby is not read: %+v", o.db.Standby())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// lsnCookie returns the cookie with the position of the answer's change.
func lsnCookie(r *answer) string {
	r.t.Helper()
	sets := r.Header.Values("Set-Cookie")
	for _, line := range sets {
		set, err := http.ParseSetCookie(line)
		if err == nil && set.Name == "storekeeper_lsn" && set.HttpOnly && set.SameSite == http.SameSiteLaxMode && set.Value == r.Header.Get("Storekeeper-Lsn") {
			return set.Name + "=" + set.Value
		}
	}
	r.t.Fatalf("%s: no cookie in %q", r.what, sets)
	return ""
}

// freshReads are the operations that only read, and always from the primary: what changes
// are based on, permissions, and what must be complete.
var freshReads = []string{
	"get-cart", "get-me", "setup-state", "list-sessions", "get-personal-data", "get-stock", "get-schema", "list-permissions",
}

// whichRead calls every operation that only reads, and checks where it reads.
func (o *office) whichRead(t *testing.T, token []string) {
	t.Helper()
	fresh := map[string]bool{}
	for _, id := range freshReads {
		fresh[id] = true
	}
	var document struct {
		Paths map[string]map[string]getOperation `json:"paths"`
	}
	if err := json.Unmarshal(o.server.OpenAPI(), &document); err != nil {
		t.Fatal(err)
	}
	for path, item := range document.Paths {
		op, there := item["get"]
		if !there || !strings.HasPrefix(path, "/api/v1/") {
			continue
		}
		before := o.db.Standby()
		r := o.get(strings.NewReplacer("{id}", "1", "{item_id}", "1").Replace(path)+"?"+op.required(), token...)
		after := o.db.Standby()
		browsed := after.Served+after.Passed > before.Served+before.Passed
		one := strings.HasPrefix(op.OperationID, "get-") && strings.HasSuffix(path, "/{id}")
		if browsed == (fresh[op.OperationID] || one) || r.Status >= 500 {
			t.Errorf("%s %s: %d, may be read on the standby: %t", op.OperationID, path, r.Status, browsed)
		}
		delete(fresh, op.OperationID)
	}
	for id := range fresh {
		t.Errorf("there is no operation %s", id)
	}
}

// getOperation is a GET of the document.
type getOperation struct {
	OperationID string `json:"operationId"`
	Parameters  []struct {
		Name     string `json:"name"`
		In       string `json:"in"`
		Required bool   `json:"required"`
		Schema   struct {
			Format string   `json:"format"`
			Enum   []string `json:"enum"`
		} `json:"schema"`
	} `json:"parameters"`
}

// required returns a query with the required parameters of the operation.
func (op *getOperation) required() string {
	var pairs []string
	for _, p := range op.Parameters {
		if p.In != "query" || !p.Required {
			continue
		}
		value := "x"
		switch {
		case p.Schema.Format == "date":
			value = "2026-11-01"
		case len(p.Schema.Enum) > 0:
			value = p.Schema.Enum[0]
		}
		pairs = append(pairs, p.Name+"="+value)
	}
	return strings.Join(pairs, "&")
}
