package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// CategorySales holds two kinds of sums for the products that are filed under a category
// (ProductFiling): of their ProductSales, and of what was sold of them in an hour of UTC.
// Package summary maintains it, and reports read it.
type CategorySales struct{ ent.Schema }

// Mixin of the CategorySales.
func (CategorySales) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the CategorySales.
func (CategorySales) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("span").Values("hour", "day", "month").Immutable(),
		field.Time("since").Immutable().
			Comment("The beginning of the hour, the day or the month."),
		field.String("currency").MinLen(3).MaxRuneLen(3).Immutable(),
		field.Int64("category_id").Immutable(),
		field.Int64("revenue"),
		field.Int64("units"),
	}
}

// Indexes of the CategorySales.
func (CategorySales) Indexes() []ent.Index {
	return []ent.Index{index.Fields("span", "since", "currency", "category_id").Unique()}
}

// Annotations of the CategorySales.
func (CategorySales) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entsql.Annotation{
			Table:  "category_sales",
			Checks: map[string]string{"category_sales_range": "revenue >= -4611686018427387903 AND revenue <= 4611686018427387903"},
		},
		admin.Unaudited{Because: "the program derives it from the orders"},
	}
}
