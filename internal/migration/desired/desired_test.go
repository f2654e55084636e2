package desired_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/migration/desired"
)

func TestSQL(t *testing.T) {
	t.Parallel()
	for _, name := range desired.Dialects() {
		text, err := desired.SQL(t.Context(), name, entmigrate.Tables)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			again, err := desired.SQL(t.Context(), name, entmigrate.Tables)
			if err != nil || again != text {
				t.Errorf("%s: the SQL differs from call to call, %v", name, err)
			}
		}
		_, rest, _ := strings.Cut(text, "\n\n")
		if begins := strings.HasPrefix(rest, "CREATE EXTENSION IF NOT EXISTS \"pg_trgm\";\n"); begins != (name == dialect.Postgres) {
			t.Errorf("%s begins %.200q", name, text)
		}
		if !strings.HasPrefix(text, "-- Code generated ") || !strings.HasSuffix(text, ";\n") || strings.Contains(text, "atlas:pos") {
			t.Errorf("%s: %q … %q", name, text[:min(100, len(text))], text[max(0, len(text)-100):])
		}
		for _, table := range entmigrate.Tables {
			if strings.Count(text, "CREATE TABLE "+quote(name, table.Name)) != 1 {
				t.Errorf("%s: no table %s", name, table.Name)
			}
		}
	}
}

func quote(name, identifier string) string {
	if name == dialect.SQLite {
		return "`" + identifier + "`"
	}
	return `"` + identifier + `"`
}

func TestOfTablesWithoutTrigrams(t *testing.T) {
	t.Parallel()
	id := &schema.Column{Name: "id", Type: field.TypeInt64, Increment: true}
	tables := []*schema.Table{{Name: "notes", Columns: []*schema.Column{id}, PrimaryKey: []*schema.Column{id}}}
	text, err := desired.SQL(t.Context(), dialect.Postgres, tables)
	if err != nil || strings.Contains(text, "EXTENSION") || !strings.Contains(text, `CREATE TABLE "notes"`) {
		t.Errorf("%s, %v", text, err)
	}
	if _, err := desired.SQL(t.Context(), "oracle", tables); err == nil {
		t.Error("SQL for an unknown database")
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	write := func() {
		t.Helper()
		if err := desired.Write(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	}
	write()
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for _, name := range desired.Dialects() {
		want, err := desired.SQL(t.Context(), name, entmigrate.Tables)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, desired.FileName(name))
		holds := func() {
			t.Helper()
			if content, err := os.ReadFile(path); err != nil || string(content) != want {
				t.Errorf("%s holds %.100q, %v", path, content, err)
			}
		}
		holds()

		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
		write()
		if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(long) {
			t.Errorf("%s was written though it was up to date, %v", path, err)
		}

		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		write()
		holds()
	}
}
