package handlers_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
)

// delayed calls then after the first page of an answer was sent.
type delayed struct {
	http.ResponseWriter

	then func()
}

func (d *delayed) Unwrap() http.ResponseWriter { return d.ResponseWriter }

func (d *delayed) Flush() {
	_ = http.NewResponseController(d.ResponseWriter).Flush()
	then := d.then
	d.then = func() {}
	then()
}

// happenings writes n entries into the trail.
func (o *office) happenings(n int) {
	o.t.Helper()
	err := o.db.Tx(o.ctx(), func(ctx context.Context, tx *ent.Client) error {
		return tx.Category.MapCreateBulk(make([]int, n), func(c *ent.CategoryCreate, i int) {
			c.SetName("N").SetSlug(in("s-%d", i))
		}).Exec(ctx)
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// A caller who is disabled, or may no longer read the trail, during an export gets no
// further page, and can tell that the export is incomplete.
func TestExportEndsWithItsReader(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		o.happenings(250)
		o.post("/roles", map[string]any{"name": "auditor", "label": "A", "permissions": []string{"audit:read"}}, boss...).is(201)
		id, session := o.member("auditor@shop.test", "auditor")
		path := in("/staff/%d", id)
		export := func(then func()) (lines int, cut bool) {
			defer func() {
				err, _ := recover().(error)
				cut = errors.Is(err, http.ErrAbortHandler)
			}()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/audit-entries/export?format=jsonl", nil)
			r.Header.Set(session[0], session[1])
			w := httptest.NewRecorder()
			defer func() { lines = strings.Count(w.Body.String(), "\n") }()
			o.server.ServeHTTP(&delayed{ResponseWriter: w, then: func() {
				then()
				o.clock.move(50 * time.Millisecond)
			}}, r)
			return lines, cut
		}
		for _, c := range []struct {
			name string
			then func()
			cut  bool
		}{
			{"nothing", func() {}, false},
			{"moved", func() { o.patch(path, map[string]any{"role_id": o.role("manager", boss)}, boss...).is(200) }, false},
			{"moved away", func() { o.patch(path, map[string]any{"role_id": o.role("support", boss)}, boss...).is(200) }, true},
			{"disabled", func() { o.patch(path, map[string]any{"is_active": false}, boss...).is(200) }, true},
		} {
			o.patch(path, map[string]any{"role_id": o.role("auditor", boss)}, boss...).is(200)
			if lines, cut := export(c.then); cut != c.cut || (lines == 200) != c.cut {
				t.Errorf("%s: %d lines, cut short %t", c.name, lines, cut)
			}
		}
	})
}
