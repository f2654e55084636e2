package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// Tally is a number of records: of orders in a state, or of one kind of scarce product.
// Package summary maintains it, so that nobody has to count them.
type Tally struct{ ent.Schema }

// Mixin of the Tally.
func (Tally) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the Tally.
func (Tally) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxRuneLen(64).Unique().Immutable(),
		field.Int64("number").
			Comment("As of the checkpoint. It can be negative: an order that is not counted yet may already be counted as cancelled."),
	}
}

// Annotations of the Tally.
func (Tally) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program derives it from the orders and the products"},
	}
}
