package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// With all servers in the database URL, the program finds the one that takes writes.
func TestServeFindsThePrimary(t *testing.T) {
	t.Parallel()
	both := storetest.Replicate(t)
	primary, err := url.Parse(both.URL)
	if err != nil {
		t.Fatal(err)
	}
	standby, err := url.Parse(both.ReadURL)
	if err != nil {
		t.Fatal(err)
	}
	several := *primary
	several.Host = "127.0.0.1:1," + standby.Host + "," + primary.Host
	p := serve(t, several.String()+"&target_session_attrs=read-write").ready()
	p.owner()
	p.poke("/api/v1/categories", `{"name":"Chairs","slug":"chairs"}`)
	if status, body := p.get("/api/v1/categories"); status != http.StatusOK || !strings.Contains(body, "chairs") {
		t.Errorf("%d %s", status, body)
	}
}

// A standby that is away does not keep the server from serving, but shows in the log and
// in /metrics. A URL that cannot lead to a standby is an error at the start.
func TestServeWithoutItsStandby(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.Postgres)
	away := "postgres://postgres@127.0.0.1:1/shop?sslmode=disable"
	p := serve(t, url, "--read-database-url", away, "--metrics-listen", "127.0.0.1:0").ready()
	p.owner()
	if status, body := p.get("/api/v1/products"); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	_, text := p.metrics().get("/metrics")
	for _, want := range []string{
		"storekeeper_standby_usable 0", "storekeeper_standby_lag_bytes ",
		`storekeeper_standby_reads_total{from="primary"} 1`, `storekeeper_standby_reads_total{from="standby"} 0`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if entry := p.entry("lists and reports are read from the primary"); entry["standby"] != "127.0.0.1" {
		t.Errorf("%v", entry)
	}
	for says, args := range map[string][]string{
		"database URL":             {"--read-database-url", "postgres://%zz"},
		"--read-max-lag: expected": {"--read-max-lag", "1s"},
		"--read-wait: expected":    {"--read-wait", "0s"},
	} {
		code, _, errOut := call(t, url, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
		if code == 0 || !strings.Contains(errOut, says) {
			t.Errorf("%v: %d %s", args, code, errOut)
		}
	}
	lite := storetest.URL(t, dialect.SQLite)
	code, _, errOut := call(t, lite, "serve", "--listen", "127.0.0.1:0", "--read-database-url", away)
	if code != 1 || !strings.Contains(errOut, "only PostgreSQL has standbys") {
		t.Errorf("%d %s", code, errOut)
	}
}
