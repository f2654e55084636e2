package handlers_test

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// page is an admin UI of three files.
var page = fstest.MapFS{
	"index.html": {Data: []byte(`<html><meta name="csp-nonce" content="__CSP_NONCE__">` +
		`<script type="module" nonce="__CSP_NONCE__" src="/ui/main.js"></script></html>`)},
	"ui/main.js":  {Data: []byte(strings.Repeat("console.log('storekeeper');\n", 100))},
	"favicon.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
}

func withPage(c *handlers.Config) { c.UI = page }

// fetch requests an address as it is written. Headers come in pairs.
func (a *api) fetch(target string, headers ...string) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequestWithContext(a.t.Context(), http.MethodGet, target, http.NoBody)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return a.serve(r)
}

// visits returns requests for answers of every origin: operations of the document, pages,
// files, and problems of the router, the middleware and the operations.
func (a *api) visits() []*http.Request {
	a.t.Helper()
	parameter := regexp.MustCompile(`{\w+}`)
	var out []*http.Request
	add := func(method, target, body string) {
		out = append(out, httptest.NewRequestWithContext(a.t.Context(), method, target, strings.NewReader(body)))
	}
	for path, operations := range a.paths() {
		for method := range object(operations) {
			add(strings.ToUpper(method), parameter.ReplaceAllString(path, "1"), "")
			add(strings.ToUpper(method), parameter.ReplaceAllString(path, "none"), "{")
		}
	}
	for _, target := range []string{
		"/", "/favicon.svg", "/docs", "/docs/init.js", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js",
		"/docs/nothing", "/openapi.json", "/nothing", "/api/v1/nothing", "/api/v1/products?a=%zz", "/api/v1/products?limit=x", "/ui/nothing.js",
	} {
		add(http.MethodGet, target, "")
		add(http.MethodHead, target, "")
		add(http.MethodTrace, target, "")
		add(http.MethodOptions, target, "")
	}
	add(http.MethodPost, "/api/v1/products", strings.Repeat(" ", 2<<20))
	return out
}

// Every answer has every header, and no policy allows inline code.
func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t), withPage)
	statuses := map[int]int{}
	file := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/ui/"+buildIn(a)+"/main.js", http.NoBody)
	for _, r := range append(a.visits(), file) {
		what := r.Method + " " + r.URL.String()
		w := a.serve(r)
		statuses[w.Code]++
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Strict-Transport-Security": "", "Access-Control-Allow-Origin": "", "Server": "", "X-Powered-By": "",
		} {
			if got := w.Header().Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", what, header, got, want)
			}
		}
		if w.Header().Get("X-Request-ID") == "" {
			t.Errorf("%s: no X-Request-Id", what)
		}
		for _, off := range []string{"camera=()", "microphone=()", "geolocation=()", "payment=()"} {
			if !strings.Contains(w.Header().Get("Permissions-Policy"), off) {
				t.Errorf("%s: the permissions policy lacks %s: %s", what, off, w.Header().Get("Permissions-Policy"))
			}
		}
		policy := w.Header().Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy lacks %s: %s", what, want, policy)
			}
		}
		for _, bad := range []string{"unsafe", "*", "http:", "https:", "strict-dynamic"} {
			if strings.Contains(policy, bad) {
				t.Errorf("%s: the policy has %s: %s", what, bad, policy)
			}
		}
		if strings.HasPrefix(r.URL.Path, "/api/") && w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: may be cached: %q", what, w.Header().Get("Cache-Control"))
		}
	}
	for _, status := range []int{200, 400, 404, 405, 413, 422} {
		if statuses[status] == 0 {
			t.Errorf("no answer was %d: %v", status, statuses)
		}
	}
}

// Each answer with the page has its own nonce, everywhere.
func TestPageNonce(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t), withPage)
	seen := map[string]bool{}
	for range 100 {
		w := a.fetch("/")
		found := regexp.MustCompile(`style-src 'self' 'nonce-([\w-]{22})';`).FindStringSubmatch(w.Header().Get("Content-Security-Policy"))
		if len(found) == 0 || seen[found[1]] {
			t.Fatalf("no new nonce: %s", w.Header())
		}
		seen[found[1]] = true
		if got := strings.Count(w.Body.String(), `"`+found[1]+`"`); got != 2 || strings.Contains(w.Body.String(), "CSP_NONCE") {
			t.Errorf("the nonce stands in %d places of\n%s", got, w.Body)
		}
		if w.Header().Get("Cache-Control") != "no-store" || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s", w.Header())
		}
	}
}

// buildIn returns the build in the addresses of the page.
func buildIn(a *api) string {
	w := a.fetch("/")
	found := regexp.MustCompile(`src="/ui/(\w{16})/main\.js"`).FindStringSubmatch(w.Body.String())
	if len(found) == 0 {
		a.t.Fatalf("the page names no build: %s", w.Body)
	}
	return found[1]
}

