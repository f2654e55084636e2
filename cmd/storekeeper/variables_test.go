package main

import (
	"io"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/alecthomas/kong"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Variables that set no flag are named, and no others.
func TestUnknownVariables(t *testing.T) {
	t.Parallel()
	var cli commands
	parser, err := kong.New(&cli, kong.DefaultEnvars("STOREKEEPER"))
	if err != nil {
		t.Fatal(err)
	}
	got := unknownVariables(parser.Model, []string{
		"STOREKEEPER_TRUSTED_PROXY=10.0.0.1", "STOREKEEPER_DATABASE_URl=x", "STOREKEEPER_=x", "STOREKEEPER_FORCE=true", // misspelt
		"STOREKEEPER_PORT=8080",
		"STOREKEEPER_TRUSTED_PROXIES=x", "STOREKEEPER_DATABASE_URL=x", "DATABASE_URL=x", "STOREKEEPER_SEED_FORCE=true", // flags
		"STOREKEEPER_DEV_DATABASE_URL=x", "STOREKEEPER_JSON=true",
		"STOREKEEPER_SERVICE_HOST=10.0.0.2", "STOREKEEPER_SERVICE_PORT_HTTP=80", // Kubernetes
		"STOREKEEPER_WEB_PORT=tcp://10.0.0.2:80",
		"STOREKEEPER_PORT_80_TCP_ADDR=10.0.0.2", "STOREKEEPER_DB_SERVICE_HOST=10.0.0.3", "STOREKEEPER_DB_PORT_5432_TCP=tcp://x",
		"STOREKEEPER_TEST_POSTGRES_URL=x", "HOME=/", "X_STOREKEEPER_Y=z", "storekeeper_listen=x",
	})
	want := []string{"STOREKEEPER_", "STOREKEEPER_DATABASE_URl", "STOREKEEPER_FORCE", "STOREKEEPER_PORT", "STOREKEEPER_TRUSTED_PROXY"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A server warns of a variable that sets nothing, without its value; a command that prints a
// result does not.
func TestServerWarnsOfVariables(t *testing.T) {
	url := storetest.URL(t, dialect.SQLite)
	t.Setenv("STOREKEEPER_TRUSTED_PROXY", "geheim")
	p := serve(t, url).ready()
	if said := p.log.String(); !strings.Contains(said, "STOREKEEPER_TRUSTED_PROXY") || strings.Contains(said, "geheim") {
		t.Error(said)
	}
	errOut := newOutput()
	if code := run(t.Context(), []string{"version"}, io.Discard, errOut); code != 0 || errOut.String() != "" {
		t.Error(code, errOut)
	}
}
