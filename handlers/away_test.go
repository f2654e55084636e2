package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// While the database is unreachable, every request gets 503. When it is back, the same
// program serves them again.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	ctx := storetest.Context(t)
	pg := storetest.Own(t, pgtemp.Options{Durable: true})
	const conns = 8
	a := newAPI(t, storetest.Open(t, store.Config{URL: pg.URL("shop"), MaxConns: conns}))
	a.category("before")
	for range 2 {
		pg.Kill()
		for range conns { // those in use may answer once more before they notice
			got := a.get("/categories")
			for ; got.Status == http.StatusOK; got = a.get("/categories") {
				if ctx.Err() != nil {
					t.Fatal(ctx.Err())
				}
			}
			if detail, _ := got.problem(http.StatusServiceUnavailable, "overloaded").at("detail").(string); strings.Contains(detail, "change") {
				t.Errorf("a read is told of a change: %s", detail)
			}
		}
		for range 20 { // more than the connections that have not noticed yet
			for _, got := range []*answer{a.get("/categories"), a.post("/categories", map[string]any{"name": "N", "slug": "away"}), a.get("/readyz")} {
				got.problem(http.StatusServiceUnavailable, "overloaded")
			}
		}
		if got := a.get("/categories").Header.Get("Retry-After"); got == "" {
			t.Error("no Retry-After")
		}
		a.get("/healthz").is(http.StatusOK)
		if err := pg.Restart(ctx); err != nil {
			t.Fatal(err)
		}
		for a.get("/readyz").Status != http.StatusOK {
			if ctx.Err() != nil {
				t.Fatal(ctx.Err())
			}
		}
		a.get("/categories").is(http.StatusOK).has("total", 1)
	}
}
