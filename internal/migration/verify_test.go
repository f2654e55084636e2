package migration_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	desiredsql "github.com/storekeeper/storekeeper/ent/migrate/desired"
	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// sourceTree returns a copy of ent/migrate.
func sourceTree(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "migrations"), migrations.Files); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(root, "desired"), desiredsql.Files); err != nil {
		t.Fatal(err)
	}
	return root
}

func verify(t *testing.T, opts migration.VerifyOptions) []migration.Problem {
	t.Helper()
	problems, err := migration.Verify(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

func verifyLive(t *testing.T, db *store.DB) []migration.Problem {
	t.Helper()
	problems, err := migration.VerifyLive(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

// expect fails the test unless there is exactly this problem. Its text must contain the
// wanted text.
func expect(t *testing.T, problems []migration.Problem, want migration.Problem) {
	t.Helper()
	if len(problems) != 1 {
		t.Fatalf("problems %+v, want one: %+v", problems, want)
	}
	got := problems[0]
	if !strings.Contains(got.Text, want.Text) {
		t.Errorf("text %q, want %q in it", got.Text, want.Text)
	}
	got.Text = want.Text
	if got != want {
		t.Errorf("problem %+v, want %+v", got, want)
	}
}

// engines are the databases that have migrations.
var engines = []string{"postgres", "sqlite"}

func ofEngine(problems []migration.Problem, engine string) []migration.Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p migration.Problem) bool { return p.Engine != engine })
}

// The committed files agree with the schema. If this fails, run `go generate ./...` and
// `storekeeper migrate diff NAME`.
func TestVerifyTheShop(t *testing.T) {
	t.Parallel()
	dirs := map[string]string{dialect.SQLite: "", dialect.Postgres: filepath.Join("..", "..", "ent", "migrate")}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := tables(t, db)
		if problems := verify(t, migration.VerifyOptions{Dir: dirs[db.Dialect()], Dev: devServer(t), DB: db}); len(problems) != 0 {
			t.Errorf("problems %+v", problems)
		}
		if after := tables(t, db); !slices.Equal(before, after) {
			t.Errorf("tables before %v, after %v", before, after)
		}
		if db.Dialect() == dialect.Postgres {
			if left := query(t, db, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'storekeeper%'"); len(left) != 0 {
				t.Errorf("schemas left behind: %v", left)
			}
		}
	})
}

func TestVerifyALiveDatabase(t *testing.T) {
	t.Parallel()
	number := map[string]string{"sqlite": "integer", "postgres": "bigint"}
	for name, c := range map[string]struct {
		damage string
		want   migration.Problem
	}{
		"column dropped": {
			"ALTER TABLE products DROP COLUMN low_stock_at",
			migration.Problem{Table: "products", Column: "low_stock_at", Text: "column products.low_stock_at is missing from the database"},
		},
		"column added": {
			"ALTER TABLE customers ADD COLUMN age TYPE NULL",
			migration.Problem{Table: "customers", Column: "age", Text: "column customers.age is in the database, but not in the schema"},
		},
		"table dropped": {
			"DROP TABLE order_events",
			migration.Problem{Table: "order_events", Text: "table order_events is missing from the database"},
		},
		"table added": {
			"CREATE TABLE notes (id TYPE)",
			migration.Problem{Table: "notes", Text: "table notes is in the database, but not in the schema"},
		},
		"index dropped": {
			"DROP INDEX product_sku",
			migration.Problem{Table: "products", Text: "index product_sku of table products is missing from the database"},
		},
		"index added": {
			"CREATE INDEX hasty ON orders (currency)",
			migration.Problem{Table: "orders", Text: "index hasty of table orders is in the database, but not in the schema"},
		},
		"index weakened": {
			"DROP INDEX product_sku; CREATE INDEX product_sku ON products (sku) WHERE deleted_at IS NULL",
			migration.Problem{Table: "products", Text: "index product_sku of table products differs between the database and the schema"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				storetest.SQL(t, db, strings.ReplaceAll(c.damage, "TYPE", number[folder(db)]))
				want := c.want
				want.Subject, want.Engine = migration.Database, folder(db)
				expect(t, verifyLive(t, db), want)
			})
		})
	}
}

func TestVerifyALivePostgres(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		damage string
		want   migration.Problem
	}{
		"type changed": {
			"ALTER TABLE products ALTER COLUMN low_stock_at TYPE integer",
			migration.Problem{
				Table: "products", Column: "low_stock_at",
				Text: "column products.low_stock_at is integer NULL in the database, but bigint NULL in the schema",
			},
		},
		"collation changed": {
			"ALTER TABLE products ALTER COLUMN name_folded TYPE text",
			migration.Problem{
				Table: "products", Column: "name_folded",
				Text: "column products.name_folded is text NOT NULL DEFAULT '' in the database, but text NOT NULL COLLATE C DEFAULT '' in the schema",
			},
		},
		"default dropped": {
			"ALTER TABLE products ALTER COLUMN stock DROP DEFAULT",
			migration.Problem{
				Table: "products", Column: "stock",
				Text: "column products.stock is bigint NOT NULL in the database, but bigint NOT NULL DEFAULT 0 in the schema",
			},
		},
		"null allowed": {
			"ALTER TABLE products ALTER COLUMN price DROP NOT NULL",
			migration.Problem{
				Table: "products", Column: "price",
				Text: "column products.price is bigint NULL in the database, but bigint NOT NULL in the schema",
			},
		},
		"check dropped": {
			"ALTER TABLE products DROP CONSTRAINT products_stock_range",
			migration.Problem{Table: "products", Text: "check products_stock_range of table products is missing from the database"},
		},
		"check weakened": {
			"ALTER TABLE products DROP CONSTRAINT products_stock_range, ADD CONSTRAINT products_stock_range CHECK (stock >= -5)",
			migration.Problem{Table: "products", Text: "check products_stock_range of table products differs between the database and the schema"},
		},
		"foreign key dropped": {
			"ALTER TABLE products DROP CONSTRAINT products_categories_category",
			migration.Problem{Table: "products", Text: "foreign key products_categories_category of table products is missing from the database"},
		},
		"primary key dropped": {
			"ALTER TABLE order_events DROP CONSTRAINT order_events_pkey",
			migration.Problem{Table: "order_events", Text: "the primary key of table order_events differs"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := storetest.Postgres(t)
			storetest.SQL(t, db, c.damage)
			want := c.want
			want.Subject, want.Engine = migration.Database, "postgres"
			expect(t, verifyLive(t, db), want)
		})
	}
}

