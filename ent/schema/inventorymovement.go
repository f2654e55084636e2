package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// InventoryMovement is one change of a product's stock. The sum of a product's
// movements is its stock.
type InventoryMovement struct{ ent.Schema }

// Mixin of the InventoryMovement.
func (InventoryMovement) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the InventoryMovement.
func (InventoryMovement) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("product_id").Immutable(),
		field.Int64("quantity_change").Immutable().
			Annotations(admin.Range(-shop.MaxStock, shop.MaxStock), admin.Label("Change")),
		field.Int64("balance_after").Min(0).Max(shop.MaxStock).Immutable().
			Annotations(admin.Label("Stock after")).
			Comment("The product's stock after this movement."),
		field.Enum("reason").GoType(shop.MovementReason("")).Immutable(),
		field.String("note").Optional().Nillable().MaxRuneLen(shop.MaxNote).
			Comment("Changed only by the erasure of personal data."),
		field.Int64("order_item_id").Optional().Nillable().Immutable(),
		field.String("actor").NotEmpty().MaxRuneLen(shop.MaxActor).Immutable().Annotations(admin.Label("Who")),
	}
}

// Edges of the InventoryMovement.
func (InventoryMovement) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Unique().Required().Immutable().Field("product_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
		edge.To("order_item", OrderItem.Type).Unique().Immutable().Field("order_item_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the InventoryMovement.
func (InventoryMovement) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("order_item_id", "reason").Unique(),
		index.Fields("product_id", "id"),
		index.Fields("product_id", "created_at", "id"), // stock as of a time
		index.Fields("created_at", "id"),
		index.Fields("created_at").StorageKey("inventorymovement_returned_at"). // for what came back in a period
											Annotations(entsql.IndexWhere("reason = 'return'")),
	}
}

// Hooks of the InventoryMovement.
func (InventoryMovement) Hooks() []ent.Hook {
	return []ent.Hook{invariant.AppendOnlyBut("note"), audit.StockHook(), invariant.LedgerOnly()}
}

// Annotations of the InventoryMovement.
func (InventoryMovement) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "it is a trail itself: what a person moves is told of the product, what a sale, a cancellation or the return of an order line moves of the order"},
		admin.Resource{
			Group: "Catalog", Icon: "movement",
			Operations: []definition.Operation{definition.List, definition.Get},
		},
		entsql.Checks(map[string]string{
			"inventory_movements_quantity_change_not_zero": "quantity_change <> 0",
			"inventory_movements_balance_after_range":      "balance_after >= 0 AND balance_after <= 9007199254740991",
		}),
	}
}
