package listquery_test

import (
	"errors"
	"testing"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// products is the resource that most tests list. It has fields of every type except numbers
// and enums, some of them nullable.
func products() *definition.Resource {
	return &definition.Resource{
		Name: "products", Entity: "Product", Table: "products",
		DefaultSort: "-id", SoftDelete: true, Versioned: true,
		Fields: []definition.Field{
			plain("id", definition.Integer),
			code(search(plain("sku", definition.String))),
			folded(search(plain("name", definition.String))),
			{Name: "description", Column: "description", Type: definition.Text},
			plain("price", definition.Money),
			plain("stock", definition.Integer),
			nullable(plain("low_stock_at", definition.Integer)),
			plain("is_active", definition.Boolean),
			reference(plain("category_id", definition.Reference), "categories"),
			plain("created_at", definition.DateTime),
			plain("updated_at", definition.DateTime),
			plain("version", definition.Integer),
			nullable(plain("deleted_at", definition.DateTime)),
		},
	}
}

// customers is a resource with a telephone number.
func customers() *definition.Resource {
	phone := code(search(plain("phone", definition.String)))
	phone.Digits = "phone_digits"
	return &definition.Resource{
		Name: "customers", Entity: "Customer", Table: "customers", DefaultSort: "-id", SoftDelete: true,
		Fields: []definition.Field{plain("id", definition.Integer), folded(search(plain("name", definition.String))), phone},
	}
}

// specimens has fields of every type, with every combination of properties.
func specimens() *definition.Resource {
	res := &definition.Resource{
		Name: "specimens", Table: "specimens", DefaultSort: "",
		Fields: []definition.Field{plain("id", definition.Integer)},
	}
	for _, t := range types {
		f := plain("a_"+string(t), t)
		if t == definition.Enum {
			f.Enum = []string{"pending", "shipped"}
		}
		computed, closed := f, f
		computed.Name, computed.Computed = "computed_"+string(t), true
		closed.Name, closed.Filterable, closed.Sortable = "closed_"+string(t), false, false
		null := nullable(f)
		null.Name, null.Column = "maybe_"+string(t), "maybe_"+string(t)
		res.Fields = append(res.Fields, f, null, computed, closed)
	}
	return res
}

var types = []definition.Type{
	definition.String, definition.Text, definition.Integer, definition.Number, definition.Money,
	definition.Boolean, definition.DateTime, definition.Enum, definition.Reference, definition.Strings, definition.JSON,
}

func plain(name string, t definition.Type) definition.Field {
	return definition.Field{Name: name, Column: name, Type: t, Sortable: true, Filterable: true}
}

func nullable(f definition.Field) definition.Field {
	f.Nullable = true
	return f
}

func search(f definition.Field) definition.Field {
	f.Searchable = true
	return f
}

func folded(f definition.Field) definition.Field {
	f.Folded = f.Column + fold.Suffix
	return f
}

func code(f definition.Field) definition.Field {
	f.MaxLength = new(64)
	return f
}

func reference(f definition.Field, to string) definition.Field {
	f.Reference = to
	return f
}

// parse fails the test unless the query is accepted.
func parse(tb testing.TB, res *definition.Resource, rawQuery string, scopes ...listquery.Scope) *listquery.Query {
	tb.Helper()
	q, err := listquery.Parse(res, rawQuery, scopes...)
	if err != nil {
		tb.Fatalf("Parse(%s): %v", rawQuery, err)
	}
	return q
}

// refusals returns the locations that Parse refuses, or none when it accepts the query.
func refusals(tb testing.TB, res *definition.Resource, rawQuery string, scopes ...listquery.Scope) []string {
	tb.Helper()
	q, err := listquery.Parse(res, rawQuery, scopes...)
	if err == nil {
		return nil
	}
	if q != nil {
		tb.Errorf("Parse(%s) returns a query beside its error", rawQuery)
	}
	refused, ok := errors.AsType[*shop.Error](err)
	if !ok || refused.Kind != shop.KindInvalid || len(refused.Fields) == 0 {
		tb.Fatalf("Parse(%s): %v is no refusal of parameters", rawQuery, err)
	}
	locations := make([]string, len(refused.Fields))
	for i, f := range refused.Fields {
		locations[i] = f.Location
		if f.Message == "" {
			tb.Errorf("Parse(%s): %s has no message", rawQuery, f.Location)
		}
	}
	return locations
}
