package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

const foreign = "page of another origin"

// No page of another origin can write with the cookies of a browser, by any operation;
// programs and the shop's own page can.
func TestCrossOriginWrites(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	ids := a.small()
	before := a.snapshot()
	writes := 0
	for path, operations := range a.paths() {
		for method := range object(operations) {
			if method == "get" {
				continue
			}
			writes++
			target := strings.ReplaceAll(strings.ReplaceAll(path, "{item_id}", "1"), "{id}", ids.in("{product}"))
			for name, headers := range map[string][]string{
				"cross-site":       {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
				"same-site":        {"Sec-Fetch-Site", "same-site", "Origin", "https://other.example.com"},
				"a lie":            {"Sec-Fetch-Site", "cross-site", "Origin", "http://example.com"},
				"no origin":        {"Sec-Fetch-Site", "cross-site"},
				"an old browser":   {"Origin", "https://evil.example"},
				"a sandboxed page": {"Origin", "null"},
				"another scheme":   {"Sec-Fetch-Site", "something-new"},
				"a basic login":    {"Origin", "https://evil.example", "Authorization", "Basic eDp5"},
				"an empty token":   {"Origin", "https://evil.example", "Authorization", "Bearer "},
			} {
				got := a.do(strings.ToUpper(method), target, "{}", append(headers, "Cookie", "storekeeper_session=x")...)
				if got.Status != http.StatusForbidden || got.JSON["code"] != "forbidden" || !strings.Contains(got.Text, foreign) {
					t.Errorf("%s %s from %s: %d %s", method, path, name, got.Status, got.Text)
				}
			}
		}
	}
	if writes < 10 {
		t.Errorf("only %d operations write", writes)
	}
	a.unchanged(before)
	for name, headers := range map[string][]string{
		"a program":           nil,
		"the page":            {"Sec-Fetch-Site", "same-origin", "Origin", "http://example.com"},
		"the address bar":     {"Sec-Fetch-Site", "none"},
		"an old browser":      {"Origin", "http://example.com"},
		"a token from a page": {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example", "Authorization", "Bearer sk_x"},
	} {
		if got := a.post("/categories", "{}", headers...); strings.Contains(got.Text, foreign) {
			t.Errorf("%s was refused: %s", name, got.Text)
		}
	}
	// Reads are not refused, but a page of another origin cannot read the answer.
	if got := a.get("/products", "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"); got.Header.Get("Access-Control-Allow-Origin") != "" ||
		strings.Contains(got.Text, foreign) {
		t.Errorf("%d %s", got.Status, got.Header)
	}
}

// ask sends the preflight request of a browser.
func (a *api) ask(origin, method string, headers ...string) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequestWithContext(a.t.Context(), http.MethodOptions, "/api/v1/products/1", http.NoBody)
	r.Header.Set("Origin", origin)
	r.Header.Set("Access-Control-Request-Method", method)
	if len(headers) > 0 {
		r.Header.Set("Access-Control-Request-Headers", strings.Join(headers, ","))
	}
	return a.serve(r)
}

func TestCORSIsOff(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	w := a.ask("https://shop.example", "PATCH", "content-type")
	for header := range w.Header() {
		if strings.HasPrefix(header, "Access-Control-") {
			t.Errorf("%s: %s", header, w.Header().Get(header))
		}
	}
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestCORSAllowList(t *testing.T) {
	t.Parallel()
	const shop, other = "https://shop.example", "http://localhost:5173"
	a := newAPI(t, storetest.SQLite(t), func(c *handlers.Config) { c.CORSOrigins = []string{shop, other} })
	for _, origin := range []string{shop, other} {
		for _, method := range []string{"GET", "POST", "PATCH", "DELETE"} {
			w := a.ask(origin, method, "authorization", "content-type", "idempotency-key", "if-match")
			if w.Code != http.StatusNoContent || w.Header().Get("Access-Control-Allow-Origin") != origin ||
				w.Header().Get("Access-Control-Allow-Credentials") != "true" || w.Header().Get("Access-Control-Allow-Methods") != method ||
				!strings.Contains(w.Header().Get("Access-Control-Allow-Headers"), "if-match") || w.Header().Get("X-Request-ID") == "" {
				t.Errorf("%s %s: %d %s", origin, method, w.Code, w.Header())
			}
		}
		got := a.post("/categories", "{}", "Origin", origin, "Sec-Fetch-Site", "cross-site")
		if strings.Contains(got.Text, foreign) || got.Header.Get("Access-Control-Allow-Origin") != origin ||
			!strings.Contains(got.Header.Get("Access-Control-Expose-Headers"), "Etag") || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "Origin") {
			t.Errorf("%s: %d %s %s", origin, got.Status, got.Header, got.Text)
		}
	}
	// Only OPTIONS is a preflight request, whatever the headers.
	a.get("/products", "Origin", shop, "Access-Control-Request-Method", "PATCH").is(200).has("total", 0)
	for _, origin := range []string{
		"https://evil.example", "https://shop.example.evil.example", "https://evilshop.example", "http://shop.example", "https://shop.example:8443", "null", "*",
	} {
		if w := a.ask(origin, "PATCH"); w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s was allowed: %s", origin, w.Header())
		}
		got := a.post("/categories", "{}", "Origin", origin, "Sec-Fetch-Site", "cross-site")
		if !strings.Contains(got.Text, foreign) || got.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s wrote: %d %s", origin, got.Status, got.Text)
		}
	}
	for _, c := range [][2]string{{"PUT", "content-type"}, {"PATCH", "x-anything"}} {
		if w := a.ask(shop, c[0], c[1]); w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s with %s was allowed: %s", c[0], c[1], w.Header())
		}
	}
	if got := a.get("/openapi.json", "Origin", shop).Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("beyond the API: %q", got)
	}
}

// "*" opens the API to tokens from all origins, and to cookies from none.
func TestCORSWildcard(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t), func(c *handlers.Config) { c.CORSOrigins = []string{"*"} })
	w := a.ask("https://any.example", "POST", "authorization")
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%s", w.Header())
	}
	got := a.post("/categories", "{}", "Origin", "https://any.example", "Cookie", "storekeeper_session=x")
	if !strings.Contains(got.Text, foreign) {
		t.Errorf("wrote with a cookie: %d %s", got.Status, got.Text)
	}
	got = a.post("/categories", "{}", "Origin", "https://any.example", "Authorization", "Bearer sk_x")
	if strings.Contains(got.Text, foreign) || got.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("a token was refused: %d %s", got.Status, got.Text)
	}
}

func TestCORSRefusesOddOrigins(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{
		{"*", "https://shop.example"},
		{"https://*.example"},
		{"null"},
		{""},
		{"shop.example"},
		{"https://shop.example/"},
		{"https://shop.example/path"},
		{"https://user@shop.example"},
		{"HTTPS://shop.example"},
		{"https://Shop.example"},
		{"ftp://shop.example"},
		{"https://shop.example, https://other.example"},
		{"https://"},
		{"https://shop.example?x"},
	} {
		if _, err := handlers.New(handlers.Config{DB: storetest.SQLite(t), CORSOrigins: list}); err == nil {
			t.Errorf("%q was taken", list)
		}
	}
}
