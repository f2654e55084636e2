package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// SalesSlot sums up the orders that were placed in a quarter of an hour. Package summary
// maintains it, and reports read it.
type SalesSlot struct{ ent.Schema }

// Mixin of the SalesSlot.
func (SalesSlot) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the SalesSlot.
func (SalesSlot) Fields() []ent.Field {
	return []ent.Field{
		field.Time("since").Immutable().
			Comment("The beginning of the quarter of an hour, in UTC. Every time zone of today is offset by whole quarters."),
		field.String("currency").MinLen(3).MaxRuneLen(3).Immutable(),
		field.Int64("orders").
			Comment("Orders that were placed and not cancelled, as of the checkpoint."),
		field.Int64("revenue"),
		field.Int64("units"),
	}
}

// Indexes of the SalesSlot.
func (SalesSlot) Indexes() []ent.Index {
	return []ent.Index{index.Fields("since", "currency").Unique()}
}

// Annotations of the SalesSlot.
func (SalesSlot) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program derives it from the orders"},
		entsql.Checks(map[string]string{
			// SQLite turns integers that overflow into floating point. An amount that is
			// added, which may be negative, has to meet this check too.
			"sales_slots_range": "revenue >= -4611686018427387903 AND revenue <= 4611686018427387903",
		}),
	}
}
