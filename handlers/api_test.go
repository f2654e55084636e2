package handlers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// api is the real router on a real database.
type api struct {
	t      *testing.T
	db     *store.DB
	server *handlers.Server
	// viewer sends the requests. nil means owner.
	viewer *access.Viewer
}

// by returns the API with another viewer.
func (a *api) by(viewer *access.Viewer) *api {
	as := *a
	as.viewer = viewer
	return &as
}

// context returns the context of the viewer's requests.
func (a *api) context() context.Context {
	if a.viewer == nil {
		return a.t.Context()
	}
	return access.With(a.t.Context(), a.viewer)
}

// sender returns the viewer that context stored.
func sender(r *http.Request) (*access.Viewer, error) {
	switch v := access.From(r.Context()); v {
	case nil:
		return owner, nil
	case nobody:
		return nil, nil //nolint:nilnil // nobody
	default:
		return v, nil
	}
}

// nobody sends requests without a session or a token.
var nobody = &access.Viewer{}

// each runs the test on both databases.
func each(t *testing.T, test func(t *testing.T, a *api)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(t, newAPI(t, db)) })
}

// newAPI returns the API of a shop, whose configuration set may change.
func newAPI(t *testing.T, db *store.DB, set ...func(*handlers.Config)) *api {
	t.Helper()
	return &api{t: t, db: db, server: newServer(t, db, set...)}
}

func newServer(t testing.TB, db *store.DB, set ...func(*handlers.Config)) *handlers.Server {
	t.Helper()
	cfg := handlers.Config{
		DB: db, Log: slog.New(slog.DiscardHandler), Version: "test", Authenticate: sender,
		RequestTimeout: 10 * time.Minute, // on a slow machine many requests at once take long
	}
	for _, change := range set {
		change(&cfg)
	}
	server, err := handlers.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// inYen makes the shop's currency the yen.
func inYen(c *handlers.Config) { c.Currency = "JPY" }

// owner sends the requests of tests that are not about permissions.
var owner = access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 1, Email: "owner@example.com"}, access.All()...)

// answer is a response.
type answer struct {
	t      *testing.T
	what   string
	Status int
	Header http.Header
	Text   string
	JSON   map[string]any
}

// serve sends a request to the router as a client would.
func (a *api) serve(r *http.Request) *httptest.ResponseRecorder {
	a.t.Helper()
	w := httptest.NewRecorder()
	a.server.ServeHTTP(w, r)
	return w
}

// do sends a request. The body is JSON text, or a value to marshal; headers come in pairs.
func (a *api) do(method, path string, body any, headers ...string) *answer {
	a.t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			a.t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	if !strings.HasPrefix(path, "/healthz") && !strings.HasPrefix(path, "/readyz") && !strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/openapi") && !strings.HasPrefix(path, "/docs") {
		path = "/api/v1" + path
	}
	r := httptest.NewRequestWithContext(a.context(), method, path, reader)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := a.serve(r)
	out := &answer{t: a.t, what: method + " " + path, Status: w.Code, Header: w.Header(), Text: w.Body.String()}
	if kind := w.Header().Get("Content-Type"); strings.Contains(kind, "json") && kind != "application/x-ndjson" && w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &out.JSON); err != nil {
			a.t.Fatalf("%s: answer is not a JSON object: %v\n%s", out.what, err, out.Text)
		}
	}
	return out
}

func (a *api) get(path string, headers ...string) *answer {
	a.t.Helper()
	return a.do("GET", path, nil, headers...)
}

func (a *api) post(path string, body any, headers ...string) *answer {
	a.t.Helper()
	return a.do("POST", path, body, headers...)
}

func (a *api) patch(path string, body any, headers ...string) *answer {
	a.t.Helper()
	return a.do("PATCH", path, body, headers...)
}

func (a *api) delete(path string, headers ...string) *answer {
	a.t.Helper()
	return a.do("DELETE", path, nil, headers...)
}

// is fails the test unless the answer has the status.
func (r *answer) is(status int) *answer {
	r.t.Helper()
	if r.Status != status {
		r.t.Fatalf("%s: got %d, want %d\n%s", r.what, r.Status, status, r.Text)
	}
	return r
}

// problem fails the test unless the answer is a problem with the status and code that names
// these locations.
func (r *answer) problem(status int, code string, locations ...string) *answer {
	r.t.Helper()
	r.is(status)
	if got := r.Header.Get("Content-Type"); got != "application/problem+json" {
		r.t.Fatalf("%s: content type %q\n%s", r.what, got, r.Text)
	}
	if r.JSON["code"] != code || r.JSON["status"] != float64(status) {
		r.t.Fatalf("%s: want %d %s\n%s", r.what, status, code, r.Text)
	}
	if status == http.StatusServiceUnavailable && (r.Header.Get("Retry-After") == "" || r.JSON["request_id"] == nil) {
		r.t.Fatalf("%s: no Retry-After, or no request id\n%s\n%s", r.what, r.Header, r.Text)
	}
	for _, location := range locations {
		if !strings.Contains(r.Text, fmt.Sprintf("%q:%q", "location", location)) {
			r.t.Fatalf("%s: the problem does not name %s\n%s", r.what, location, r.Text)
		}
	}
	return r
}

// says checks that the body contains a text.
func (r *answer) says(text string) *answer {
	r.t.Helper()
	if !strings.Contains(r.Text, text) {
		r.t.Errorf("%s: does not say %s\n%s", r.what, text, r.Text)
	}
	return r
}

// int returns the integer at a path such as items.0.id.
func (r *answer) int(path string) int64 {
	r.t.Helper()
	f, ok := r.at(path).(float64)
	if !ok {
		r.t.Fatalf("%s: no number at %s\n%s", r.what, path, r.Text)
	}
	return int64(f)
}

// at returns the value at a path such as items.0.name.
func (r *answer) at(path string) any {
	r.t.Helper()
	var value any = r.JSON
	for step := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			member, ok := v[step]
			if !ok {
				r.t.Fatalf("%s: no member %s of %s\n%s", r.what, step, path, r.Text)
			}
			value = member
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(v) {
				r.t.Fatalf("%s: no item %s of %s\n%s", r.what, step, path, r.Text)
			}
			value = v[i]
		default:
			r.t.Fatalf("%s: nothing at %s\n%s", r.what, path, r.Text)
		}
	}
	return value
}

// has fails the test unless the value at the path is want.
func (r *answer) has(path string, want any) *answer {
	r.t.Helper()
	got := r.at(path)
	if n, ok := want.(int); ok {
		want = float64(n)
	}
	if got != want {
		r.t.Fatalf("%s: %s is %v, want %v\n%s", r.what, path, got, want, r.Text)
	}
	return r
}

// category creates a category and returns its id.
func (a *api) category(slug string) int64 {
	a.t.Helper()
	return a.post("/categories", map[string]any{"name": slug, "slug": slug}).is(201).int("id")
}

// product creates a product with stock in a category and returns its id.
func (a *api) product(sku string, price, stock, category int64) int64 {
	a.t.Helper()
	return a.post("/products", map[string]any{
		"sku": sku, "name": "Product " + sku, "price": price, "stock": stock, "category_id": category,
	}).is(201).int("id")
}

// customer creates a customer and returns its id.
func (a *api) customer(email string) int64 {
	a.t.Helper()
	return a.post("/customers", map[string]any{"email": email, "name": email}).is(201).int("id")
}