// The files of a page exist only under the address of its build, which changes whenever a
// file does.
func TestBuildsAreKeptApart(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	next := maps.Clone(page)
	next["ui/other.js"] = &fstest.MapFile{Data: []byte("1")}
	before := newAPI(t, db, withPage)
	after := newAPI(t, db, func(c *handlers.Config) { c.UI = next })
	again := newAPI(t, db, func(c *handlers.Config) { c.UI = next })
	if buildIn(before) == buildIn(after) || buildIn(after) != buildIn(again) {
		t.Errorf("builds %s, %s and %s", buildIn(before), buildIn(after), buildIn(again))
	}
	if w := after.fetch("/ui/" + buildIn(before) + "/main.js"); w.Code != http.StatusNotFound {
		t.Errorf("a file of the build before: %d", w.Code)
	}
}

// The files of the UI are served with their types; without a UI there are none.
func TestPageFiles(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	a := newAPI(t, db, withPage)
	build := "/ui/" + buildIn(a)
	script := a.fetch(build + "/main.js")
	if script.Code != 200 || script.Body.String() != string(page["ui/main.js"].Data) ||
		!strings.Contains(script.Header().Get("Content-Type"), "javascript") || !strings.Contains(script.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("script: %d %s", script.Code, script.Header())
	}
	if small := a.fetch(build+"/main.js", "Accept-Encoding", "gzip"); small.Header().Get("Content-Encoding") != "gzip" || small.Body.Len() > 1000 {
		t.Errorf("not compressed: %s", small.Header())
	}
	if icon := a.fetch("/favicon.svg"); icon.Code != 200 || icon.Header().Get("Content-Type") != "image/svg+xml" || icon.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("icon: %d %s", icon.Code, icon.Header())
	}
	for _, target := range []string{"/index.html", "/ui", "/ui/", build, build + "/", "/ui/main.js", "/ui/0123456789abcdef/main.js", build + "/../../index.html", "/..%2fgo.mod", "/login"} {
		if w := a.fetch(target); w.Code != 404 || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	// A browser that opens a page without # is redirected, a program gets 404.
	for target, want := range map[string]string{
		"/orders?page=2": "/#/orders?page=2", "/api-tokens": "/#/api-tokens", "//elsewhere.example": "/#/elsewhere.example",
		"/api/v1/nothing": "", "/api": "",
	} {
		if w := a.fetch(target, "Accept", "text/html,*/*;q=0.8"); w.Header().Get("Location") != want || (w.Code == 404) != (want == "") {
			t.Errorf("%s: %d %s", target, w.Code, w.Header())
		}
	}
	newAPI(t, db).do("GET", "/docs/../", nil).problem(404, "not_found")
	_, err := handlers.New(handlers.Config{DB: db, UI: fstest.MapFS{"main.js": {}}})
	if err == nil || !strings.Contains(err.Error(), "index.html") {
		t.Errorf("a UI without a page: %v", err)
	}
}

// Files are compressed if the client accepts that and does not prefer them uncompressed.
func TestFilesAreEncodedAsAccepted(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t), withPage)
	for _, target := range []string{"/ui/" + buildIn(a) + "/main.js", "/docs/swagger-ui.css"} {
		for accepted, want := range map[string]string{
			"gzip": "gzip", "GZIP;Q=0.5": "gzip", "br, x-gzip": "gzip", "deflate;q=1 , gzip ; q=0.001": "gzip", "*": "gzip",
			"*;q=0.1": "gzip", "identity;q=0, *": "gzip", "br;q=0, gzip": "gzip", "*;q=0, gzip": "gzip", "gzip, identity": "gzip",
			"": "", "br": "", "gzip;q=0": "", "gzip;q=0.000, br": "", "x-gzip;q=0": "", "*;q=0": "", "gzip;q=0, *": "", "br;q=0": "",
			"identity": "", "identity;q=0": "", "gzip;q=0.5, identity": "", "gzip;q=none": "", "gzipped": "",
		} {
			w := a.fetch(target, "Accept-Encoding", accepted)
			if got := w.Header(); w.Code != 200 || got.Get("Content-Encoding") != want || got.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s, %q: %d in %q, want %q", target, accepted, w.Code, got.Get("Content-Encoding"), want)
			}
		}
		if w := a.fetch(target, "Accept-Encoding", "br", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: two headers are not read as one", target)
		}
	}
}

