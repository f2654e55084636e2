package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// APIToken lets a program act for a staff member. A revoked token is kept, so that the
// audit trail can name it.
type APIToken struct{ ent.Schema }

// Mixin of the APIToken.
func (APIToken) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Folded{Field: "name"}} }

// Fields of the APIToken.
func (APIToken) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxRuneLen(100).Immutable().Validate(invariant.NotBlank).
			Annotations(admin.Searchable()),
		field.Int64("staff_id").Immutable(),
		field.JSON("permissions", []access.Permission{}).Optional().Immutable().
			Comment("The most that it allows; null for all permissions of its member's role. It never allows more than the role."),
		field.Int64("max_stock_adjustment").Optional().Nillable().Immutable().
			Annotations(
				admin.ReadOnly(), admin.Range(0, shop.MaxStock), admin.Label("Stock adjustment limit"), admin.None("Same as the role"),
			).
			Comment("The limit of its author, if it was created for somebody else or with another token. It applies even if the member's role allows more later."),
		field.Time("expires_at").Optional().Nillable().Immutable().
			Annotations(admin.Label("Expires"), admin.None("Never")),
		field.Time("last_used_at").Optional().Nillable().
			Annotations(admin.ReadOnly(), admin.Label("Last used"), admin.None("Never"), admin.Untracked()).
			Comment("Written at most once a minute."),
		field.Time("revoked_at").Optional().Nillable().
			Annotations(admin.ReadOnly(), admin.Label("Revoked")),
		field.String("prefix").MaxRuneLen(16).Immutable().
			Annotations(admin.ReadOnly()).
			Comment("The beginning of the token, to recognise it."),
		field.Bytes("token_hash").MaxLen(32).Unique().Immutable().Sensitive().
			Comment("SHA-256 of the token."),
	}
}

// Edges of the APIToken.
func (APIToken) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("staff", Staff.Type).Unique().Required().Immutable().Field("staff_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the APIToken.
func (APIToken) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("staff_id", "id"),
	}
}

// Hooks of the APIToken.
func (APIToken) Hooks() []ent.Hook {
	return []ent.Hook{invariant.NeverDeleted(), invariant.TokenGrant(), invariant.Composed()}
}

// Annotations of the APIToken.
func (APIToken) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Only("tokens:manage"),
		admin.Resource{
			Path: "api-tokens", Group: "Administration", Icon: "token",
			Operations: []definition.Operation{definition.List, definition.Get},
		},
	}
}
