package migration_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/pgtemp"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// devServer makes scratch databases on the server that the tests run on.
func devServer(t *testing.T) migration.Dev {
	t.Helper()
	return migration.Dev{PostgresURL: storetest.EmptyURL(t, dialect.Postgres)}
}

// listing maps the files below the directory to their contents.
func listing(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	for _, pattern := range []string{"*", "*/*"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if content, err := os.ReadFile(path); err == nil {
				files[strings.TrimPrefix(path, dir+"/")] = string(content)
			}
		}
	}
	return files
}

func TestDiffFindsNothing(t *testing.T) {
	t.Parallel()
	dir := copyFiles(t, migrations.Files)
	before := listing(t, dir)
	for _, dev := range []migration.Dev{devServer(t), {}} { // {} starts a server of its own
		drafts, err := migration.Diff(t.Context(), dir, "nothing", dev)
		if err != nil || len(drafts) != 0 {
			t.Errorf("drafts %+v, %v", drafts, err)
		}
	}
	if diff := cmp.Diff(before, listing(t, dir)); diff != "" {
		t.Errorf("files changed (-before +after):\n%s", diff)
	}
}

// The steps of adding a field, from the diff to rows in both databases.
func TestDiffOfANewField(t *testing.T) {
	t.Parallel()
	dev := devServer(t)
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := shopHistory(t, db)
		up(t, db, h.options())
		insertTree(t, db)
		changed := shopTables(t)
		products := table(t, changed, "products")
		products.Columns = append(products.Columns, &schema.Column{Name: "made_up", Type: field.TypeString, Nullable: true})

		drafts, err := migration.DiffTables(t.Context(), changed, h.root, "add_made_up", time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), dev)
		if err != nil {
			t.Fatal(err)
		}
		for i, engine := range engines {
			draft := drafts[i]
			if draft.Database != engine || draft.Name != "20300102030405_add_made_up.sql" || len(draft.Warnings) != 0 ||
				draft.Path != filepath.Join(h.root, engine, draft.Name) || !regexp.MustCompile("ALTER TABLE .products. ADD COLUMN .made_up.").MatchString(draft.SQL) {
				t.Errorf("draft %+v", draft)
			}
			if content, err := os.ReadFile(draft.Path); err != nil || string(content) != draft.SQL {
				t.Errorf("%s holds %q, %v", draft.Path, content, err)
			}
		}
		if applied := up(t, db, h.options()); len(applied) != 1 {
			t.Errorf("applied %v", names(applied))
		}
		if got := query(t, db, "SELECT sku, made_up FROM products ORDER BY sku"); !slices.Equal(got, []string{"A <nil>", "B <nil>"}) {
			t.Errorf("products %v", got)
		}
		again, err := migration.DiffTables(t.Context(), changed, h.root, "again", time.Now(), dev)
		if err != nil || len(again) != 0 {
			t.Errorf("a second diff found %+v, %v", again, err)
		}
	})
}

// Atlas itself compares only the names of checks.
func TestDiffOfAChangedCheck(t *testing.T) {
	t.Parallel()
	dir := copyFiles(t, migrations.Files)
	dev := devServer(t)
	changed := shopTables(t)
	table(t, changed, "cart_items").Annotation.Checks = map[string]string{"cart_items_quantity_range": "quantity > 0 AND quantity <= 7"}
	drafts, err := migration.DiffTables(t.Context(), changed, dir, "fewer", time.Now(), dev)
	if err != nil || len(drafts) != 2 {
		t.Fatalf("drafts %+v, %v", drafts, err)
	}
	again, err := migration.DiffTables(t.Context(), changed, dir, "again", time.Now(), dev)
	if err != nil || len(again) != 0 {
		t.Errorf("a second diff found %+v, %v", again, err)
	}
}

