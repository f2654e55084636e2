// Package storetest gives every test its own migrated databases: an SQLite file, and a
// database on a real PostgreSQL server.
//
// The server is the one of STOREKEEPER_TEST_POSTGRES_URL, whose role must be allowed to
// create databases. Otherwise one is started from the installed binaries and stopped when
// the test process ends. Databases are copies of a template that was migrated once, so that
// a test pays for a copy and not for the migrations.
package storetest

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
)

// Each runs the test as the parallel subtests "sqlite" and "postgres", each on
// a fresh migrated database.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, Postgres(t))
	})
}

// SQLite opens a fresh migrated SQLite database, until the end of the test.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return Open(t, config(URL(t, dialect.SQLite)))
}

// Postgres opens a fresh migrated PostgreSQL database, until the end of the
// test.
func Postgres(t testing.TB) *store.DB {
	t.Helper()
	return Open(t, config(URL(t, dialect.Postgres)))
}

// German opens a fresh migrated PostgreSQL database that sorts texts as a German dictionary
// does, until the end of the test. The databases of the other functions sort by code point.
func German(t testing.TB) *store.DB {
	t.Helper()
	address := startedServer(t).database(t, "template0 LOCALE_PROVIDER icu ICU_LOCALE 'de' LOCALE 'C.UTF-8'")
	if err := migrate(Context(t), address); err != nil {
		t.Fatal("storetest: migrate: ", err)
	}
	return Open(t, config(address))
}

// URL returns the URL of a fresh migrated database of the named dialect, dialect.SQLite or
// dialect.Postgres. The database is removed at the end of the test, even if there are
// connections to it.
func URL(t testing.TB, name string) string {
	t.Helper()
	if name == dialect.SQLite {
		return migratedFile(t)
	}
	server := startedServer(t)
	template, err := server.template()
	if err != nil {
		t.Fatal("storetest: template database: ", err)
	}
	return server.database(t, template)
}

// EmptyURL returns the URL of a fresh database without tables, which is removed at the end
// of the test.
func EmptyURL(t testing.TB, name string) string {
	t.Helper()
	if name == dialect.SQLite {
		return fileURL(filepath.Join(t.TempDir(), "shop.db"))
	}
	return startedServer(t).database(t, "template0")
}

// Open opens a database until the test ends.
func Open(t testing.TB, cfg store.Config) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal("storetest: ", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error("storetest: close the database: ", err)
		}
	})
	return db
}

// SQL executes a statement, which no hook sees.
func SQL(t testing.TB, db *store.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.SQL().ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Plan returns the steps in which SQLite would carry out a statement.
func Plan(t testing.TB, db *store.DB, statement string, args ...any) (steps []string) {
	t.Helper()
	err := store.Each(Context(t), db.SQL(), func(rows *sql.Rows) error {
		var id, parent, unused int64
		var step string
		err := rows.Scan(&id, &parent, &unused, &step)
		steps = append(steps, step)
		return err
	}, "EXPLAIN QUERY PLAN "+statement, args...)
	if err != nil {
		t.Fatalf("plan %s: %v", statement, err)
	}
	return steps
}

// config relaxes the syncing of SQLite: no test has to survive a power loss.
func config(databaseURL string) store.Config {
	return store.Config{URL: databaseURL, RelaxedSync: true}
}

func fileURL(path string) string {
	return (&url.URL{Scheme: "sqlite", Path: filepath.ToSlash(path)}).String()
}
