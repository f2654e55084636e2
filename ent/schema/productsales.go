package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// ProductSales sums up what was sold of a product in a day or month of UTC. Package
// summary maintains it, and reports read it.
type ProductSales struct{ ent.Schema }

// Mixin of the ProductSales.
func (ProductSales) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the ProductSales.
func (ProductSales) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("span").Values("day", "month").Immutable(),
		field.Time("since").Immutable().
			Comment("The beginning of the day or the month."),
		field.String("currency").MinLen(3).MaxRuneLen(3).Immutable(),
		field.Int64("product_id").Immutable(),
		field.Int64("revenue"),
		field.Int64("units"),
	}
}

// Indexes of the ProductSales. The others find what sold best first.
func (ProductSales) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("span", "since", "currency", "product_id").Unique(),
		index.Fields("span", "since", "currency", "revenue", "product_id"),
		index.Fields("span", "since", "currency", "units", "product_id"),
	}
}

// Annotations of the ProductSales.
func (ProductSales) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entsql.Annotation{
			Table: "product_sales",
			// SQLite turns integers that overflow into floating point. An amount that is
			// added, which may be negative, has to meet this check too.
			Checks: map[string]string{
				"product_sales_range": "revenue >= -4611686018427387903 AND revenue <= 4611686018427387903",
			},
		},
		admin.Unaudited{Because: "the program derives it from the orders"},
	}
}