// Files have quoted ETags, and can be requested conditionally.
func TestFilesHaveETags(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t), withPage)
	for _, target := range []string{"/favicon.svg", "/ui/" + buildIn(a) + "/main.js", "/docs/swagger-ui.css"} {
		for _, encoding := range []string{"identity", "gzip"} {
			get := func(tag string) *httptest.ResponseRecorder {
				return a.fetch(target, "Accept-Encoding", encoding, "If-None-Match", tag)
			}
			first := get("")
			tag := first.Header().Get("ETag")
			if first.Code != 200 || first.Body.Len() == 0 || !regexp.MustCompile(`^"[\w.]+"$`).MatchString(tag) {
				t.Errorf("%s, %s: %d, ETag %s", target, encoding, first.Code, tag)
			}
			for known, want := range map[string]int{tag: 304, "W/" + tag: 304, strings.Trim(tag, `"`): 304, `"other"`: 200} {
				if w := get(known); w.Code != want || (w.Body.Len() > 0) != (want == 200) || w.Header().Get("ETag") != tag {
					t.Errorf("%s, %s: %d to %s, ETag %s", target, encoding, w.Code, known, w.Header().Get("ETag"))
				}
			}
		}
	}
}

// Browsers are told to insist on TLS only over TLS.
func TestTransportSecurity(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	for _, c := range []struct {
		name  string
		life  time.Duration
		set   func(*http.Request)
		wants string
	}{
		{"plain", time.Hour, func(*http.Request) {}, ""},
		{"TLS", time.Hour, func(r *http.Request) { r.TLS = &tls.ConnectionState{} }, "max-age=3600"},
		{"TLS, off", 0, func(r *http.Request) { r.TLS = &tls.ConnectionState{} }, ""},
		{"TLS at the proxy", time.Hour, func(r *http.Request) { r.Header.Set("X-Forwarded-Proto", "https") }, "max-age=3600"},
		{"TLS at nobody's proxy", time.Hour, func(r *http.Request) {
			r.Header.Set("X-Forwarded-Proto", "https")
			r.RemoteAddr = "203.0.113.9:1"
		}, ""},
	} {
		a := newAPI(t, db, func(cfg *handlers.Config) {
			cfg.HSTS, cfg.TrustedProxies = c.life, networks(t, "192.0.2.0/24")
		})
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", http.NoBody)
		c.set(r)
		if got := a.serve(r).Header().Get("Strict-Transport-Security"); got != c.wants {
			t.Errorf("%s: %q, want %q", c.name, got, c.wants)
		}
	}
}

// leak matches what an answer must not contain: code, SQL, drivers, addresses.
var leak = regexp.MustCompile(`(?i)goroutine|\.go:|/handlers/|runtime error|panic|sql|select |insert |relation|column|sqlstate|pgx|ent:|127\.0\.0\.1|storekeeper_test`)

// A panic is answered like any failure, and the log has its location.
func TestPanic(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	a := newAPI(t, storetest.SQLite(t), func(c *handlers.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		c.Authenticate = func(*http.Request) (*access.Viewer, error) { panic("spilt") }
	})
	r := a.get("/products", "X-Request-ID", "theirs").problem(http.StatusInternalServerError, "internal")
	if found := leak.FindString(r.Text); found != "" || strings.Contains(r.Text, "spilt") {
		t.Errorf("says too much: %s", r.Text)
	}
	said := "msg=panic request_id=" + r.Header.Get("X-Request-ID") + " panic=spilt stack="
	if !strings.Contains(log.String(), said) || !strings.Contains(log.String(), "secure_test.go") {
		t.Errorf("the log says %s", &log)
	}
	if !regexp.MustCompile("msg=request request_id=" + r.Header.Get("X-Request-ID") + " .* caller_request_id=theirs\n").MatchString(log.String()) {
		t.Errorf("the log does not have the caller's own id: %s", &log)
	}
}

// A broken database is logged under the request's id, and not shown in the answer.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(a *api){
		"closed": func(a *api) {
			if err := a.db.Close(); err != nil {
				a.t.Fatal(err)
			}
		},
		"tables renamed": func(a *api) {
			for _, table := range []string{"products", "categories", "customers", "orders", "idempotency_keys", "order_items", "inventory_movements"} {
				a.exec(fmt.Sprintf("ALTER TABLE %s RENAME TO lost_%s", table, table))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				var log strings.Builder
				a := newAPI(t, db, func(c *handlers.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
				harm(a)
				failed := 0
				for _, r := range a.visits() {
					if !strings.HasPrefix(r.URL.Path, "/api/v1/") && r.URL.Path != "/readyz" {
						continue
					}
					r.Header.Set("Idempotency-Key", "k")
					log.Reset()
					w := a.serve(r)
					if w.Code >= 500 {
						failed++
					}
					said := `level=ERROR msg="request failed" request_id=` + w.Header().Get("X-Request-ID") + " error="
					if w.Code == http.StatusInternalServerError && strings.Count(log.String(), said) != 1 {
						t.Errorf("%s %s failed, and the log says %s", r.Method, r.URL, &log)
					}
					// Before an import uses the database, it may list the known columns.
					looked := w.Code == http.StatusOK || w.Code == http.StatusUnprocessableEntity
					if found := leak.FindString(w.Body.String()); found != "" && !looked {
						t.Errorf("%s %s: says %q: %s", r.Method, r.URL, found, w.Body)
					}
				}
				if failed < 10 {
					t.Errorf("only %d requests failed", failed)
				}
			})
		})
	}
}