// Atlas itself does not compare collations. SQLite has none of these.
func TestDiffOfACollation(t *testing.T) {
	t.Parallel()
	dir := copyFiles(t, migrations.Files)
	dev := devServer(t)
	changed := shopTables(t)
	products := table(t, changed, "products")
	set := func(name, collation string) {
		at := slices.IndexFunc(products.Columns, func(column *schema.Column) bool { return column.Name == name })
		products.Columns[at].Collation = collation
	}
	set("sku", "C")
	set("name_folded", "")
	drafts, err := migration.DiffTables(t.Context(), changed, dir, "collations", time.Now(), dev)
	if err != nil || len(drafts) != 1 || drafts[0].Database != "postgres" || len(drafts[0].Warnings) != 0 {
		t.Fatalf("drafts %+v, %v", drafts, err)
	}
	for _, want := range []string{`ALTER COLUMN "sku" TYPE character varying(64) COLLATE "C"`, `ALTER COLUMN "name_folded" TYPE text`} {
		if !strings.Contains(drafts[0].SQL, want) {
			t.Errorf("%s lacks %s", drafts[0].SQL, want)
		}
	}
	again, err := migration.DiffTables(t.Context(), changed, dir, "again", time.Now(), dev)
	if err != nil || len(again) != 0 {
		t.Errorf("a second diff found %+v, %v", again, err)
	}
}

func TestDiffOfANewTable(t *testing.T) {
	t.Parallel()
	dir := copyFiles(t, migrations.Files)
	id := &schema.Column{Name: "id", Type: field.TypeInt64, Increment: true}
	things := &schema.Table{Name: "made_up_things", Columns: []*schema.Column{id}, PrimaryKey: []*schema.Column{id}}
	drafts, err := migration.DiffTables(t.Context(), append(shopTables(t), things), dir, "things", time.Now(), devServer(t))
	if err != nil || len(drafts) != 2 {
		t.Fatalf("drafts %+v, %v", drafts, err)
	}
	for _, draft := range drafts {
		if !strings.Contains(draft.SQL, "CREATE TABLE") || strings.Contains(draft.SQL, "EXTENSION") {
			t.Errorf("%s", draft.SQL)
		}
	}
}

func TestDiffWarns(t *testing.T) {
	t.Parallel()
	dir := copyFiles(t, migrations.Files)
	changed := slices.DeleteFunc(shopTables(t), func(table *schema.Table) bool { return table.Name == "order_events" })
	products := table(t, changed, "products")
	products.Columns = slices.DeleteFunc(products.Columns, func(column *schema.Column) bool { return column.Name == "low_stock_at" })
	products.Columns = append(products.Columns, &schema.Column{Name: "made_up", Type: field.TypeString})
	customers := table(t, changed, "customers")
	phone := slices.IndexFunc(customers.Columns, func(column *schema.Column) bool { return column.Name == "phone" })
	customers.Columns[phone].Nullable = false
	note := slices.IndexFunc(customers.Columns, func(column *schema.Column) bool { return column.Name == "note" })
	customers.Columns[note].Nullable, customers.Columns[note].Default = false, "none"
	position := slices.IndexFunc(table(t, changed, "categories").Columns, func(column *schema.Column) bool { return column.Name == "position" })
	table(t, changed, "categories").Columns[position].Type = field.TypeFloat64
	name := slices.IndexFunc(customers.Columns, func(column *schema.Column) bool { return column.Name == "name" })
	customers.Columns[name].SchemaType = map[string]string{dialect.Postgres: "varchar(300)"} // long enough for all existing values
	email := slices.IndexFunc(customers.Columns, func(column *schema.Column) bool { return column.Name == "email" })
	customers.Columns[email].SchemaType = map[string]string{dialect.Postgres: "varchar(64)"}
	fresh := &schema.Column{Name: "fresh", Type: field.TypeString, Nullable: true, Unique: true}
	customers.Columns = append(customers.Columns, fresh)
	customers.Indexes = append(customers.Indexes,
		&schema.Index{Name: "customers_name_alone", Unique: true, Columns: []*schema.Column{customers.Columns[name]}})

	drafts, err := migration.DiffTables(t.Context(), changed, dir, "risky", time.Now(), devServer(t))
	if err != nil || len(drafts) != 2 {
		t.Fatalf("drafts %+v, %v", drafts, err)
	}
	want := []string{
		"adds the required column products.made_up without a default: fails if the table has rows; entsql.Default says what they get",
		"adds the unique index customers_name_alone to the table customers: fails if two rows have the same values there",
		"changes the type of the column categories.position: see what becomes of its values",
		"drops the column products.low_stock_at with its values: " +
			"where only its name is another one, say so by --rename products.low_stock_at=NAME",
		"drops the table order_events with all its rows: where only its name is another one, say so by --rename order_events=NAME",
		"makes the column customers.phone required: fails if a row has no value there",
	}
	shortens := "shortens the column customers.email to 64 characters: fails if a row has more, and SQLite keeps them: " +
		"see for both what becomes of them"
	for _, draft := range drafts {
		want := want
		if draft.Database == "postgres" { // SQLite has no such limits, and fills in a default
			want = append(slices.Clone(want), shortens, "makes the column customers.note required: fails if a row has no value there")
		}
		slices.Sort(want)
		slices.Sort(draft.Warnings)
		if diff := cmp.Diff(want, draft.Warnings); diff != "" {
			t.Errorf("%s: warnings (-want +got):\n%s", draft.Database, diff)
		}
	}
}

