package handlers_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Methods are counted by name, whatever the answer.
func TestOutcomeOfMethods(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		var seen []handlers.Outcome
		server := newServer(t, a.db, func(c *handlers.Config) {
			c.Observe = func(o handlers.Outcome) { seen = append(seen, o) }
		})
		for method, want := range map[string]string{
			"GET": "GET", "HEAD": "HEAD", "PUT": "PUT", "TRACE": "TRACE", "CONNECT": "CONNECT", "OPTIONS": "OPTIONS", "BREW": "OTHER", "get": "OTHER",
		} {
			seen = nil
			server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), method, "/api/v1/products/1/restore", http.NoBody))
			if len(seen) != 1 || seen[0].Method != want || seen[0].Status != http.StatusMethodNotAllowed {
				t.Errorf("%s: %+v", method, seen)
			}
		}
	})
}

// Each request has exactly one outcome, even an incomplete one. A client that disconnects
// is not a failure of the server, in metrics and log; an answer that is cut off otherwise
// is.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		err := a.db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.MapCreateBulk(make([]int, 250), func(c *ent.CategoryCreate, i int) {
				c.SetName("N").SetSlug(in("s-%d", i))
			}).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		var seen []handlers.Outcome
		server := newServer(t, a.db, func(c *handlers.Config) {
			c.Log = slog.New(slog.NewTextHandler(&log, nil))
			c.Observe = func(o handlers.Outcome) { seen = append(seen, o) }
		})
		const export = "/audit-entries/export?format=jsonl"
		for _, c := range []struct {
			name, path string
			early      bool               // the client disconnects at once
			then       func(leave func()) // happens after the first page
			status     int
			code       string
			cut, said  bool // the connection was cut; the request was logged
		}{
			{"answered", "/products", false, nil, 200, "", false, false},
			{"whole export", export, false, func(func()) {}, 200, "", false, false},
			{"gone", "/products", true, nil, 499, "gone", false, false},
			{"gone from an export", export, false, func(leave func()) { leave() }, 499, "gone", true, false},
			{"no more to export", export, false, func(func()) { _ = a.db.Close() }, 500, "internal", true, true},
		} {
			seen = nil
			log.Reset()
			ctx, leave := context.WithCancel(t.Context())
			if c.early {
				leave()
			}
			w := &delayed{ResponseWriter: httptest.NewRecorder(), then: func() { c.then(leave) }}
			cut := func() (cut bool) {
				defer func() { cut = recover() != nil }()
				server.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1"+c.path, http.NoBody))
				return false
			}()
			leave()
			if len(seen) != 1 || seen[0].Status != c.status || seen[0].Code != c.code || cut != c.cut {
				t.Errorf("%s: %+v, cut off %t", c.name, seen, cut)
			}
			if said := strings.Contains(log.String(), "msg=request"); said != c.said || !c.said && strings.Contains(log.String(), "ERROR") {
				t.Errorf("%s: the log has\n%s", c.name, &log)
			}
		}
	})
}
