package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// documentedBouncer are the settings of PgBouncer that docs/scaling.md shows.
func documentedBouncer(t *testing.T) map[string]string {
	t.Helper()
	_, section, _ := strings.Cut(read(t, "../../docs/scaling.md"), "\n[pgbouncer]\n")
	section, _, _ = strings.Cut(section, "```")
	settings := map[string]string{}
	for line := range strings.Lines(section) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok && !strings.HasPrefix(name, ";") {
			settings[name] = value
		}
	}
	if settings["default_pool_size"] == "" {
		t.Fatalf("docs/scaling.md shows no settings of PgBouncer: %v", settings)
	}
	return settings
}

// The program serves through PgBouncer, set up as documented, without being told about
// it. It says what to do about time limits, and only migrates when it is connected to
// PostgreSQL directly.
func TestServeThroughPgBouncer(t *testing.T) {
	t.Parallel()
	server := storetest.Own(t, pgtemp.Options{})
	storetest.Exec(t, server.URL("postgres"), "CREATE DATABASE empty TEMPLATE template0")
	url := storetest.Bouncer(t, server, documentedBouncer(t))
	p := serve(t, url).ready()
	p.owner()
	if status, body := p.get("/api/v1/products?q=x"); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	for _, want := range []string{"a pooler such as PgBouncer", "ALTER ROLE storekeeper SET statement_timeout"} {
		if !strings.Contains(p.log.String(), want) {
			t.Errorf("no %q in\n%s", want, p.log)
		}
	}
	empty := strings.Replace(url, "/shop?", "/empty?", 1)
	code, _, errOut := call(t, empty, "migrate", "up")
	if code != 1 || !strings.Contains(errOut, "migrate with a database URL that leads to PostgreSQL itself") {
		t.Errorf("%d %s", code, errOut)
	}
	mustCall(t, server.URL("empty"), "migrate", "up")
}
