package adminapi_test

import (
	"encoding/json"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/shop"
)

func TestPrepare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		field   ent.Field
		pointer bool
		column  string
	}{
		"string":             {field.String("x"), false, "varchar(255)"},
		"limited":            {field.String("x").MaxRuneLen(64).Optional(), true, "varchar(64)"},
		"long":               {field.Text("x").MaxRuneLen(10_000), false, "varchar(10000)"},
		"unlimited":          {field.Text("x").Optional(), true, ""},
		"its own type":       {field.String("x").SchemaType(map[string]string{dialect.Postgres: "citext"}), false, "citext"},
		"other database":     {field.String("x").SchemaType(map[string]string{dialect.MySQL: "text"}), false, "varchar(255)"},
		"money":              {field.Int64("x").GoType(shop.Money(0)).Optional(), true, ""},
		"small number":       {field.Int8("x").Optional(), true, "bigint"},
		"number":             {field.Int("x"), false, ""},
		"time":               {field.Time("x").Optional(), true, ""},
		"enum":               {field.Enum("x").Values("a").Optional(), true, ""},
		"bytes":              {field.Bytes("x").Optional(), false, ""},
		"list":               {field.Strings("x").Optional(), false, ""},
		"object":             {field.JSON("x", struct{ A int }{}).Optional(), false, ""},
		"raw JSON":           {field.JSON("x", json.RawMessage{}).Optional(), false, ""},
		"nillable by itself": {field.Int64("x").Optional().Nillable(), true, ""},
	} {
		graph := graphOf(t, fixtureConfig(), thing(c.field))
		if err := adminapi.Prepare(graph); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		f := graph.Nodes[0].Fields[0]
		if f.Nillable != c.pointer {
			t.Errorf("%s: pointer is %t", name, f.Nillable)
		}
		if got := f.Column().SchemaType[dialect.Postgres]; got != c.column {
			t.Errorf("%s: %q in PostgreSQL, want %q", name, got, c.column)
		}
	}
}

// TestReferencesHold: nothing that is deleted empties the references to it, unless the
// schema says so, on either edge.
func TestReferencesHold(t *testing.T) {
	t.Parallel()
	type (
		Shelf struct{ ent.Schema }
		Thing struct{ ent.Schema }
	)
	setNull := entsql.OnDelete(entsql.SetNull)
	for name, c := range map[string]struct {
		there, back ent.Edge
		want        schema.ReferenceOption
	}{
		"a reference":             {edge.To("shelf", Shelf.Type).Unique().Field("shelf_id"), nil, schema.NoAction},
		"annotated":               {edge.To("shelf", Shelf.Type).Unique().Field("shelf_id").Annotations(setNull), nil, schema.SetNull},
		"both directions":         {edge.From("shelf", Shelf.Type).Ref("things").Unique().Field("shelf_id"), edge.To("things", Thing.Type), schema.NoAction},
		"annotated with the id":   {edge.From("shelf", Shelf.Type).Ref("things").Unique().Field("shelf_id").Annotations(setNull), edge.To("things", Thing.Type), schema.SetNull},
		"annotated with the list": {edge.From("shelf", Shelf.Type).Ref("things").Unique().Field("shelf_id"), edge.To("things", Thing.Type).Annotations(setNull), schema.SetNull},
	} {
		from := thing(field.Int64("shelf_id").Optional())
		from.edges = []ent.Edge{c.there}
		to := spec{name: "Shelf", fields: []ent.Field{field.String("x")}}
		if c.back != nil {
			to.edges = []ent.Edge{c.back}
		}
		graph := graphOf(t, fixtureConfig(), from, to)
		if err := adminapi.Prepare(graph); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		tables, err := graph.Tables()
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			for _, key := range table.ForeignKeys {
				if key.OnDelete != c.want {
					t.Errorf("%s: ON DELETE %s, want %s", name, key.OnDelete, c.want)
				}
			}
			if table.Name == "things" && len(table.ForeignKeys) != 1 {
				t.Errorf("%s: %d foreign keys", name, len(table.ForeignKeys))
			}
		}
	}
}
