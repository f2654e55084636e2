package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// entry waits for a line with this message in the log, and returns its members.
func (p *process) entry(message string) map[string]any {
	p.t.Helper()
	var found map[string]any
	match := func(line string) bool {
		var entry map[string]any
		if json.Unmarshal([]byte(line), &entry) != nil || entry["msg"] != message {
			return false
		}
		found = entry
		return true
	}
	if !p.log.until(match, p.ended) {
		p.t.Fatalf("no %q in\n%s", message, p.log)
	}
	return found
}

// owner adds an owner to the shop, and sends their token from now on.
func (p *process) owner() {
	p.t.Helper()
	addOwner(p.t, p.url)
	p.token("ada@shop.test")
}

// metrics is the listener of the metrics of the running program.
func (p *process) metrics() *process {
	p.t.Helper()
	other := *p
	other.address, _ = p.entry("serving metrics")["address"].(string)
	return &other
}

// poke sends a POST with JSON and ignores the answer. Headers come in pairs.
func (p *process) poke(path, body string, headers ...string) {
	p.t.Helper()
	r := p.request(http.MethodPost, path, body)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	r.Header.Set("Authorization", "Bearer "+p.bearer)
	p.send(r)
}

// /metrics shows requests by route, the pools, checkouts by outcome, drift and the
// version, on its own listener and only there.
func TestMetrics(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := smallShop(t, name)
		p := serve(t, url, "--metrics-listen", "127.0.0.1:0", "--reconcile-every", "50ms").ready()
		p.owner()
		p.get("/api/v1/products?limit=1")
		p.get("/api/v1/products/999")
		p.get("/api/v1/products/1")
		p.get("/no/such/%00path")
		p.poke("/api/v1/customers/999/checkout", "{}")
		p.poke("/api/v1/customers/1/cart/items", `{"product_id":1,"quantity":1}`)
		for range 3 {
			p.poke("/api/v1/customers/1/checkout", "{}", "Idempotency-Key", "the same")
		}
		metrics := p.metrics()
		show := func() string {
			status, text := metrics.get("/metrics")
			if status != http.StatusOK {
				t.Fatalf("%d %s", status, text)
			}
			return text
		}
		text := show()
		for !strings.Contains(text, `storekeeper_drifts{kind="products"} 0`) {
			text = show() // until the books were looked at
		}
		for _, want := range []string{
			`storekeeper_http_requests_total{code="",method="GET",route="/api/v1/products",status="200"} 1`,
			`storekeeper_http_requests_total{code="not_found",method="GET",route="/api/v1/products/:id",status="404"} 1`,
			`storekeeper_http_requests_total{code="",method="GET",route="/api/v1/products/:id",status="200"} 1`,
			`route="none",status="4`,
			`storekeeper_http_request_duration_seconds_count{method="GET",route="/api/v1/products/:id"} 2`,
			`storekeeper_checkouts_total{outcome="not_found"} 1`,
			`storekeeper_checkouts_total{outcome="placed"} 1`, `storekeeper_checkouts_total{outcome="replayed"} 2`,
			`storekeeper_drifts{kind="orders"} 0`, `storekeeper_last_reconciled_timestamp_seconds 1`,
			`storekeeper_requests_refused_total{reason="overloaded"} 0`, `storekeeper_requests_waiting{kind="write"} 0`, `storekeeper_database_away 0`,
			`storekeeper_transaction_retries_total 0`, `go_sql_open_connections{db_name="write"}`, `go_goroutines`, `database="` + name + `"`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
		if status, _ := p.get("/metrics"); status != http.StatusNotFound {
			t.Errorf("the API answers /metrics with %d", status)
		}
		if status, _ := metrics.get("/api/v1/products"); status != http.StatusNotFound {
			t.Errorf("the listener of metrics answers the API with %d", status)
		}
	})
}

