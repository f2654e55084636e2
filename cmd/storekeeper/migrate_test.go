package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// verify checks the named database, reports what it found there even when PostgreSQL's
// migrations cannot be replayed, and creates no file.
func TestVerifyLooksAtTheDatabase(t *testing.T) {
	t.Parallel()
	const dev = "--dev-url=postgres://nobody@127.0.0.1:1/none"
	verify := func(code int, url string, says ...string) {
		t.Helper()
		got, out, errOut := call(t, url, "migrate", "verify", dev)
		for _, text := range append(says, "verify the migrations for postgres") {
			if got != code || !strings.Contains(out+errOut, text) {
				t.Errorf("%s: %d, want %q\n%s%s", url, got, text, out, errOut)
			}
		}
	}
	file := t.TempDir() + "/shop.db"
	url := "sqlite://" + file
	if code, _, errOut := call(t, url, "migrate", "verify", dev); code != 1 || !strings.Contains(errOut, "there is no such file") {
		t.Errorf("%d %s", code, errOut)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("verify made the file")
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	verify(1, url, "was not applied: run `storekeeper migrate up`")
	mustCall(t, url, "migrate", "up")
	if code, out, errOut := call(t, url, "migrate", "verify", dev); code != 1 || strings.Contains(out, "was not applied") {
		t.Errorf("%d %s%s", code, out, errOut)
	}
	empty := storetest.EmptyURL(t, dialect.Postgres)
	verify(1, empty, "postgres, history", "was not applied")
	if code, out, _ := call(t, empty, "migrate", "verify", dev, "--no-live"); code != 1 || strings.Contains(out, "history") {
		t.Errorf("%d %s", code, out)
	}
}

// Commands that only read create no file when the URL is mistyped, and say that there is
// none.
func TestNoSuchFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "typo.db")
	url := "sqlite://" + file
	for _, command := range [][]string{
		{"migrate", "status"},
		{"migrate", "up", "--dry-run"},
		{"migrate", "verify"},
		{"seed"},
		{"reconcile"},
		{"summarise"},
		{"backup", file + ".backup"},
		{"copy", "--from", url, "--to", storetest.URL(t, dialect.SQLite)},
		{"copy", "--from", storetest.URL(t, dialect.SQLite), "--to", url},
		{"staff", "list"},
		{"staff", "add", "--email", "a@example.com", "--name", "A", "--role", "owner"},
		{"staff", "disable", "--email", "a@example.com"},
		{"staff", "enable", "--email", "a@example.com"},
		{"staff", "reset-password", "--email", "a@example.com"},
		{"token", "list"},
		{"token", "add", "--staff", "a@example.com", "--name", "x"},
		{"token", "revoke", "--id", "1"},
	} {
		code, out, errOut := call(t, url, command...)
		if code != 1 || out != "" || !strings.Contains(errOut, url+": there is no such file as "+file+": check its name") {
			t.Errorf("%v: %d %q %q", command, code, out, errOut)
		}
		if _, err := os.Stat(file); err == nil {
			t.Fatalf("%v made the file", command)
		}
	}
	mustCall(t, url, "migrate", "up")
	mustCall(t, url, "migrate", "up", "--dry-run")
}

// A folder that is missing is said so once, by its flag.
func TestVerifyNeedsItsFolder(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none")
	code, out, errOut := call(t, storetest.URL(t, dialect.SQLite), "migrate", "verify", "--dir", missing)
	if code != 2 || out != "" || !strings.HasPrefix(errOut, "storekeeper: --dir: ") || strings.Count(errOut, missing) != 1 {
		t.Error(code, out, errOut)
	}
}

