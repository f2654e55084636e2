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

// Staff is a person who works in the back office. Members are never deleted, only made
// inactive, so that the ledger, timelines and the audit trail can always name them.
type Staff struct{ ent.Schema }

// Mixin of the Staff. What a login writes does not count as an edit of the member.
func (Staff) Mixin() []ent.Mixin {
	return []ent.Mixin{Base{}, Mutable{Quiet: []string{"last_login_at", "totp_step"}}, Folded{Field: "name"}}
}

// Fields of the Staff.
func (Staff) Fields() []ent.Field {
	return []ent.Field{
		field.String("email").NotEmpty().MaxRuneLen(254).Unique().Validate(invariant.ValidEmail).
			Annotations(admin.Searchable(), admin.LowerCase(), admin.Pattern(shop.EmailPattern)).
			Comment("Stored in lower case."),
		field.String("name").NotEmpty().MaxRuneLen(255).Validate(invariant.NotBlank).
			Annotations(admin.Searchable()),
		field.Int64("role_id"),
		field.Bool("is_active").Default(true).
			Annotations(admin.Label("Active")).
			Comment("Whether they can sign in and use their API tokens."),
		field.Bool("totp_enabled").Default(false).
			Annotations(admin.ReadOnly(), admin.Label("Second factor")).
			Comment("Whether signing in asks for a code from their authenticator."),
		field.Time("last_login_at").Optional().Nillable().
			Annotations(admin.ReadOnly(), admin.Label("Last sign-in"), admin.None("Never"), admin.Untracked()),
		field.String("password_hash").Optional().Nillable().MaxLen(255).Sensitive().
			Comment("Argon2id; empty until they have chosen a password."),
		field.String("totp_secret").Optional().Nillable().MaxLen(64).Sensitive().
			Comment("Secret of their authenticator; not confirmed yet while totp_enabled is false."),
		field.Int64("totp_step").Default(0).
			Annotations(admin.Hidden(), admin.Untracked()).
			Comment("Time step of the last accepted code: codes of this step and earlier ones are refused."),
	}
}

// Edges of the Staff.
func (Staff) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("role", Role.Type).Unique().Required().Field("role_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the Staff.
func (Staff) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("role_id", "id"),
		trigram("staff_email_trgm", "email"),
	}
}

// Hooks of the Staff.
func (Staff) Hooks() []ent.Hook {
	return []ent.Hook{invariant.NeverDeleted(), invariant.LowerCaseEmail(), invariant.StaffGuard()}
}

// Annotations of the Staff.
func (Staff) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entsql.Annotation{Table: "staff"},
		admin.Only("staff:manage"),
		admin.Resource{
			Path: "staff", Label: "Staff member", Group: "Administration", Icon: "staff", Title: "name", Sort: "name",
			Operations: []definition.Operation{
				definition.List, definition.Get, definition.Create, definition.Update,
			},
		},
	}
}