// Renamed columns and tables keep their values and everything that depends on them.
func TestDiffOfOtherNames(t *testing.T) {
	t.Parallel()
	dev := devServer(t)
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := shopHistory(t, db)
		up(t, db, h.options())
		insertTree(t, db)
		changed := shopTables(t)
		products := table(t, changed, "products")
		sku := slices.IndexFunc(products.Columns, func(column *schema.Column) bool { return column.Name == "sku" })
		products.Columns[sku].Name = "article"
		products.Name = "goods"
		for _, index := range products.Indexes {
			index.Name = strings.NewReplacer("product_", "goods_", "sku", "article").Replace(index.Name)
		}
		renames := make([]migration.Rename, 2)
		for i, text := range []string{"products.sku=article", "products=goods"} {
			var err error
			if renames[i], err = migration.ParseRename(text); err != nil {
				t.Fatal(err)
			}
		}
		renames[1].Resource = "goods"
		insertMentions(t, db)
		drafts, err := migration.DiffTables(t.Context(), changed, h.root, "other_names", time.Now(), dev, renames...)
		if err != nil || len(drafts) != 2 {
			t.Fatalf("drafts %+v, %v", drafts, err)
		}
		for _, draft := range drafts {
			for _, warning := range draft.Warnings {
				t.Errorf("%s %s", draft.Database, warning)
			}
		}
		up(t, db, h.options())
		if got := query(t, db, "SELECT article, stock FROM goods ORDER BY article"); len(got) != 2 || !strings.HasPrefix(got[0], "A ") {
			t.Errorf("goods %v", got)
		}
		for _, mention := range []string{"SELECT permissions FROM roles WHERE id = 99", "SELECT permissions FROM api_tokens"} {
			want := []string{`["orders:read", "goods:read", "goods:update"]`}
			if diff := cmp.Diff(want, query(t, db, mention)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", mention, diff)
			}
		}
		if diff := cmp.Diff([]string{"goods", "orders"}, query(t, db, "SELECT resource FROM audit_entries ORDER BY resource")); diff != "" {
			t.Errorf("the trail (-want +got):\n%s", diff)
		}
		again, err := migration.DiffTables(t.Context(), changed, h.root, "again", time.Now(), dev)
		if err != nil || len(again) != 0 {
			t.Errorf("a second diff found %+v, %v", again, err)
		}
		before := listing(t, h.root)
		if _, err := migration.DiffTables(t.Context(), changed, h.root, "none", time.Now(), dev, migration.Rename{Table: "goods", Column: "sku", To: "x"}); err == nil ||
			!strings.Contains(err.Error(), `rename column "sku" of table "goods" to "x"`) {
			t.Errorf("nothing to rename: %v", err)
		}
		if diff := cmp.Diff(before, listing(t, h.root)); diff != "" {
			t.Errorf("files changed (-before +after):\n%s", diff)
		}
	})
	for _, text := range []string{"", "a", "a=", "a.b", "a.b.c=d", "a=b.c", "A=b", "a b=c", `a"=b`} {
		if r, err := migration.ParseRename(text); err == nil {
			t.Errorf("%q is read as %+v", text, r)
		}
	}
}

