package seed_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// faults are the filled columns that do not exist.
func faults(table *schema.Table, filled []string) []string {
	var all []string
	for _, name := range filled {
		if !slices.ContainsFunc(table.Columns, func(c *schema.Column) bool { return c.Name == name }) {
			all = append(all, table.Name+"."+name+" does not exist")
		}
	}
	return all
}

// The lists of columns agree with the schema.
func TestColumns(t *testing.T) {
	t.Parallel()
	columns, values := seed.Filled()
	var seen []string
	for _, table := range migrate.Tables {
		filled, ok := columns[table.Name]
		if !ok {
			continue
		}
		seen = append(seen, table.Name)
		if all := faults(table, filled); len(all) > 0 {
			t.Error(strings.Join(all, "\n"))
		}
		if values[table.Name] != len(filled) {
			t.Errorf("%s has %d columns and %d values", table.Name, len(filled), values[table.Name])
		}
	}
	want := slices.Sorted(slices.Values(seed.Tables()))
	if diff := cmp.Diff(want, slices.Sorted(slices.Values(seen))); diff != "" {
		t.Error("tables (-written +known to the schema):\n" + diff)
	}
}

// Columns that are required and have no default are filled with what their type allows,
// and with different values where these have to be.
func TestMadeUp(t *testing.T) {
	t.Parallel()
	unique := func(c schema.Column) *schema.Column {
		c.Unique = true
		return &c
	}
	columns := map[string]*schema.Column{
		"varchar(8)":       unique(schema.Column{Type: field.TypeString, Size: 8}),
		"varchar(2)":       {Type: field.TypeString, Size: 2},
		"text":             {Type: field.TypeString, Size: 1 << 30},
		"varchar(5)":       {Type: field.TypeEnum, Enums: []string{"small", "large"}},
		"bigint":           unique(schema.Column{Type: field.TypeInt64}),
		"smallint":         {Type: field.TypeInt8},
		"double precision": {Type: field.TypeFloat64},
		"bool":             {Type: field.TypeBool},
		"timestamptz":      {Type: field.TypeTime},
		"jsonb":            {Type: field.TypeJSON},
		"uuid":             unique(schema.Column{Type: field.TypeUUID}),
		"bytea":            {Type: field.TypeBytes},
	}
	defined := []string{"id bigint PRIMARY KEY", "created_at timestamptz NOT NULL"}
	extended := &schema.Table{Name: "extended", Columns: []*schema.Column{
		{Name: "nothing", Type: field.TypeString, Nullable: true}, {Name: "three", Type: field.TypeInt64, Default: 3},
	}}
	for i, kind := range slices.Sorted(maps.Keys(columns)) {
		c := columns[kind]
		c.Name = fmt.Sprintf("a_%d", i)
		extended.Columns = append(extended.Columns, c)
		defined = append(defined, c.Name+" "+kind+" NOT NULL"+map[bool]string{true: " UNIQUE"}[c.Unique])
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		storetest.SQL(t, db, "CREATE TABLE extended ("+strings.Join(defined, ", ")+")")
		const rows = 250
		if err := seed.Extended(ctx, db, extended, rows); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.SQL().QueryRowContext(ctx, "SELECT count(*) FROM extended").Scan(&n); err != nil || n != rows {
			t.Errorf("%d rows (%v), want %d", n, err, rows)
		}
	})
}

// A reference cannot be made up.
func TestMadeUpReference(t *testing.T) {
	t.Parallel()
	owner := &schema.Column{Name: "owner_id", Type: field.TypeInt64}
	things := &schema.Table{Name: "things", Columns: []*schema.Column{owner}, ForeignKeys: []*schema.ForeignKey{
		{Columns: []*schema.Column{owner}, RefTable: &schema.Table{Name: "owners"}},
	}}
	const want = "things.owner_id has to refer to one of the owners"
	if err := seed.Extended(t.Context(), nil, things, 1); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestNewColumnsJustWork(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, table := range seed.Tables() {
			for _, column := range []string{"extra varchar NULL", "grade bigint NOT NULL DEFAULT 3"} {
				storetest.SQL(t, db, "ALTER TABLE "+table+" ADD COLUMN "+column)
			}
		}
		run(t, db, small())
	})
}
