package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// CartItem is a line of a customer's cart. It holds no price: the price always comes from
// the product.
type CartItem struct{ ent.Schema }

// Mixin of the CartItem.
func (CartItem) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the CartItem.
func (CartItem) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("customer_id").Immutable(),
		field.Int64("product_id").Immutable(),
		field.Int64("quantity").Min(1).Max(shop.MaxQuantity),
	}
}

// Edges of the CartItem.
func (CartItem) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("customer", Customer.Type).Unique().Required().Immutable().Field("customer_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
		edge.To("product", Product.Type).Unique().Required().Immutable().Field("product_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the CartItem.
func (CartItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("customer_id", "product_id").Unique(),
	}
}

// Annotations of the CartItem.
func (CartItem) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Access{Read: "carts:read", Create: "carts:update", Update: "carts:update", Delete: "carts:update"},
		entsql.Checks(map[string]string{
			"cart_items_quantity_range": "quantity > 0 AND quantity <= 1000000",
		}),
	}
}
