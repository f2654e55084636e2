package migration_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/dialect/sql/schema"
	"github.com/google/go-cmp/cmp"

	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// shopTables returns a copy of the shop's tables that a test may change.
func shopTables(t *testing.T) []*schema.Table {
	t.Helper()
	tables, err := schema.CopyTables(entmigrate.Tables)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func table(t *testing.T, tables []*schema.Table, name string) *schema.Table {
	t.Helper()
	i := slices.IndexFunc(tables, func(table *schema.Table) bool { return table.Name == name })
	if i < 0 {
		t.Fatalf("no table %s", name)
	}
	return tables[i]
}

// A new CHECK makes SQLite rebuild the table. Categories refer to their parents
// with ON DELETE SET NULL, and products to their category.
func TestRebuiltTableKeepsRowsAndReferences(t *testing.T) {
	t.Parallel()
	dev := migration.Dev{PostgresURL: storetest.EmptyURL(t, dialect.Postgres)}
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := shopHistory(t, db)
		up(t, db, h.options())
		insertTree(t, db)
		const rows = "SELECT p.sku, c.name, c.parent_id FROM products p JOIN categories c ON c.id = p.category_id ORDER BY p.sku"
		before := query(t, db, rows)

		changed := shopTables(t)
		table(t, changed, "categories").Annotation = &entsql.Annotation{Checks: map[string]string{"named": "name <> 'x'"}}
		drafts, err := migration.DiffTables(t.Context(), changed, h.root, "named", time.Now().AddDate(10, 0, 0), dev)
		if err != nil || len(drafts) != 2 {
			t.Fatalf("drafts %+v, %v", drafts, err)
		}
		if len(up(t, db, h.options())) != 1 {
			t.Error("not applied")
		}

		if diff := cmp.Diff(before, query(t, db, rows)); diff != "" || len(before) != 2 {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
		if _, err := db.SQL().ExecContext(t.Context(), "UPDATE categories SET name = 'x'"); err == nil {
			t.Error("the CHECK is not there")
		}
		if _, err := db.SQL().ExecContext(t.Context(), "DELETE FROM categories WHERE name = 'Green'"); err == nil {
			t.Error("foreign keys are not enforced after the migration")
		}
	})
}

// insertTree makes two categories, one inside the other, with one product each.
func insertTree(t *testing.T, db *store.DB) {
	t.Helper()
	const at = "'2026-01-01 00:00:00+00:00'"
	for _, statement := range []string{
		"INSERT INTO categories (id, created_at, updated_at, name, slug, parent_id) VALUES (1, " + at + ", " + at + ", 'Tea', 'tea', NULL)",
		"INSERT INTO categories (id, created_at, updated_at, name, slug, parent_id) VALUES (2, " + at + ", " + at + ", 'Green', 'green', 1)",
		"INSERT INTO products (created_at, updated_at, sku, name, price, category_id) VALUES (" + at + ", " + at + ", 'A', 'A', 1, 1)",
		"INSERT INTO products (created_at, updated_at, sku, name, price, category_id) VALUES (" + at + ", " + at + ", 'B', 'B', 1, 2)",
	} {
		storetest.SQL(t, db, statement)
	}
}

func TestBrokenReferencesAreRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := shopHistory(t, db)
		up(t, db, h.options())
		insertTree(t, db)
		h.add(t, "20300101000000_prune.sql", "DELETE FROM categories WHERE id = 2;\n")
		_, err := migration.Up(t.Context(), db, h.options())
		if err == nil || !strings.Contains(err.Error(), "20300101000000_prune.sql") || !strings.Contains(err.Error(), "products") {
			t.Errorf("error %v", err)
		}
		if got := query(t, db, "SELECT id FROM categories ORDER BY id"); !slices.Equal(got, []string{"1", "2"}) {
			t.Errorf("categories %v", got)
		}
		if pending := up(t, db, migration.Options{Files: h.options().Files, DryRun: true}); len(pending) != 1 {
			t.Errorf("pending %v", names(pending))
		}
		if _, err := db.SQL().ExecContext(t.Context(), "DELETE FROM categories WHERE id = 2"); err == nil {
			t.Error("foreign keys are not enforced after a failed migration")
		}
	})
}

