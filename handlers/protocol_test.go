package handlers_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

func TestMalformedBodies(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		var cases []refusal
		for _, request := range []string{
			"POST /products", "PATCH /products/{product}", "POST /products/bulk", "POST /customers/{customer}/checkout",
			"POST /customers/{customer}/cart/items", "POST /orders/{order}/notes", "POST /products/{product}/stocktake",
		} {
			for _, body := range []string{
				" ", "\n", "{", "}", "{]", `{"name":}`, `{"name":"N"`, `{"name":"N",}`, `{name:"N"}`, `{'name':'N'}`, `{"name":"N"}{}`, `{"name":"N"} x`,
				`{"name":"a` + "\n" + `b"}`, `{"name":"\x"}`, `{"name":"\ud8"}`, `{"price":01}`, `{"price":.5}`, `{"price":1.}`, `{"price":+1}`, `{"price":0x1}`,
				`{"price":NaN}`, `{"price":Infinity}`, `{"price":1e}`, `{"price":--1}`, `nul`, `True`, "\ufeff{}", "name=N", "<name>N</name>", "// comment\n{}",
			} {
				cases = append(cases, refusal{name: request + " " + body, request: request, body: body, status: 400, at: at("body")})
			}
		}
		// Duplicate names are refused: of two values, programs take one or the other (RFC
		// 7493, 2.3).
		for _, c := range [][3]string{
			{"PATCH /products/{product}", `{"price":1,"price":99}`, "body.price"},
			{"PATCH /products/{product}", `{"price":1,"\u0070rice":1}`, "body.price"},
			{"POST /products/{product}/stock-movements", `{"quantity_change":1,"quantity_change":7,"reason":"receipt"}`, "body.quantity_change"},
			{"POST /products/bulk", `{"ids":[{product}],"patch":{"name":"A","name":"B"}}`, "body.patch.name"},
			{"POST /products/bulk", `{"x":[{},{"a":1,"a":1}]}`, "body.x[1].a"},
		} {
			cases = append(cases, refusal{name: c[1], request: c[0], body: c[1], at: at(c[2])})
		}
		for _, request := range []string{
			"POST /products", "PATCH /products/{product}", "POST /products/bulk", "POST /customers", "POST /categories", "PATCH /categories/{child}",
			"POST /customers/{customer}/cart/items", "POST /orders/{order}/notes", "POST /orders/{order}/transitions",
			"POST /orders/{order}/delivery-address",
			"POST /products/{product}/stocktake", "POST /products/{product}/stock-movements",
		} {
			cases = append(cases, refusal{name: "no body: " + request, request: request, status: 400, at: at("body")})
		}
		a.refuses(ids, cases...)
	})
}

func TestMediaTypes(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		var cases []refusal
		for _, media := range []string{
			"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/json-patch+json",
			"application/cbor", "application/vnd.api+json", "text/json", "application/json; charset=latin1", "application/json; charset=utf-16",
			"application/json; charset", "json", "*/*", "application/", ";", "application/json, text/plain", "application/json\x00",
		} {
			header := []string{"Content-Type", media}
			cases = append(cases,
				refusal{name: "POST " + media, request: "POST /customers", body: `{"email":"a@example.com","name":"N"}`, headers: header, status: 415},
				refusal{name: "PATCH " + media, request: "PATCH /customers/{customer}", body: `{"name":"N"}`, headers: header, status: 415})
		}
		cases = append(cases, refusal{
			name: "a patch where none is", request: "POST /customers", body: `{"email":"a@example.com","name":"N"}`,
			headers: []string{"Content-Type", "application/merge-patch+json"}, status: 415,
		})
		for _, coding := range []string{"gzip", "br", "gzip, identity", "x"} {
			cases = append(cases, refusal{
				name: coding, request: "PATCH /customers/{customer}", body: `{"name":"N"}`,
				headers: []string{"Content-Encoding", coding}, status: 415, at: at("header.Content-Encoding"),
			})
		}
		for header, values := range map[string][2]string{ // in two lines, which together are one header
			"Content-Type": {"application/json", "text/plain"}, "Content-Encoding": {"identity", "gzip"},
		} {
			cases = append(cases, refusal{
				name: "two of " + header, request: "PATCH /customers/{customer}", body: `{"name":"N"}`,
				headers: []string{header, values[0], header, values[1]}, status: 415, at: at("header." + header),
			})
		}
		a.refuses(ids, cases...)
		a.patch(ids.in("/customers/{customer}"), `{"name":"N"}`, "Content-Encoding", "identity").is(200)
		for _, media := range []string{
			"application/json", "Application/JSON", "application/json; charset=utf-8", `application/json;charset="UTF-8"`, "application/json; x=y",
			"application/merge-patch+json", "application/merge-patch+json; charset=utf-8",
		} {
			a.patch(ids.in("/customers/{customer}"), `{"name":"N"}`, "Content-Type", media).is(200)
		}
		// The refusal names what is accepted.
		for request, want := range map[string]string{
			"POST /customers": "application/json in UTF-8", "PATCH /customers/1": "application/json or application/merge-patch+json in UTF-8",
		} {
			method, path, _ := strings.Cut(request, " ")
			a.do(method, path, `{"name":"N"}`, "Content-Type", "text/plain").has("detail", "the body must be "+want)
		}
		// Whatever Accept says, the answer is JSON.
		for _, accept := range []string{"", "*/*", "text/html", "application/xml", "application/json;q=0", "x", ",", "application/cbor"} {
			answer := a.get(ids.in("/customers/{customer}"), "Accept", accept).is(200)
			if got := answer.Header.Get("Content-Type"); got != "application/json" {
				a.t.Errorf("Accept %q: %q", accept, got)
			}
			a.get("/customers/999", "Accept", accept).problem(404, "not_found")
			a.get("/customers?x=1", "Accept", accept).problem(422, "invalid", "query.x")
			a.post("/customers", "{", "Accept", accept).problem(400, "malformed")
		}
	})
}

