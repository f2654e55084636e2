package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// EventGap is a range of ids of order events that package summary skipped because no such
// events were visible: their transactions were still under way or were rolled back.
type EventGap struct{ ent.Schema }

// Mixin of the EventGap.
func (EventGap) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the EventGap.
func (EventGap) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("first_id").Immutable(),
		field.Int64("last_id").Immutable(),
	}
}

// Annotations of the EventGap.
func (EventGap) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program keeps it by itself"},
	}
}