// A dry run prints the SQL, as text and as JSON, and changes nothing.
func TestDryRun(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.EmptyURL(t, name)
		if name == dialect.SQLite { // which only a migration makes
			if err := os.WriteFile(strings.TrimPrefix(url, "sqlite://"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, text, _ := call(t, url, "migrate", "up", "--dry-run")
		code, out, errOut := call(t, url, "--json", "migrate", "up", "--dry-run")
		var files []struct {
			Name string `json:"name"`
			SQL  string `json:"sql"`
		}
		if err := json.Unmarshal([]byte(out), &files); err != nil || code != 0 || len(files) == 0 {
			t.Fatalf("%d %v\n%s%s", code, err, out, errOut)
		}
		for _, file := range files {
			if !strings.Contains(file.SQL, ";\n") || !strings.Contains(text, "-- "+file.Name+"\n"+file.SQL) {
				t.Errorf("%s: %q", file.Name, file.SQL)
			}
		}
		if _, again, _ := call(t, url, "--json", "migrate", "up", "--dry-run"); again != out {
			t.Error("a dry run has changed something")
		}
		if code, out, _ = call(t, url, "--json", "migrate", "up"); code != 0 || strings.Contains(out, `"sql"`) {
			t.Errorf("%d %s", code, out)
		}
		if _, out, _ = call(t, url, "--json", "migrate", "up", "--dry-run"); out != "[]\n" {
			t.Errorf("nothing is left to do: %s", out)
		}
	})
}

// When a migration fails, the ones applied before it are printed.
func TestUpFailsHalfway(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		statements := []string{"DELETE FROM atlas_schema_revisions WHERE version >= '20261127231721'"} // with what they made
		if name == dialect.Postgres {
			statements = append(statements, "ALTER TABLE setup_links DROP author_id, DROP author_token_id")
		}
		change(t, url, statements...)
		code, out, errOut := call(t, url, "migrate", "up")
		if code != 1 || out != "applied 20261127231721_setup_link_author.sql\n" || !strings.Contains(errOut, "migration 20261127233434_token_limit.sql") {
			t.Errorf("%d %s%s", code, out, errOut)
		}
	})
}

// Commands that work on a shop say what to do when there is none yet.
func TestNotMigrated(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		url := storetest.EmptyURL(t, name)
		for _, command := range [][]string{
			{"seed"},
			{"reconcile"},
			{"summarise"},
			{"staff", "list"},
			{"token", "add", "--staff", "a@example.com", "--name", "x"},
		} {
			if code, out, errOut := call(t, url, command...); code != 1 || out != "" || !strings.Contains(errOut, "storekeeper migrate up") {
				t.Errorf("%s, %s: %d %q %q", name, command[0], code, out, errOut)
			}
		}
	}
}

// byNewer makes a shop look as if a newer program had migrated it.
const byNewer = `INSERT INTO atlas_schema_revisions
	SELECT '20990101000000', description, type, applied, total, executed_at, execution_time, error, error_stmt, hash, partial_hashes, operator_version
	FROM atlas_schema_revisions WHERE version = (SELECT max(version) FROM atlas_schema_revisions)`

// A program that is older than the schema says so in every command that works on the
// shop, and does not fill it.
func TestAhead(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		change(t, url, byNewer)
		const warning = "a newer program has migrated the database"
		for _, c := range []struct {
			code int
			says string
			args []string
		}{
			{0, "The database is ahead of this program", []string{"migrate", "up"}},
			{0, "The database is ahead of this program", []string{"migrate", "status"}},
			{1, "The database is ahead of this program", []string{"seed"}},
			{1, "The database is ahead of this program", []string{"summarise"}},
			{1, "copy it with the newer program", []string{"copy", "--from", url, "--to", url}},
			{0, warning, []string{"staff", "add", "--email", "a@shop.test", "--name", "A", "--role", "owner"}},
			{0, warning, []string{"reconcile"}},
		} {
			if code, out, errOut := call(t, url, c.args...); code != c.code || !strings.Contains(out+errOut, c.says) {
				t.Errorf("%v: %d %s%s", c.args, code, out, errOut)
			}
		}
		p := serve(t, url, "--log-level", "debug").ready()
		for _, what := range []string{"summaries", "names"} {
			left := func(line string) bool { return strings.Contains(line, what+" are left to the newer program") }
			if !p.log.until(left, p.ended) || !strings.Contains(p.log.String(), warning) {
				t.Errorf("%s", p.log)
			}
		}
	})
}

// The newest program that has migrated the database decides what the built-in roles
// allow. An older one that runs beside it, even for a single command, does not change
// them back.
func TestAheadKeepsRoles(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		addOwner(t, url)
		change(t, url, byNewer, "UPDATE roles SET description = 'Of the newer program.' WHERE name = 'support'",
			"DELETE FROM roles WHERE name = 'catalog'")
		db := storetest.Open(t, store.Config{URL: url})
		described := func(name string) (description string) {
			t.Helper()
			if err := db.SQL().QueryRowContext(t.Context(), "SELECT description FROM roles WHERE name = '"+name+"'").Scan(&description); err != nil {
				t.Error(name, err)
			}
			return description
		}
		check := func(by string) {
			t.Helper()
			if got := described("support"); got != "Of the newer program." {
				t.Errorf("%s made the role %q", by, got)
			}
			described("catalog") // which is missing, and made
		}
		mustCall(t, url, "staff", "enable", "--email", "ada@shop.test")
		check("a command")
		serve(t, url).ready()
		check("a server")
		change(t, url, `DELETE FROM atlas_schema_revisions WHERE version = '20990101000000'`)
		if code, _, errOut := call(t, url, "staff", "enable", "--email", "ada@shop.test"); code != 0 || described("support") == "Of the newer program." {
			t.Error("the newest program does not bring the role to what it has:", errOut)
		}
	})
}

