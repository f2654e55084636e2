package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Base gives every entity its int64 id, the time of its creation and the policy
// that says who may read and write it, and puts what happens to it into the
// audit trail, unless it is annotated with admin.Unaudited. It is the first mixin
// of each, so that the trail is told of what all other hooks have made of a
// write.
type Base struct{ mixin.Schema }

// Fields of the mixin.
func (Base) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id").Immutable(),
		field.Time("created_at").Immutable().Default(shop.Now).
			Annotations(admin.ReadOnly(), admin.Untracked(), admin.Label("Created")),
	}
}

// Policy of the mixin.
func (Base) Policy() ent.Policy { return invariant.Policy() }

// Hooks of the mixin.
func (Base) Hooks() []ent.Hook { return []ent.Hook{audit.Hook()} }

// Mutable gives an entity that people edit the time of its last edit and a
// version, which every update raises by one.
type Mutable struct {
	mixin.Schema

	// Quiet are the fields that the program keeps by itself: an update of
	// nothing else is no edit, and leaves time and version alone.
	Quiet []string
}

// Fields of the mixin.
func (Mutable) Fields() []ent.Field {
	return []ent.Field{
		field.Time("updated_at").Default(shop.Now).UpdateDefault(shop.Now).
			Annotations(admin.ReadOnly(), admin.Untracked(), admin.Label("Updated")),
		field.Int64("version").Default(1).
			Annotations(admin.ReadOnly(), admin.Untracked()),
	}
}

// Hooks of the mixin.
func (m Mutable) Hooks() []ent.Hook {
	return []ent.Hook{invariant.RaiseVersion(m.Quiet...), invariant.FirstLook()}
}

// SoftDelete turns deletion into a mark. Queries leave marked records out,
// unless their context says invariant.WithDeleted. What the records refer to is
// there, and is not deleted before them.
type SoftDelete struct{ mixin.Schema }

// Fields of the mixin.
func (SoftDelete) Fields() []ent.Field {
	return []ent.Field{
		field.Time("deleted_at").Optional().Nillable().
			Annotations(admin.ReadOnly(), admin.Label("Deleted")),
	}
}

// Interceptors of the mixin.
func (SoftDelete) Interceptors() []ent.Interceptor {
	return []ent.Interceptor{invariant.HideDeleted()}
}

// Hooks of the mixin.
func (SoftDelete) Hooks() []ent.Hook {
	return []ent.Hook{invariant.MarkDeleted(), invariant.LivingReferences()}
}

// AppendOnly refuses every update and deletion.
type AppendOnly struct{ mixin.Schema }

// Hooks of the mixin.
func (AppendOnly) Hooks() []ent.Hook { return []ent.Hook{invariant.AppendOnly()} }