// A slow statement is logged with its route and request, and without arguments.
func TestSlowQueryHidesArguments(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		p := serve(t, storetest.URL(t, name), "--slow-query", "1ns").ready()
		p.owner()
		p.get("/api/v1/customers?q=secretive&limit=3")
		slow := map[string]any{}
		p.log.until(func(line string) bool {
			return json.Unmarshal([]byte(line), &slow) == nil && slow["msg"] == "slow query" && slow["route"] == "/api/v1/customers"
		}, p.ended)
		id, _ := slow["request_id"].(string)
		sql, _ := slow["sql"].(string)
		took, _ := slow["took_ms"].(float64)
		if len(id) < 30 || !strings.HasPrefix(sql, "SELECT") || took <= 0 || took > 60_000 || slow["level"] != "WARN" {
			t.Errorf("%v", slow)
		}
		background := map[string]any{} // the start asks the database, too
		p.log.until(func(line string) bool {
			return json.Unmarshal([]byte(line), &background) == nil && background["msg"] == "slow query" && background["route"] == ""
		}, p.ended)
		if background["level"] != "INFO" {
			t.Errorf("%v", background)
		}
		p.end()
		if strings.Contains(p.log.String(), "secretive") {
			t.Error("the log has an argument")
		}
	})
}

// Traces go from the request to its statements if OpenTelemetry's variables enable them.
func TestTraces(t *testing.T) {
	t.Setenv("OTEL_TRACES_EXPORTER", "console")
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test")
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		p := serve(t, storetest.URL(t, name)).ready()
		p.owner()
		p.get("/api/v1/customers?q=secretive&limit=3")
		p.end()
		type span struct {
			Name        string
			SpanContext struct{ TraceID, SpanID string }
			Parent      struct{ SpanID string }
		}
		var request span
		children := 0
		var spans []span
		for line := range strings.Lines(p.log.String()) {
			var s span
			if json.Unmarshal([]byte(line), &s) == nil && s.Name != "" { //nolint:musttag // OpenTelemetry's own names
				spans = append(spans, s)
				if strings.Contains(s.Name, "/api/v1/customers") {
					request = s
				}
			}
		}
		for _, s := range spans {
			if s.Name == "SELECT" && s.SpanContext.TraceID == request.SpanContext.TraceID && s.Parent.SpanID == request.SpanContext.SpanID {
				children++
			}
		}
		if request.Name == "" || children == 0 {
			t.Errorf("%s: %d statements below the request\n%s", name, children, p.log)
		}
		if strings.Contains(p.log.String(), "secretive") || !strings.Contains(p.log.String(), "deployment.environment") {
			t.Errorf("%s: an argument is in a span, or the resource is not\n%s", name, p.log)
		}
	}
	t.Setenv("OTEL_TRACES_EXPORTER", "zipkin")
	if code, _, errOut := call(t, storetest.URL(t, dialect.SQLite), "serve", "--listen", "127.0.0.1:0"); code != 1 || !strings.Contains(errOut, "OTEL_TRACES_EXPORTER") {
		t.Errorf("%d %s", code, errOut)
	}
}

// An address that cannot be a collector's is refused by name.
func TestCollectorNowhere(t *testing.T) {
	t.Setenv("OTEL_TRACES_EXPORTER", "otlp")
	for _, address := range []string{"collector:4318", "::4318", "grpc://collector:4317", "http://"} {
		t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
		code, _, said := call(t, storetest.URL(t, dialect.SQLite), "serve", "--listen", "127.0.0.1:0")
		if code != 1 || !strings.Contains(said, "OTEL_EXPORTER_OTLP_ENDPOINT: expected an address such as http://collector:4318") {
			t.Errorf("%s: %d %s", address, code, said)
		}
	}
}

