package migration_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// officialHistory is the table as Atlas's own command line declares it. The command line
// creates and migrates it with ent.
func officialHistory() *schema.Table {
	columns := []*schema.Column{
		{Name: "version", Type: field.TypeString},
		{Name: "description", Type: field.TypeString},
		{Name: "type", Type: field.TypeUint, Default: 2},
		{Name: "applied", Type: field.TypeInt, Default: 0},
		{Name: "total", Type: field.TypeInt, Default: 0},
		{Name: "executed_at", Type: field.TypeTime},
		{Name: "execution_time", Type: field.TypeInt64},
		{Name: "error", Type: field.TypeString, Nullable: true, Size: 2147483647},
		{Name: "error_stmt", Type: field.TypeString, Nullable: true, Size: 2147483647},
		{Name: "hash", Type: field.TypeString},
		{Name: "partial_hashes", Type: field.TypeJSON, Nullable: true},
		{Name: "operator_version", Type: field.TypeString},
	}
	return &schema.Table{Name: "atlas_schema_revisions", Columns: columns, PrimaryKey: columns[:1]}
}

// makeOfficialHistory creates the table as the command line does before it migrates.
func makeOfficialHistory(t *testing.T, db *store.DB) (statements string) {
	t.Helper()
	var written strings.Builder
	drv := &schema.WriteDriver{Driver: entsql.OpenDB(db.Dialect(), db.SQL()), Writer: &written}
	for _, target := range []dialect.Driver{drv, drv.Driver} {
		m, err := schema.NewMigrate(target, schema.WithDropColumn(true))
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Create(t.Context(), officialHistory()); err != nil {
			t.Fatal(err)
		}
	}
	return written.String()
}

const (
	postgresShape = `SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, coalesce(pg_get_expr(d.adbin, d.adrelid), '-'),
		coalesce(i.indisprimary, false)
		FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey)
		WHERE a.attrelid = 'public.atlas_schema_revisions'::regclass AND a.attnum > 0 ORDER BY a.attnum`
	sqliteShape = `SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info('atlas_schema_revisions') ORDER BY cid`
)

// The table is the same as the one that Atlas's command line makes: it has the same
// columns, and the command line would change nothing in it.
func TestHistoryTableIsTheOfficialOne(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		official := openDB(t, storetest.EmptyURL(t, db.Dialect()))
		if made := makeOfficialHistory(t, official); !strings.Contains(made, "CREATE TABLE") {
			t.Fatalf("the official table was not made: %s", made)
		}
		up(t, db, migration.Options{})
		if statements := makeOfficialHistory(t, db); strings.Contains(statements, "TABLE") {
			t.Errorf("the official command line would change the table: %s", statements)
		}
		shape := postgresShape
		if db.Dialect() == dialect.SQLite {
			shape = sqliteShape
		}
		want := query(t, official, shape)
		if diff := cmp.Diff(want, query(t, db, shape)); diff != "" || len(want) != 12 {
			t.Errorf("columns (-official +ours):\n%s", diff)
		}
	})
}

func TestHistoryContent(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := newHistory(t, db)
		h.add(t, "20260102030405_two_tables.sql", "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n")
		up(t, db, h.options())
		rows := query(t, db, `SELECT version, description, type, applied, total, error = '', error_stmt = '', hash,
			partial_hashes, operator_version, execution_time >= 0, executed_at FROM atlas_schema_revisions`)
		yes := "1"
		if db.Dialect() == dialect.Postgres {
			yes = "true"
		}
		pattern := regexp.MustCompile(`^20260102030405 two_tables 2 2 2 ` + yes + ` ` + yes +
			` [A-Za-z0-9+/]{43}= null Storekeeper.* ` + yes + ` \d{4}-\d\d-\d\d `)
		if len(rows) != 1 || !pattern.MatchString(rows[0]) {
			t.Errorf("history %q, want it to match %s", rows, pattern)
		}
	})
}

// A history that Atlas's command line began is continued, and the row in which the
// command line keeps its own identifier is ignored.
func TestOfficialHistoryGoesOn(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := newHistory(t, db)
		h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
		ours := openDB(t, storetest.EmptyURL(t, db.Dialect()))
		up(t, ours, h.options())
		hash := query(t, ours, "SELECT hash FROM atlas_schema_revisions")[0]

		makeOfficialHistory(t, db)
		const insert = "INSERT INTO atlas_schema_revisions (version, description, type, applied, total, executed_at, execution_time, " +
			"error, error_stmt, hash, partial_hashes, operator_version) VALUES "
		storetest.SQL(t, db, insert+"('.atlas_cloud_identifier', '0190a6b2-7c7a-7000-8000-000000000000', 2, 0, 0, "+
			"'2026-01-02 03:04:05.678901234+00:00', 0, NULL, NULL, '', NULL, 'Atlas CLI v1.2.3')")
		state := statusOf(t, db, h)
		if len(state.Applied) != 0 || !slices.Equal(names(state.Pending), []string{"1_a.sql"}) {
			t.Errorf("with the identifier alone: %+v", state)
		}

		storetest.SQL(t, db, "CREATE TABLE a (id int)")
		storetest.SQL(t, db, insert+"('1', 'a', 2, 1, 1, '2026-01-02 03:04:06.789012345+00:00', 1234, '', '', '"+hash+"', 'null', 'Atlas CLI v1.2.3')")
		h.add(t, "2_b.sql", "CREATE TABLE b (id int);\n")
		if got := names(up(t, db, h.options())); !slices.Equal(got, []string{"2_b.sql"}) {
			t.Errorf("applied %v", got)
		}
		state = statusOf(t, db, h)
		if len(state.Applied) != 2 || state.Applied[0].By != "Atlas CLI v1.2.3" || state.Applied[0].At.Second() != 6 {
			t.Errorf("history %+v", state.Applied)
		}
		if got := query(t, db, "SELECT count(*) FROM atlas_schema_revisions"); got[0] != "3" {
			t.Errorf("%s rows: the identifier is gone", got[0])
		}
	})
}

func TestBaselineOfTheOfficialCommandLine(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := newHistory(t, db)
		h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
		h.add(t, "2_b.sql", "CREATE TABLE b (id int);\n")
		makeOfficialHistory(t, db)
		storetest.SQL(t, db, "INSERT INTO atlas_schema_revisions (version, description, type, applied, total, executed_at, execution_time, "+
			"error, error_stmt, hash, partial_hashes, operator_version) "+
			"VALUES ('1', 'a', 1, 0, 0, '2026-01-02 03:04:06+00:00', 0, '', '', '', 'null', 'Atlas CLI v1.2.3')")
		if got := names(up(t, db, h.options())); !slices.Equal(got, []string{"2_b.sql"}) {
			t.Errorf("applied %v", got)
		}
	})
}