// Where no body is expected, one with content is refused: its sender believes that it has
// an effect.
func TestUnexpectedBodies(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.fill(ids["customer"], 1, ids["product"])
		ids["line"] = a.get(ids.in("/customers/{customer}/cart")).int("items.0.id")
		var cases []refusal
		for _, request := range []string{
			"GET /products", "GET /products/{product}", "DELETE /products/{spare}", "POST /products/{gone_product}/restore",
			"DELETE /customers/{customer}/cart", "DELETE /customers/{customer}/cart/items/{line}", "POST /customers/{buyer}/erase",
		} {
			for _, body := range []string{`{"version":3}`, `[]`, `1`, `""`} {
				cases = append(cases, refusal{name: request + " " + body, request: request, body: body, at: at("body")})
			}
		}
		a.refuses(ids, cases...)
		for _, body := range []string{"", "{}", " { }\n", "null"} {
			a.post(ids.in("/products/{gone_product}/restore"), body).is(200)
		}
	})
}

// A change that does not depend on a version refuses If-Match, which would have no effect.
func TestUnexpectedConditions(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		a.fill(ids["customer"], 1, ids["product"])
		ids["line"] = a.get(ids.in("/customers/{customer}/cart")).int("items.0.id")
		var cases []refusal
		for request, body := range map[string]string{
			"POST /products/bulk":                           `{"ids":[{product}],"patch":{"price":1}}`,
			"POST /products/{product}/stock-movements":      `{"quantity_change":1,"reason":"receipt"}`,
			"POST /products/{product}/stocktake":            `{"counted":1,"expected":9}`,
			"PATCH /customers/{customer}/cart/items/{line}": `{"quantity":2}`,
			"DELETE /customers/{customer}/cart":             "",
			"POST /customers/{customer}/checkout":           "",
			"POST /orders/{order}/notes":                    `{"note":"x"}`,
		} {
			cases = append(cases, refusal{request: request, body: body, headers: []string{"If-Match", `"1"`}, at: at("header.If-Match")})
		}
		a.refuses(ids, cases...)
		a.get(ids.in("/products/{product}"), "If-Match", `"9"`).is(200)
	})
}

func TestBodySize(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		const limit = 1 << 20
		pad := func(n int) string { return `{"name":"N"` + times(" ", n-12) + `}` }
		a.patch(ids.in("/customers/{customer}"), pad(limit)).is(200)
		a.refuses(ids,
			refusal{name: "one more", request: "PATCH /customers/{customer}", body: pad(limit + 1), status: 413},
			refusal{name: "many", request: "POST /customers", body: pad(5 * limit), status: 413},
			refusal{name: "to where no body goes", request: "DELETE /customers/{customer}", body: pad(limit + 1), status: 413},
			refusal{name: "text", request: "PATCH /customers/{customer}", body: `{"note":"` + times("a", limit-20) + `"}`, at: at("body.note")},
			refusal{name: "members", request: "PATCH /customers/{customer}", body: "{" + strings.TrimSuffix(times(`"a":1,`, limit/8), ",") + "}", at: at("body.a")},
		)
		long := strings.NewReader(strings.Repeat(" ", 5*limit))
		a.serve(httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/customers", struct{ io.Reader }{long}))
		if read := 5*limit - long.Len(); read > limit+1 {
			t.Errorf("%d bytes of a body were read, which may have %d", read, limit)
		}
		before := a.snapshot()
		for name, body := range map[string]io.Reader{
			"broken off":         io.MultiReader(strings.NewReader(`{"name":`), iotest.ErrReader(errors.New("gone"))),
			"broken off at once": iotest.ErrReader(io.ErrUnexpectedEOF),
		} {
			w := a.serve(httptest.NewRequestWithContext(t.Context(), http.MethodPatch, ids.in("/api/v1/customers/{customer}"), body))
			if w.Code != http.StatusBadRequest || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
		}
		a.unchanged(before)
	})
}