// A collector gets the spans by OTLP over HTTP when the standard variable names it,
// including those that are still waiting when the program stops.
func TestTracesReachCollector(t *testing.T) {
	got := make(chan string, 100)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got <- r.Method + " " + r.URL.Path + " " + r.Header.Get("Content-Type") + "\n" + string(body)
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	t.Setenv("OTEL_SERVICE_NAME", "shop-of-a-test")
	p := serve(t, storetest.URL(t, dialect.SQLite)).ready()
	p.owner()
	p.get("/api/v1/products")
	p.end()
	close(got)
	var all strings.Builder
	for sent := range got {
		if !strings.HasPrefix(sent, "POST /v1/traces application/x-protobuf\n") {
			t.Errorf("sent %.100q", sent)
		}
		all.WriteString(sent)
	}
	for _, want := range []string{"shop-of-a-test", "GET /api/v1/products", "SELECT"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no span has %q", want)
		}
	}
}

// A collector that accepts connections and never answers does not turn a clean stop into
// a failure; the log says what happened to the traces.
func TestCollectorHangs(t *testing.T) {
	done := make(chan struct{})
	collector := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
	defer collector.Close()
	defer close(done)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	p := serve(t, storetest.URL(t, dialect.SQLite)).ready()
	p.get("/api/v1/products")
	p.end()
	if p.code != 0 || !strings.Contains(p.log.String(), "the last traces were not sent") {
		t.Errorf("%d\n%s", p.code, p.log)
	}
}

// Messages of OpenTelemetry itself go to the log like all others, but only a few a
// minute.
func TestOpenTelemetryIsLogged(t *testing.T) {
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) }))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	t.Setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "soon")
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "1")
	p := serve(t, storetest.URL(t, dialect.SQLite)).ready()
	p.get("/api/v1/products")
	p.entry("parse duration")
	if entry := p.entry("traces are not sent: see to the collector"); entry["level"] != "WARN" || !strings.Contains(fmt.Sprint(entry["error"]), "400") {
		t.Error(entry)
	}
	for range 50 {
		p.get("/api/v1/products")
	}
	p.end()
	if n := strings.Count(p.log.String(), `"msg":"traces are not sent`); n > fewLines {
		t.Errorf("said %d times", n)
	}
}

// A seldom log takes a few lines a minute, and then says how many it left out.
func TestSeldom(t *testing.T) {
	t.Parallel()
	var s said
	now := time.Now()
	taken := 0
	for range 3 * fewLines {
		if _, ok := s.take(now); ok {
			taken++
		}
	}
	if leftOut, ok := s.take(now.Add(time.Minute)); taken != fewLines || !ok || leftOut != 2*fewLines {
		t.Error(taken, ok, leftOut)
	}
	if leftOut, ok := s.take(now.Add(time.Minute)); !ok || leftOut != 0 {
		t.Error(ok, leftOut)
	}
}

// A server whose books could not be checked, because the database was away, checks them
// the next time.
func TestReconcileLater(t *testing.T) {
	t.Parallel()
	shop := storetest.URL(t, dialect.SQLite)
	away := shop + ".away"
	rename := func(from, to string) {
		t.Helper()
		if err := os.Rename(strings.TrimPrefix(from, "sqlite://"), strings.TrimPrefix(to, "sqlite://")); err != nil {
			t.Fatal(err)
		}
	}
	rename(shop, away)
	log := newOutput()
	a, err := newApp(&Globals{DatabaseURL: shop, Currency: "EUR", LogLevel: "info", LogFormat: "json"}, nil, log, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(storetest.Context(t))
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.repeat(ctx, time.Millisecond, "reconcile the books", func(ctx context.Context) error {
			return new(watch).prove(ctx, a)
		})
	}()
	defer func() {
		cancel()
		<-done
	}()
	if !log.until(func(line string) bool { return strings.Contains(line, "no such file") }, done) {
		t.Fatal("it gave up without a word")
	}
	rename(away, shop)
	for {
		db, err := store.Open(ctx, store.Config{URL: shop})
		if err != nil {
			t.Fatal(err)
		}
		n, err := db.Client.Checkpoint.Query().Count(ctx)
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		if n > 0 { // how far the proof came
			return
		}
		select {
		case <-done:
			t.Fatal("it gave up:", log)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