// References that were already broken do not make a migration fail.
func TestOldBrokenReferencesDoNotBlockMigrations(t *testing.T) {
	t.Parallel()
	db := openDB(t, storetest.EmptyURL(t, dialect.SQLite))
	h := shopHistory(t, db)
	up(t, db, h.options())
	insertTree(t, db)
	for _, statement := range []string{"PRAGMA foreign_keys = off", "DELETE FROM categories WHERE id = 2", "PRAGMA foreign_keys = on"} {
		storetest.SQL(t, db, statement)
	}
	h.add(t, "20300101000000_more.sql", "CREATE TABLE more (id int);\n")
	if applied := up(t, db, h.options()); len(applied) != 1 {
		t.Errorf("applied %v", names(applied))
	}
}

// Building an index concurrently is not possible in a transaction. The statements before a
// failure stay applied, and are not repeated.
func TestFileOutsideOfATransaction(t *testing.T) {
	t.Parallel()
	const concurrently = "-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY one ON a (id);\nCREATE INDEX CONCURRENTLY two ON "
	db := openDB(t, storetest.EmptyURL(t, dialect.Postgres))
	h := newHistory(t, db)
	h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
	h.add(t, "2_indexes.sql", concurrently+"nowhere (id);\n")
	h.add(t, "3_b.sql", "CREATE TABLE b (id int);\n")
	applied, err := migration.Up(t.Context(), db, h.options())
	if !slices.Equal(names(applied), []string{"1_a.sql"}) || err == nil || !strings.Contains(err.Error(), "statement 2") {
		t.Fatalf("applied %v, %v", names(applied), err)
	}
	if got := query(t, db, "SELECT version, applied, total FROM atlas_schema_revisions ORDER BY 1"); !slices.Equal(got, []string{"1 1 1", "2 1 2"}) {
		t.Errorf("history %v", got)
	}
	const began = "SELECT executed_at FROM atlas_schema_revisions WHERE version = '2'"
	first := query(t, db, began)

	h.add(t, "2_indexes.sql", concurrently+"a (id);\n")
	if got := names(up(t, db, h.options())); !slices.Equal(got, []string{"2_indexes.sql", "3_b.sql"}) {
		t.Errorf("applied %v", got)
	}
	if again := up(t, db, h.options()); len(again) != 0 {
		t.Errorf("applied again %v", names(again))
	}
	if last := query(t, db, began); !slices.Equal(first, last) {
		t.Errorf("began at %v, says %v after it was continued", first, last)
	}
}

func TestUnknownTransactionModesAreRefused(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]string{dialect.SQLite: "none", dialect.Postgres: "all"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := openDB(t, storetest.EmptyURL(t, name))
			h := newHistory(t, db)
			h.add(t, "1_a.sql", "-- atlas:txmode "+mode+"\n\nCREATE TABLE a (id int);\n")
			if _, err := migration.Up(t.Context(), db, h.options()); err == nil || !strings.Contains(err.Error(), "txmode") {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestCancelledMigrationLeavesTheConnectionAsItWas(t *testing.T) {
	t.Parallel()
	db := openDB(t, storetest.EmptyURL(t, dialect.SQLite))
	h := newHistory(t, db)
	h.add(t, "1_a.sql", "CREATE TABLE a (id int);\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO a SELECT max(i) FROM n;\n")
	// Whatever it is doing when the time is up, it has not finished.
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := migration.Up(ctx, db, h.options()); err == nil {
		t.Fatal("endless migration ended")
	}
	if got := query(t, db, "PRAGMA foreign_keys"); !slices.Equal(got, []string{"1"}) {
		t.Errorf("foreign_keys = %v", got)
	}
	if got := tables(t, db); slices.Contains(got, "a") {
		t.Errorf("tables %v", got)
	}
}
