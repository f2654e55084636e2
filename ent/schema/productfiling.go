package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// ProductFiling is the category in which CategorySales counts a product that was sold. It
// differs from the product's own category only while the product has a ProductChange.
type ProductFiling struct{ ent.Schema }

// Mixin of the ProductFiling.
func (ProductFiling) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the ProductFiling.
func (ProductFiling) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("product_id").Unique().Immutable(),
		field.Int64("category_id"),
	}
}

// Annotations of the ProductFiling.
func (ProductFiling) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program keeps it by itself"},
	}
}
