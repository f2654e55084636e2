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
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// OrderEvent is an entry of an order's timeline.
type OrderEvent struct{ ent.Schema }

// Mixin of the OrderEvent.
func (OrderEvent) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the OrderEvent.
func (OrderEvent) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("order_id").Immutable(),
		field.Enum("kind").GoType(shop.EventKind("")).Immutable(),
		field.Enum("from").GoType(shop.OrderStatus("")).Optional().Nillable().Immutable(),
		field.Enum("to").GoType(shop.OrderStatus("")).Optional().Nillable().Immutable(),
		field.Text("note").Optional().Nillable().MaxRuneLen(shop.MaxNote).
			Comment("Changed only by the erasure of personal data."),
		field.String("actor").NotEmpty().MaxRuneLen(shop.MaxActor).Immutable(),
	}
}

// Edges of the OrderEvent.
func (OrderEvent) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("order", Order.Type).Unique().Required().Immutable().Field("order_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Annotations of the OrderEvent.
func (OrderEvent) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Access{Read: "orders:read"},
		admin.Unaudited{Because: "it is a trail itself: its notes are told of the order"},
	}
}

// Indexes of the OrderEvent.
func (OrderEvent) Indexes() []ent.Index {
	return []ent.Index{index.Fields("order_id", "id")}
}

// Hooks of the OrderEvent.
func (OrderEvent) Hooks() []ent.Hook {
	return []ent.Hook{invariant.AppendOnlyBut("note"), audit.NoteHook()}
}
