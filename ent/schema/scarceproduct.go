package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// ScarceProduct is a product on sale that is out of stock or low. Package summary
// maintains it, so that no index of the products has to include the stock.
type ScarceProduct struct{ ent.Schema }

// Mixin of the ScarceProduct.
func (ScarceProduct) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the ScarceProduct.
func (ScarceProduct) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("product_id").Unique().Immutable(),
		field.Int64("stock"),
	}
}

// Indexes of the ScarceProduct.
func (ScarceProduct) Indexes() []ent.Index {
	return []ent.Index{index.Fields("stock", "product_id")}
}

// Annotations of the ScarceProduct.
func (ScarceProduct) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program derives it from the products"},
	}
}
