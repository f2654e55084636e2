package adminapi_test

import (
	"encoding/json"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/dialect"
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