// A client that sends Expect is told that a body is too large before it sends it.
func TestBodySizeBeforeItIsSent(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newAPI(t, storetest.SQLite(t)).server)
	defer server.Close()
	for length, want := range map[int]int{1 << 20: http.StatusContinue, 1<<20 + 1: http.StatusRequestEntityTooLarge} {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /api/v1/customers HTTP/1.1\r\nHost: shop\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", length)
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != want {
			t.Errorf("%d bytes: %d, want %d", length, answer.StatusCode, want)
		}
		_, _ = answer.Body.Close(), conn.Close()
	}
}

// Deeply nested JSON.
func TestNesting(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		before := a.snapshot()
		for _, depth := range []int{100, 9_000, 100_000, 500_000} {
			for _, body := range []string{
				times("[", depth) + times("]", depth),
				`{"name":` + times("[", depth) + times("]", depth) + `}`,
				`{"name":` + times(`{"a":`, depth/5) + "1" + times("}", depth/5) + `}`,
				`{"name":` + times("[", depth) + `1.0` + times("]", depth) + `}`,
				`{"name":` + times("[", depth) + `"\u0000"` + times("]", depth) + `}`,
				times("[", depth),
			} {
				answer := a.patch(ids.in("/customers/{customer}"), body)
				if answer.Status != 422 && answer.Status != 400 {
					t.Errorf("%.20s at depth %d: %d %.200s", body, depth, answer.Status, answer.Text)
				}
				if len(answer.Text) > 1<<20 {
					t.Errorf("%.20s at depth %d is answered with %d bytes", body, depth, len(answer.Text))
				}
			}
		}
		a.unchanged(before)
	})
}

func TestUnknownRoutes(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		cases := []refusal{}
		for _, path := range []string{
			"/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/products/{product}/", "/api/v1//products", "/api/v1/products/{product}/nothing",
			"/api/v2/products", "/api/v1/Products", "/api/v1/products/{product}/stock/", "/api/v1/customers/{customer}/cart/items/1/2", "/api/v1/../v1/products",
			"/api/v1/%2e%2e/products", "/api/v1/schema/", "/api", "/api/v1/products%2F{product}", "/api/v1%2fproducts", "/api/v1/products/{product}%2Fhistory",
		} {
			cases = append(cases,
				refusal{request: "GET " + path, status: 404},
				refusal{request: "POST " + path, body: `{}`, status: 404},
				refusal{request: "POST " + path, body: "no JSON", status: 404},
				refusal{request: "DELETE " + path, status: 404})
		}
		a.post("/nothing", "text", "Content-Type", "text/plain").problem(404, "not_found")
		a.post("/orders", "text", "Content-Type", "text/plain").problem(405, "method_not_allowed")
		a.post("/orders/import", "sku\n1\n", "Content-Type", "text/csv").problem(405, "method_not_allowed")
		for _, c := range [][2]string{
			{"POST /products/{product}", "DELETE, GET, HEAD, PATCH"},
			{"PUT /products/{product}", "DELETE, GET, HEAD, PATCH"},
			{"DELETE /products", "GET, HEAD, POST"},
			{"PATCH /products", "GET, HEAD, POST"},
			{"GET /products/{product}/restore", "POST"},
			{"PUT /customers/{customer}/cart", "DELETE, GET, HEAD"},
			{"GET /customers/{customer}/checkout", "POST"},
			{"GET /products/import", "POST"},
			{"DELETE /products/bulk", "POST"},
			{"PUT /products/bulk", "POST"},
			{"HEAD /audit-entries/revert", "POST"},
			{"POST /audit-entries/export", "GET, HEAD"},
			{"POST /schema", "GET, HEAD"},
			{"POST /healthz", "GET, HEAD"},
			{"DELETE /readyz", "GET, HEAD"},
			{"TRACE /products", "GET, HEAD, POST"},
			{"CONNECT /products", "GET, HEAD, POST"},
			{"BREW /products", "GET, HEAD, POST"},
			{"OPTIONS /products", "GET, HEAD, POST"},
			{"HEAD /products/{product}/restore", "POST"},
			{"get /products", "GET, HEAD, POST"},
		} {
			cases = append(cases, refusal{request: c[0], status: 405})
			method, path, _ := strings.Cut(ids.in(c[0]), " ")
			allow := a.do(method, path, nil).is(405).says(method + " is not possible here").Header.Get("Allow")
			methods := strings.Split(allow, ", ")
			slices.Sort(methods)
			if got := strings.Join(methods, ", "); got != c[1] {
				a.t.Errorf("%s: Allow is %q, want %s", c[0], got, c[1])
			}
		}
		a.refuses(ids, cases...)
	})
}