// Running it in a folder other than that of the sources does not write a migration of
// everything.
func TestDiffNeedsItsFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "nowhere")
	code, out, errOut := call(t, storetest.URL(t, dialect.SQLite), "migrate", "diff", "x", "--dir", dir)
	if _, err := os.Stat(dir); code != 2 || out != "" || !strings.Contains(errOut, "no such file") || !os.IsNotExist(err) {
		t.Error(code, out, errOut, err)
	}
}

// Whoever is warned of a migration is told how to write another one in its place: a second
// one after it would not help.
func TestDiffCanBeTakenBack(t *testing.T) {
	t.Parallel()
	c := migrateDiffCmd{Dir: "migrations"}
	for want, drafts := range map[string][]migration.Draft{
		"as `go generate ./...` read it last.\n": nil,
		"wrote b\n":                              {{Path: "a"}, {Path: "b"}},
		"  careful: x\nwrote b\nTo write them anew, take them back first: git restore migrations && git clean -fd migrations\n": {
			{Path: "a", Warnings: []string{"x"}}, {Path: "b"},
		},
	} {
		var out strings.Builder
		c.list(&out, drafts)
		if !strings.HasSuffix(out.String(), want) {
			t.Errorf("%s\nwant %s", &out, want)
		}
	}
}

// A program whose schema has what no migration adds does not serve, and says what to run.
func TestForgottenMigration(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		for lacking, statement := range map[string]string{
			"low_stock_at": "ALTER TABLE products DROP COLUMN low_stock_at", "checkpoints": "DROP TABLE checkpoints",
		} {
			url := storetest.URL(t, name)
			change(t, url, statement)
			for _, command := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"serve", "--migrate", "--listen", "127.0.0.1:0"}, {"staff", "list"}} {
				code, _, errOut := call(t, url, command...)
				if code != 1 || !strings.Contains(errOut, lacking) || !strings.Contains(errOut, "'storekeeper migrate diff NAME' writes") {
					t.Fatalf("%v: %d %s", command, code, errOut)
				}
			}
		}
	})
}

// The history names the version of the program that `version` prints.
func TestHistoryNamesTheVersion(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.EmptyURL(t, name)
		mustCall(t, url, "migrate", "up")
		code, out, errOut := call(t, url, "--json", "migrate", "status")
		if code != 0 || !strings.Contains(out, `"by": "Storekeeper `+version()+`"`) {
			t.Errorf("%d %s%s", code, out, errOut)
		}
	})
}

// An invalid rename is refused before anything is replayed or written.
func TestDiffRefusesRenaming(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	code, out, errOut := call(t, storetest.URL(t, dialect.SQLite), "migrate", "diff", "x", "--dir", dir, "--rename", "products.sku")
	if code != 1 || out != "" || !strings.Contains(errOut, `TABLE.COLUMN=NAME or TABLE=NAME, not "products.sku"`) {
		t.Error(code, out, errOut)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Error(entries, err)
	}
}

// The resource of a renamed table is the one that the schema now has.
func TestRenamedResource(t *testing.T) {
	t.Parallel()
	renames, err := renamesOf([]string{"baskets.token=products", "tokens=api_tokens", "notes=order_events"})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "api-tokens", ""} { // the last is not in the trail
		if got := renames[i].Resource; got != want {
			t.Errorf("%+v: the resource is %q, want %q", renames[i], got, want)
		}
	}
}

// Names from before their folded column are folded by `migrate up`, and those that an older
// server writes by the server, as it sets the digits of telephone numbers.
func TestNamesAreFolded(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := smallShop(t, name)
		change(t, url, "UPDATE products SET name_folded = ''")
		if out := mustCall(t, url, "migrate", "up"); !strings.Contains(out, "up to date") {
			t.Error(out)
		}
		change(t, url, "UPDATE customers SET name_folded = '', phone = '030 ' || id, phone_digits = NULL")
		p := serve(t, url).ready()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		folded := func(line string) bool { return strings.Contains(line, `"msg":"folded names for searches","names":5}`) }
		if !p.log.until(folded, ctx.Done()) {
			t.Errorf("the customers, and they alone, are left to fold:\n%s", p.log)
		}
		numbered := func(line string) bool {
			return strings.Contains(line, `"msg":"set the digits of telephone numbers for searches","numbers":5}`)
		}
		if !p.log.until(numbered, ctx.Done()) {
			t.Errorf("the numbers are left without their digits:\n%s", p.log)
		}
	})
}
