package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"entgo.io/ent/schema/mixin"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Base gives every entity its int64 id, the time of its creation and the policy that
// decides who may read and write it. It also records changes in the audit trail, unless
// the entity is annotated with admin.Unaudited. It must be the first mixin of every
// entity, so that the trail records a write as all other hooks have left it.
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

// Mutable gives an entity that people edit the time of its last edit, and a version that
// every update raises by one.
type Mutable struct {
	mixin.Schema

	// Quiet are the fields that the program maintains itself. An update of these alone is
	// no edit and changes neither time nor version.
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
	return []ent.Hook{invariant.RaiseVersion(m.Quiet...), invariant.FirstLook(), invariant.Composed()}
}

// SoftDelete marks records as deleted instead of removing them. Queries leave marked
// records out, unless invariant.WithDeleted was applied to their context. A record can
// only refer to records that are not deleted, and those cannot be deleted before it.
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

// Folded lets searches and the order of lists ignore accents and the form of letters in a
// searchable text field of the entity, not only their case: in another column it keeps
// fold.Text of it, with the indexes that serve both. This column is compared byte by byte,
// on PostgreSQL too, whatever the locale of the database. Queries do not read it, unless
// they sort by it or select it.
type Folded struct {
	mixin.Schema

	Field string
	// Long is for a text of more than 500 characters, or of many lines: no index serves its
	// order, because PostgreSQL could not store all of its values.
	Long bool
}

// Fields of the mixin.
func (f Folded) Fields() []ent.Field {
	return []ent.Field{
		field.Text(f.Field+fold.Suffix).Default("").Annotations(admin.Folds(f.Field), entsql.Annotation{Collation: "C"}),
	}
}

// Indexes of the mixin.
func (f Folded) Indexes() []ent.Index {
	folded := f.Field + fold.Suffix
	trigram := index.Fields(folded).Annotations(trigrams()...)
	if f.Long {
		return []ent.Index{trigram}
	}
	return []ent.Index{trigram, index.Fields(folded, "id")}
}

// Hooks of the mixin.
func (f Folded) Hooks() []ent.Hook { return []ent.Hook{invariant.Fold(f.Field)} }

// Named gives new records the text of one field in another that was left out. It must come
// before Folded, which folds what it gives.
type Named struct {
	mixin.Schema

	Field, As string
}

// Hooks of the mixin.
func (n Named) Hooks() []ent.Hook { return []ent.Hook{invariant.NamedAs(n.Field, n.As)} }

// noText is the default of a text that Named replaces.
func noText() string { return "" }

// AppendOnly refuses every update and deletion.
type AppendOnly struct{ mixin.Schema }

// Hooks of the mixin.
func (AppendOnly) Hooks() []ent.Hook { return []ent.Hook{invariant.AppendOnly()} }
