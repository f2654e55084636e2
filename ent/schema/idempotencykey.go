package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// IdempotencyKey stores the answer to a request, so that repeating the request gets the
// same answer and has no second effect.
type IdempotencyKey struct{ ent.Schema }

// Mixin of the IdempotencyKey.
func (IdempotencyKey) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the IdempotencyKey.
func (IdempotencyKey) Fields() []ent.Field {
	return []ent.Field{
		field.String("caller").NotEmpty().MaxRuneLen(255).Immutable(),
		field.String("key").NotEmpty().MaxRuneLen(255).Immutable(),
		field.Bytes("fingerprint").MaxLen(32).
			Comment("SHA-256 of the request's method, path and body; empty after an erasure of personal data."),
		field.String("path").Optional().Nillable().MaxRuneLen(500).Immutable().
			Comment("The request's path, by which the erasure of personal data finds the answers about a customer."),
		field.Int("status").Default(0).
			Comment("HTTP status of the answer."),
		field.Bytes("body").Optional().
			Comment("The answer as JSON: location, etag and body."),
		field.Time("expires_at").Immutable(),
	}
}

// Annotations of the IdempotencyKey.
func (IdempotencyKey) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Only(admin.Anyone),
		admin.Unaudited{Because: "the program keeps it by itself, for a day"},
	}
}

// Indexes of the IdempotencyKey.
func (IdempotencyKey) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("caller", "key").Unique(),
		index.Fields("expires_at"),
	}
}