func TestVerifyAnOldOrStrangeDatabase(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		expect(t, verifyLive(t, db)[:1], migration.Problem{Subject: migration.History, Engine: folder(db), Text: "_init.sql was not applied: run `storekeeper migrate up`"})

		h := shopHistory(t, db)
		h.add(t, "20990101000000_future.sql", "CREATE TABLE future (id int);\n")
		up(t, db, h.options())
		expect(t, verifyLive(t, db),
			migration.Problem{Subject: migration.History, Engine: folder(db), Text: "migration 20990101000000_future was applied by Storekeeper"})

		storetest.SQL(t, db, "DELETE FROM atlas_schema_revisions WHERE version > '2099'")
		storetest.SQL(t, db, "DROP TABLE future")
		storetest.SQL(t, db, "UPDATE atlas_schema_revisions SET hash = 'AAAA'")
		expect(t, verifyLive(t, db),
			migration.Problem{Subject: migration.History, Engine: folder(db), Text: "was applied to this database with other content"})
	})
}

func TestVerifyAnUnmigratedField(t *testing.T) {
	t.Parallel()
	changed := shopTables(t)
	products := table(t, changed, "products")
	products.Columns = append(products.Columns, &schema.Column{Name: "made_up", Type: field.TypeString, Nullable: true})
	opts := migration.VerifyOptions{Dir: sourceTree(t), Dev: devServer(t)}
	problems, err := migration.VerifyTables(t.Context(), changed, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range engines {
		mine := ofEngine(problems, engine)
		if len(mine) != 2 {
			t.Fatalf("problems %+v", problems)
		}
		expect(t, mine[:1], migration.Problem{Subject: migration.Desired, Engine: engine, Text: engine + ".sql is out of date in line"})
		expect(t, mine[1:], migration.Problem{
			Subject: migration.Migrations, Engine: engine, Table: "products", Column: "made_up",
			Text: "column products.made_up is missing from the migrations",
		})
	}
}

func TestVerifyTheSourceTree(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		damage func(t *testing.T, dir, engine string)
		want   migration.Problem
	}{
		"desired schema edited": {
			func(t *testing.T, dir, engine string) {
				t.Helper()
				appendTo(t, filepath.Join(dir, "desired", engine+".sql"), "-- mine\n")
			},
			migration.Problem{Subject: migration.Desired, Text: ".sql is out of date in line"},
		},
		"desired schema removed": {
			func(t *testing.T, dir, engine string) {
				t.Helper()
				remove(t, filepath.Join(dir, "desired", engine+".sql"))
			},
			migration.Problem{Subject: migration.Desired, Text: ".sql is out of date in line 1"},
		},
		"migration edited": {
			func(t *testing.T, dir, engine string) {
				t.Helper()
				files, err := filepath.Glob(filepath.Join(dir, "migrations", engine, "*_init.sql"))
				if err != nil || len(files) != 1 {
					t.Fatal(files, err)
				}
				appendTo(t, files[0], "-- mine\n")
			},
			migration.Problem{Subject: migration.Checksum, Text: "_init.sql was edited after atlas.sum had been written"},
		},
		"sum removed": {
			func(t *testing.T, dir, engine string) {
				t.Helper()
				remove(t, filepath.Join(dir, "migrations", engine, "atlas.sum"))
			},
			migration.Problem{Subject: migration.Checksum, Text: "checksum file not found"},
		},
		"migration broken": {
			func(t *testing.T, dir, engine string) {
				t.Helper()
				h := &history{dir: filepath.Join(dir, "migrations", engine)}
				h.add(t, "20990101000000_broken.sql", "CREATE TABLE;\n")
			},
			migration.Problem{Subject: migration.Migrations, Text: "migration 20990101000000_broken.sql, line 1, statement 1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := sourceTree(t)
			for _, engine := range engines {
				c.damage(t, dir, engine)
			}
			problems := verify(t, migration.VerifyOptions{Dir: dir, Dev: devServer(t)})
			for _, engine := range engines {
				want := c.want
				want.Engine = engine
				expect(t, ofEngine(problems, engine), want)
			}
		})
	}
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(content, text...), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A server that cannot be reached is not a problem of the schema, and does not hide the
// problems that can be found without it.
func TestVerifyWithoutDevelopmentServer(t *testing.T) {
	t.Parallel()
	dev := migration.Dev{PostgresURL: "postgres://nobody:secret@127.0.0.1:1/none?sslmode=disable&connect_timeout=1"}
	db := storetest.SQLite(t)
	storetest.SQL(t, db, "DROP TABLE order_events")
	problems, err := migration.Verify(t.Context(), migration.VerifyOptions{Dev: dev, DB: db})
	if err == nil || !strings.Contains(err.Error(), "migrations for postgres") {
		t.Fatalf("error %v", err)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the password is in %q", err)
	}
	expect(t, problems, migration.Problem{
		Subject: migration.Database, Engine: "sqlite", Table: "order_events",
		Text: "table order_events is missing from the database",
	})
}
