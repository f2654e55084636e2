package migration_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// urlVariable makes the test binary migrate the database at this URL.
const urlVariable = "STOREKEEPER_MIGRATION_TEST_URL"

func TestMain(m *testing.M) {
	if databaseURL := os.Getenv(urlVariable); databaseURL != "" {
		os.Exit(migrateAndReport(databaseURL))
	}
	os.Exit(m.Run())
}

func migrateAndReport(databaseURL string) int {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Config{URL: databaseURL})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	applied, err := migration.Up(ctx, db, migration.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(len(applied))
	return 0
}

// onBoth runs the test on an empty database of each kind.
func onBoth(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, openDB(t, storetest.EmptyURL(t, name)))
		})
	}
}

func openDB(t *testing.T, databaseURL string) *store.DB {
	t.Helper()
	return storetest.Open(t, store.Config{URL: databaseURL, RelaxedSync: true})
}

func up(t *testing.T, db *store.DB, opts migration.Options) []migration.File {
	t.Helper()
	applied, err := migration.Up(t.Context(), db, opts)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

// query returns the rows as lines of values.
func query(t *testing.T, db *store.DB, statement string) []string {
	t.Helper()
	rows, err := db.SQL().QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for rows.Next() {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		var line bytes.Buffer
		for i, value := range values {
			if raw, ok := value.([]byte); ok {
				value = string(raw)
			}
			if i > 0 {
				line.WriteByte(' ')
			}
			fmt.Fprint(&line, value)
		}
		lines = append(lines, line.String())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// tables returns the names of all tables of the database.
func tables(t *testing.T, db *store.DB) []string {
	t.Helper()
	if db.Dialect() == dialect.SQLite {
		return query(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence' ORDER BY 1`)
	}
	return query(t, db, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
}

func folder(db *store.DB) string {
	if db.Dialect() == dialect.SQLite {
		return "sqlite"
	}
	return "postgres"
}

// history is a migration directory for tests that can be written to.
type history struct {
	root string
	dir  string // the dialect's directory
}

// newHistory returns a directory without migrations for both dialects.
func newHistory(t *testing.T, db *store.DB) *history {
	t.Helper()
	h := &history{root: t.TempDir()}
	h.dir = filepath.Join(h.root, folder(db))
	for _, name := range engines {
		if err := os.Mkdir(filepath.Join(h.root, name), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// shopHistory returns a directory with the migrations of the shop.
func shopHistory(t *testing.T, db *store.DB) *history {
	t.Helper()
	h := &history{root: copyFiles(t, migrations.Files)}
	h.dir = filepath.Join(h.root, folder(db))
	return h
}

func copyFiles(t *testing.T, files fs.FS) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(root, files); err != nil {
		t.Fatal(err)
	}
	return root
}

// add writes a migration and updates atlas.sum.
func (h *history) add(t *testing.T, name, content string) {
	t.Helper()
	h.edit(t, name, content)
	h.sum(t)
}

// edit changes a migration and leaves atlas.sum as it is.
func (h *history) edit(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (h *history) sum(t *testing.T) {
	t.Helper()
	dir, err := migrate.NewLocalDir(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := dir.Checksum()
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate.WriteSumFile(dir, sum); err != nil {
		t.Fatal(err)
	}
}

func (h *history) options() migration.Options {
	return migration.Options{Files: os.DirFS(h.root)}
}

func names(files []migration.File) []string {
	list := []string{}
	for _, file := range files {
		list = append(list, file.Name)
	}
	return list
}
