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

// Order is what a customer bought at checkout. Only its status can change and, until it
// is shipped, its delivery address.
type Order struct{ ent.Schema }

// Mixin of the Order.
func (Order) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Mutable{}} }

// Fields of the Order.
func (Order) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("customer_id").Immutable(),
		field.Enum("status").GoType(shop.OrderStatus("")).Default(string(shop.Pending)),
		field.Int64("total_amount").GoType(shop.Money(0)).Min(0).Max(int64(shop.MaxMoney)).Immutable().
			Annotations(admin.Label("Total")),
		field.String("currency").MinLen(3).MaxRuneLen(3).Immutable(),
		field.Time("placed_at").Immutable().Default(shop.Now).
			Annotations(admin.Label("Placed")),
		field.String("delivery_address").Optional().Nillable().NotEmpty().MaxRuneLen(500).Validate(invariant.NotBlank).
			Annotations(admin.Multiline()).
			Comment("Where the order is sent: the customer's address at checkout, unless another one was given."),
	}
}

// Edges of the Order.
func (Order) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("customer", Customer.Type).Unique().Required().Immutable().Field("customer_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the Order.
func (Order) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("customer_id", "id"),
		index.Fields("status", "id"),
		index.Fields("placed_at", "id"),
		index.Fields("status", "placed_at", "id"), // orders to be packed, oldest first
	}
}

// Hooks of the Order.
func (Order) Hooks() []ent.Hook {
	return []ent.Hook{invariant.NeverDeleted(), invariant.OrderTransition(), invariant.DeliveryAddress()}
}

// Annotations of the Order.
func (Order) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Resource{
			Group: "Sales", Icon: "order", Title: "number",
			Operations: []definition.Operation{definition.List, definition.Get},
			Computed: []admin.Computed{
				{Name: "number", Type: definition.Integer, Description: "1000 + id, shown as #1001"},
				{Name: "allowed_transitions", Type: definition.JSON, Description: "states to which the order can move next"},
				{Name: "items", Type: definition.JSON, Description: "the lines of the order"},
			},
		},
		entsql.Checks(map[string]string{
			"orders_total_amount_range": "total_amount >= 0 AND total_amount <= 9007199254740991",
		}),
	}
}
