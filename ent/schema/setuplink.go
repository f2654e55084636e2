package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/invariant"
)

// SetupLink lets whoever holds it choose a password once: for the member it names, or, if
// it names none, for the first owner of a new shop.
type SetupLink struct{ ent.Schema }

// Mixin of the SetupLink.
func (SetupLink) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the SetupLink.
func (SetupLink) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("token_hash").MaxLen(32).Unique().Immutable().Sensitive().
			Comment("SHA-256 of the token in the link."),
		field.Int64("staff_id").Optional().Nillable().Immutable(),
		field.Int64("author_id").Optional().Nillable().Immutable().
			Comment("Who created it; empty for the program itself."),
		field.Int64("author_token_id").Optional().Nillable().Immutable().
			Comment("The API token with which they created it."),
		field.Time("expires_at").Immutable(),
	}
}

// Edges of the SetupLink.
func (SetupLink) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("staff", Staff.Type).Unique().Immutable().Field("staff_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
		edge.To("author", Staff.Type).Unique().Immutable().Field("author_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
		edge.To("author_token", APIToken.Type).Unique().Immutable().Field("author_token_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the SetupLink.
func (SetupLink) Indexes() []ent.Index {
	return []ent.Index{index.Fields("staff_id"), index.Fields("expires_at")}
}

// Hooks of the SetupLink.
func (SetupLink) Hooks() []ent.Hook { return []ent.Hook{invariant.InviteGuard()} }

// Annotations of the SetupLink. People create setup links; only the program reads and
// removes them.
func (SetupLink) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Access{Create: "staff:manage"},
		admin.Unaudited{Because: "what comes of it, a password set, is told of the member"},
	}
}
