package seed_test

import (
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

// faults returns the differences between the filled columns and the schema: columns that
// do not exist, and columns that nothing would fill.
func faults(table *schema.Table, filled []string) []string {
	var all []string
	for _, c := range table.Columns {
		if !slices.Contains(filled, c.Name) && !c.Nullable && c.Default == nil {
			all = append(all, table.Name+"."+c.Name+" is required and not filled")
		}
	}
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

// A new column shows up as a fault only when nothing else would fill it.
func TestColumnsCatchWhatRots(t *testing.T) {
	t.Parallel()
	table := &schema.Table{Name: "products", Columns: []*schema.Column{
		{Name: "id", Type: field.TypeInt64, Increment: true},
		{Name: "barcode", Type: field.TypeString, Nullable: true},
		{Name: "grade", Type: field.TypeInt64, Default: 3},
		{Name: "origin", Type: field.TypeString},
	}}
	want := []string{"products.origin is required and not filled", "products.sku does not exist"}
	if diff := cmp.Diff(want, faults(table, []string{"id", "sku"})); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestNewColumnsJustWork(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, table := range seed.Tables() {
			for _, column := range []string{"extra varchar NULL", "grade bigint NOT NULL DEFAULT 3"} {
				if _, err := db.SQL().ExecContext(storetest.Context(t), "ALTER TABLE "+table+" ADD COLUMN "+column); err != nil {
					t.Fatal(err)
				}
			}
		}
		run(t, db, small())
	})
}