// HEAD of the export returns its headers without reading the trail.
func TestHeadOfExport(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read := 0
			a := newAPI(t, watched(t, name, func(_ context.Context, statement string) {
				if strings.Contains(statement, "audit_entries") {
					read++
				}
			}))
			whole := a.get("/audit-entries/export?format=csv").is(200)
			before := read
			head := a.do("HEAD", "/audit-entries/export?format=csv", nil).is(200)
			for _, name := range []string{"Content-Type", "Content-Disposition", "Cache-Control"} {
				if got, want := head.Header.Get(name), whole.Header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if read != before || head.Text != "" {
				t.Errorf("%d statements, %q", read-before, head.Text)
			}
			a.do("HEAD", "/audit-entries/export?format=xml", nil).is(422)
		})
	}
}

// HEAD is GET without the body; OPTIONS changes nothing and never fails.
func TestHeadAndOptions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		server := httptest.NewServer(a.server)
		defer server.Close()
		before := a.snapshot()
		for _, path := range []string{"/api/v1/products", "/api/v1/products/{product}", "/api/v1/schema", "/healthz", "/readyz", "/openapi.json", "/docs", "/api/v1/nothing"} {
			for _, method := range []string{http.MethodHead, http.MethodOptions} {
				r, err := http.NewRequestWithContext(t.Context(), method, server.URL+ids.in(path), http.NoBody)
				if err != nil {
					t.Fatal(err)
				}
				w, err := server.Client().Do(r)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(w.Body)
				if err != nil || w.Body.Close() != nil {
					t.Fatal(err)
				}
				want := map[string]int{http.MethodHead: 200, http.MethodOptions: 405}[method]
				if path == "/api/v1/nothing" {
					want = 404
				}
				if w.StatusCode != want || method == http.MethodHead && len(body) > 0 {
					t.Errorf("%s %s: %d, want %d; %d bytes", method, path, w.StatusCode, want, len(body))
				}
			}
		}
		a.unchanged(before)
	})
}

// Headers and URLs of any length are answered.
func TestLongHeadersAndURLs(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.get("/products", "X-Long", times("a", 15<<10)).is(200)
		a.get("/products", "Cookie", times("a=b; ", 3000)).is(200)
		a.refuses(ids,
			refusal{name: "parameter", request: "GET /products?" + times("a", 100_000) + "=1"},
			refusal{name: "value", request: "GET /products?name=x&q=" + times("a", 100_000), at: at("query.q")},
			refusal{name: "parameters", request: "GET /products?" + times("a&", 50_000)},
			refusal{name: "cursor", request: "GET /products?cursor=" + times("A", 100_000), at: at("query.cursor")},
			refusal{name: "sort", request: "GET /products?sort=" + times("name,", 20_000), at: at("query.sort")},
			refusal{name: "path", request: "GET /products/" + times("1", 100_000), at: at("path.id")},
			refusal{name: "route", request: "GET /" + times("a/", 50_000), status: 404},
			refusal{name: "tags", request: "PATCH /products/{product}", body: `{"name":"N"}`, headers: []string{"If-Match", times(`"7",`, 10_000) + `"8"`}, status: 412, code: "version_mismatch"},
		)
		a.get("/products?name="+times("a", 100_000)).is(200).has("total", 0)
		a.get("/products?id="+strings.TrimSuffix(times("1,", 200), ",")).is(200).has("total", 1)
	})
}

