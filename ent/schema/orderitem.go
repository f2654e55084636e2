package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// OrderItem is a line of an order: a snapshot of the product at checkout.
type OrderItem struct{ ent.Schema }

// Mixin of the OrderItem.
func (OrderItem) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, AppendOnly{}} }

// Fields of the OrderItem.
func (OrderItem) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("order_id").Immutable(),
		field.Int64("product_id").Immutable(),
		field.String("sku").NotEmpty().MaxRuneLen(64).Immutable().
			Annotations(admin.Label("SKU")),
		field.String("product_name").NotEmpty().MaxRuneLen(255).Immutable().
			Annotations(admin.Label("Product name")),
		field.Int64("quantity").Min(1).Max(shop.MaxQuantity).Immutable(),
		field.Int64("price").GoType(shop.Money(0)).Min(0).Max(int64(shop.MaxMoney)).Immutable(),
	}
}

// Edges of the OrderItem.
func (OrderItem) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("order", Order.Type).Unique().Required().Immutable().Field("order_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
		edge.To("product", Product.Type).Unique().Required().Immutable().Field("product_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the OrderItem.
func (OrderItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("order_id", "id"),
		index.Fields("product_id", "id"),
	}
}

// Hooks of the OrderItem.
func (OrderItem) Hooks() []ent.Hook { return []ent.Hook{invariant.ItemMovesStock()} }

// Annotations of the OrderItem.
func (OrderItem) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the checkout tells the lines of its order"},
		admin.Resource{
			Group: "Sales", Icon: "item", Title: "product_name",
			Operations: []definition.Operation{definition.List, definition.Get},
		},
		entsql.Checks(map[string]string{
			"order_items_quantity_range": "quantity > 0 AND quantity <= 1000000",
			"order_items_price_range":    "price >= 0 AND price <= 9007199254740991",
		}),
	}
}
