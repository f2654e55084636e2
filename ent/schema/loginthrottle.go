package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// LoginThrottle counts the failed logins of an account, of an address, or of an account
// from an address. The counts are in the database so that they hold across replicas.
type LoginThrottle struct{ ent.Schema }

// Mixin of the LoginThrottle.
func (LoginThrottle) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the LoginThrottle.
func (LoginThrottle) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("key").MaxLen(32).Unique().Immutable().
			Comment("SHA-256 of the account or address, so that a row is short and names nobody."),
		field.Int("failures").Default(0),
		field.Time("blocked_until").
			Comment("Attempts before this time are refused."),
		field.Bool("trusted").Default(false).
			Comment("The account has logged in from the address."),
		field.Time("expires_at").
			Comment("When the row can be deleted."),
	}
}

// Indexes of the LoginThrottle.
func (LoginThrottle) Indexes() []ent.Index { return []ent.Index{index.Fields("expires_at")} }

// Annotations of the LoginThrottle.
func (LoginThrottle) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program counts by itself, and names nobody"},
	}
}
