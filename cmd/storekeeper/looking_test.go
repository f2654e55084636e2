package main

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A file that belongs to another program stays unchanged, whatever the command.
func TestForeignFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "others.db")
	foreign, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := foreign.ExecContext(t.Context(), "CREATE TABLE notes (id INTEGER PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	if err := foreign.Close(); err != nil {
		t.Fatal(err)
	}
	before := read(t, file)
	for _, args := range [][]string{
		{"migrate", "status"},
		{"migrate", "up", "--dry-run"},
		{"migrate", "verify", "--dev-url", "postgres://nobody@127.0.0.1:1/none"},
		{"staff", "list"},
		{"token", "list"},
		{"migrate", "up"},
		{"seed"},
		{"reconcile"},
		{"summarise"},
		{"staff", "add", "--email", "ada@shop.test", "--name", "Ada", "--role", "owner"},
		{"backup", filepath.Join(t.TempDir(), "copy.db")},
		{"copy", "--from", "sqlite://" + file, "--to", storetest.URL(t, dialect.SQLite)},
		{"copy", "--from", storetest.URL(t, dialect.SQLite), "--to", "sqlite://" + file},
		{"serve", "--listen", "127.0.0.1:0"},
	} {
		code, out, errOut := call(t, "sqlite://"+file, args...)
		if code != 1 || !strings.Contains(errOut, `it has the table "notes", but no history of migrations; look at`) {
			t.Errorf("%v: %d %s%s", args, code, out, errOut)
		}
		if read(t, file) != before {
			t.Fatalf("%v has changed the file", args)
		}
	}
}

// Listing members and tokens only reads. The commands that write bring the built-in roles
// up to date.
func TestListsOnlyRead(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		db := storetest.Open(t, store.Config{URL: url})
		roles := func() int { return db.Reader.Role.Query().CountX(storetest.Context(t)) }
		for _, what := range []string{"staff", "token"} {
			if code, out, errOut := call(t, url, "--json", what, "list"); code != 0 || out != "[]\n" {
				t.Errorf("%s: %d %s%s", what, code, out, errOut)
			}
		}
		if n := roles(); n != 0 {
			t.Errorf("there are %d roles", n)
		}
		if code, _, errOut := call(t, url, "staff", "add", "--email", "ada@shop.test", "--name", "Ada", "--role", "owner"); code != 0 || roles() == 0 {
			t.Errorf("%d %s", code, errOut)
		}
		if _, out, _ := call(t, url, "staff", "list"); !strings.Contains(out, "ada@shop.test") {
			t.Error(out)
		}
	})
}

// An empty list of permissions from a variable is refused like an empty flag: it would
// make a token for everything.
func TestEmptyPermissions(t *testing.T) {
	t.Setenv("STOREKEEPER_PERMISSIONS", "")
	url := storetest.URL(t, dialect.SQLite)
	addOwner(t, url)
	code, out, errOut := call(t, url, "token", "add", "--staff", "ada@shop.test", "--name", "x")
	if code != 2 || out != "" || !strings.Contains(errOut, "--permissions: ") {
		t.Errorf("%d %s%s", code, out, errOut)
	}
}

// With --json the welcome is JSON, too.
func TestWelcomeInJSON(t *testing.T) {
	t.Setenv("STOREKEEPER_JSON", "true")
	for demo, args := range map[bool][]string{false: nil, true: {"--demo"}} {
		p := serve(t, smallShop(t, dialect.SQLite), args...)
		p.out.until(func(line string) bool { return line == "}\n" || strings.Contains(line, "Ctrl-C") }, p.ended)
		var said welcomeReport
		if err := json.Unmarshal([]byte(p.out.String()), &said); err != nil {
			t.Fatalf("%v: %s", err, p.out)
		}
		if said.Shop != "http://"+p.address+"/" || (said.SetupURL != "") == demo || (len(said.DemoEmails) > 0) != demo {
			t.Errorf("demo %t: %s", demo, p.out)
		}
	}
}

// A warning at the start tells when the database URL leads to a standby.
func TestServeOnAStandby(t *testing.T) {
	t.Parallel()
	both := storetest.Replicate(t)
	for _, url := range []string{both.ReadURL, both.URL + "&default_transaction_read_only=on"} {
		for _, migrate := range []string{"false", "true"} {
			code, _, errOut := call(t, url, "serve", "--listen", "127.0.0.1:0", "--migrate="+migrate)
			if code != 1 || !strings.Contains(errOut, "cannot be written: it is a standby") {
				t.Errorf("%d %s", code, errOut)
			}
		}
	}
}