// insertMentions makes a role, a token and entries of the trail that name products.
func insertMentions(t *testing.T, db *store.DB) {
	t.Helper()
	const (
		at   = "'2026-01-01 00:00:00+00:00'"
		some = `'["orders:read", "products:read", "products:update"]'`
	)
	storetest.SQL(t, db, "INSERT INTO roles (id, created_at, updated_at, name, label, permissions) VALUES (99, "+at+", "+at+", 'n', 'N', "+some+")")
	storetest.SQL(t, db, "INSERT INTO staff (id, created_at, updated_at, email, name, role_id) VALUES (99, "+at+", "+at+", 'e', 'E', 99)")
	storetest.SQL(t, db, "INSERT INTO api_tokens (created_at, name, permissions, prefix, token_hash, staff_id) VALUES ("+at+", 'T', "+some+", 'p', 'h', 99)")
	for _, resource := range []string{"products", "orders"} {
		storetest.SQL(t, db, "INSERT INTO audit_entries (created_at, actor, actor_kind, action, resource, record_id, changes)"+
			" VALUES ("+at+", 'a', 'staff', 'create', '"+resource+"', 1, '[]')")
	}
}

func TestDiffFromNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	drafts, err := migration.Diff(t.Context(), dir, "init", devServer(t))
	if err != nil || len(drafts) != 2 {
		t.Fatalf("drafts %+v, %v", drafts, err)
	}
	if !strings.HasPrefix(drafts[0].SQL, "-- Create extension \"pg_trgm\"\nCREATE EXTENSION IF NOT EXISTS \"pg_trgm\";\n") {
		t.Errorf("the first migration for PostgreSQL begins %.100q", drafts[0].SQL)
	}
	if strings.Contains(drafts[1].SQL, "EXTENSION") {
		t.Error("an extension on SQLite")
	}
}

func TestDiffRefuses(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Add Barcode", "../escape", "a_", "a;b"} {
		if _, err := migration.Diff(t.Context(), t.TempDir(), name, migration.Dev{}); err == nil {
			t.Errorf("the name %q was taken", name)
		}
	}
	dir := copyFiles(t, migrations.Files)
	if err := os.WriteFile(filepath.Join(dir, "sqlite", "1_added.sql"), []byte("SELECT 1;"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := listing(t, dir)
	if _, err := migration.Diff(t.Context(), dir, "more", migration.Dev{}); err == nil || !strings.Contains(err.Error(), "1_added.sql was added") {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(before, listing(t, dir)); diff != "" {
		t.Errorf("files changed (-before +after):\n%s", diff)
	}
}

// If the clock is behind, the new version must still be newer than the newest one.
func TestDiffVersionsGrow(t *testing.T) {
	t.Parallel()
	dir := copyFiles(t, migrations.Files)
	dev := devServer(t)
	tables := shopTables(t)
	var versions []string
	for _, column := range []string{"one", "two"} {
		products := table(t, tables, "products")
		products.Columns = append(products.Columns, &schema.Column{Name: column, Type: field.TypeInt64, Nullable: true})
		drafts, err := migration.DiffTables(t.Context(), tables, dir, column, time.Unix(0, 0), dev)
		if err != nil || len(drafts) != 2 || drafts[0].Version != drafts[1].Version {
			t.Fatalf("drafts %+v, %v", drafts, err)
		}
		versions = append(versions, drafts[0].Version)
	}
	if versions[0] <= "20260000000000" || versions[0] >= versions[1] {
		t.Errorf("versions %v", versions)
	}
}

// This test has its own server, because other tests have scratch databases too.
func TestNoScratchDatabaseIsLeft(t *testing.T) {
	t.Parallel()
	server, err := pgtemp.Start(t.Context(), pgtemp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	dev := migration.Dev{PostgresURL: server.URL("postgres")}
	if _, err := migration.Diff(t.Context(), copyFiles(t, migrations.Files), "nothing", dev); err != nil {
		t.Fatal(err)
	}
	db := openDB(t, dev.PostgresURL)
	h := newHistory(t, db)
	h.add(t, "1_broken.sql", "CREATE TABLE;\n")
	if _, err := migration.Diff(t.Context(), h.root, "broken", dev); err == nil || !strings.Contains(err.Error(), "1_broken.sql") {
		t.Errorf("error %v", err)
	}
	got := query(t, db, "SELECT datname FROM pg_database WHERE NOT datistemplate")
	if !slices.Equal(got, []string{"postgres"}) {
		t.Errorf("databases %v", got)
	}
	if got := tables(t, db); len(got) != 0 {
		t.Errorf("the database that the URL names has tables: %v", got)
	}
}