// A problem identifies the request in the log, and reveals no internals.
func TestProblems(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		// The server chooses the id, whatever the caller sends, because it identifies what
		// to undo.
		seen := map[string]bool{}
		for _, sent := range []string{"", "my-id_1.2", "my-id_1.2", "019e0000-0000-7000-8000-000000000000", "a b", "ü", times("a", 65), "<script>"} {
			r := a.get("/products/999", "X-Request-ID", sent).problem(404, "not_found").
				has("type", "urn:storekeeper:problem:not_found").has("title", "Not Found")
			id, _ := r.at("request_id").(string)
			if id == sent || len(id) != 36 || seen[id] || r.Header.Get("X-Request-ID") != id {
				t.Errorf("X-Request-ID %q is answered with %q, in the header %q", sent, id, r.Header.Get("X-Request-ID"))
			}
			seen[id] = true
		}
		// The input is not echoed: it may be a secret.
		secret := "s3cr3t-t0ken"
		for _, answer := range []*answer{
			a.post("/customers", `{"email":"`+secret+`","name":"N"}`),
			a.post("/customers", `{"email":["`+secret+`"],"name":{"a":"`+secret+`"}}`),
			a.post("/products", `{"price":"`+secret+`"}`),
			a.post("/customers", `{"email":"a@example.com","name":"`+secret+times("x", 300)+`"}`),
			a.get("/products?price=" + secret),
			a.get("/products?cursor=" + secret),
			a.patch("/products/1", `{"name":"N"}`, "If-Match", secret),
			a.post("/customers", `{}`, "Idempotency-Key", secret+"\x00"),
			a.post("/customers", `"`+secret),
		} {
			if answer.Status < 400 || answer.Status > 499 || strings.Contains(answer.Text, secret) {
				t.Errorf("%s: %d %s", answer.what, answer.Status, answer.Text)
			}
		}
	})
}

func TestHealth(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.get("/healthz").is(200).has("status", "alive")
		ready := a.get("/readyz").is(200).has("status", "ready").has("version", "test").has("database", a.db.Dialect())
		if open := ready.int("pool.open"); open < 1 {
			t.Errorf("pool: %s", ready.Text)
		}
		if _, ok := ready.at("latency_ms").(float64); !ok {
			t.Errorf("latency: %s", ready.Text)
		}
		a.get("/readyz?x=1").problem(422, "invalid", "query.x")
		if file := a.db.Name(); a.db.Dialect() == dialect.SQLite {
			away := os.Rename(file, file+".away")
			if why := a.get("/readyz").problem(503, "overloaded").says("its file was moved, removed or replaced").Text; strings.Contains(why, filepath.Base(file)) {
				t.Errorf("the file is named: %s", why)
			}
			if err := errors.Join(away, os.Rename(file+".away", file)); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.db.Close(); err != nil {
			t.Fatal(err)
		}
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		recorder := a.serve(httptest.NewRequestWithContext(cancelled, http.MethodGet, "/api/v1/products", http.NoBody))
		if after := recorder.Header().Get("Retry-After"); recorder.Code != 503 || after == "" {
			t.Errorf("cancelled: %d, Retry-After %q", recorder.Code, after)
		}
		a.get("/healthz").is(200) // the process is alive
		a.get("/readyz").problem(503, "overloaded")
		lost := a.get("/products").problem(500, "internal")
		if strings.Contains(lost.Text, "closed") || strings.Contains(lost.Text, "sql") {
			t.Errorf("the cause is shown: %s", lost.Text)
		}
	})
}

func TestDocs(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		document := a.get("/openapi.json").is(200)
		if !bytes.Equal([]byte(document.Text), a.server.OpenAPI()) {
			t.Error("/openapi.json is not the document")
		}
		page := a.get("/docs").is(200)
		if strings.Contains(page.Text, "https://") || strings.Contains(page.Text, "//cdn") {
			t.Errorf("/docs loads from elsewhere: %s", page.Text)
		}
		for _, file := range []string{"init.js", "swagger-ui.css", "swagger-ui-bundle.js"} {
			if !strings.Contains(page.Text, file) {
				t.Errorf("/docs does not load %s: %s", file, page.Text)
			}
			a.get("/docs/" + file).is(200)
		}
		a.get("/docs/nothing.js").is(404)
		a.get("/docs/..%2fserver.go").is(404)
	})
}

// The definitions agree with the API.
func TestDefinitions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.varied()
		seen := 0
		for _, def := range a.schema() {
			items := a.get("/" + def.Name + "?limit=1&count=none").is(200).items()
			if len(items) == 0 {
				continue // a custom resource
			}
			seen++
			shown := items[0]
			for _, f := range def.Fields {
				value, ok := shown[f.Name]
				if !ok {
					t.Errorf("%s has no member %s", def.Name, f.Name)
				}
				if value == nil && !f.Nullable {
					t.Errorf("%s: %s is null", def.Name, f.Name)
				}
				delete(shown, f.Name)
			}
			for name := range shown {
				t.Errorf("%s: member %s is in no definition", def.Name, name)
			}
		}
		if seen < 10 {
			t.Errorf("only %d resources have records", seen)
		}
	})
}
