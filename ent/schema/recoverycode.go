package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// RecoveryCode replaces a staff member's authenticator once: using the code removes it.
type RecoveryCode struct{ ent.Schema }

// Mixin of the RecoveryCode.
func (RecoveryCode) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the RecoveryCode.
func (RecoveryCode) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("staff_id").Immutable(),
		field.Bytes("code_hash").MaxLen(32).Immutable().Sensitive().
			Comment("SHA-256 of the code, which has 80 random bits."),
	}
}

// Edges of the RecoveryCode.
func (RecoveryCode) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("staff", Staff.Type).Unique().Required().Immutable().Field("staff_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the RecoveryCode.
func (RecoveryCode) Indexes() []ent.Index {
	return []ent.Index{index.Fields("staff_id", "code_hash").Unique()}
}

// Annotations of the RecoveryCode.
func (RecoveryCode) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "they come and go with the second factor, which is told of the member"},
	}
}
