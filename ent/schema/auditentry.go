package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// AuditEntry says who did what to a record, when and from where. Hooks write it in the
// same transaction as the change. It has no foreign keys, because it outlives the records
// that it names.
type AuditEntry struct{ ent.Schema }

// Mixin of the AuditEntry.
func (AuditEntry) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, AppendOnly{}} }

// Fields of the AuditEntry.
func (AuditEntry) Fields() []ent.Field {
	return []ent.Field{
		field.String("actor").NotEmpty().MaxRuneLen(600).Immutable().
			Annotations(admin.Label("Who")).
			Comment("Who did it: the email of a staff member, followed by the name of the token if one was used, or system."),
		field.Enum("actor_kind").Values("staff", "token", "system").Immutable(),
		field.Int64("staff_id").Optional().Nillable().Immutable().
			Annotations(admin.Label("Staff")),
		field.String("staff_email").Optional().Nillable().MaxRuneLen(254).Immutable().Annotations(admin.LowerCase()),
		field.Int64("token_id").Optional().Nillable().Immutable().
			Annotations(admin.Label("Token")),
		field.String("action").NotEmpty().MaxRuneLen(40).Immutable().
			Comment("create, update, delete, restore, revert, or the name of an operation such as checkout."),
		field.String("resource").NotEmpty().MaxRuneLen(64).Immutable().
			Comment("The resource of the record, as in the path of the API, for example products."),
		field.Int64("record_id").Immutable(),
		field.JSON("changes", []shop.Change{}).
			Comment("The fields whose values were changed. Changed only by the erasure of personal data."),
		field.String("request_id").Optional().Nillable().MaxRuneLen(64).Immutable(),
		field.String("ip").Optional().Nillable().MaxRuneLen(64).Immutable().
			Annotations(admin.Label("IP")),
		field.String("user_agent").Optional().Nillable().MaxRuneLen(500).Immutable(),
	}
}

// Indexes of the AuditEntry.
func (AuditEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("resource", "record_id", "id"),
		index.Fields("resource", "id"),
		index.Fields("staff_id", "id"),
		index.Fields("created_at", "id"),
	}
}

// Hooks of the AuditEntry.
func (AuditEntry) Hooks() []ent.Hook { return []ent.Hook{audit.TrailOnly()} }

// Annotations of the AuditEntry.
func (AuditEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "it is the trail"},
		admin.Access{Read: "audit:read"},
		admin.Resource{
			Group: "Administration", Icon: "audit",
			Operations: []definition.Operation{definition.List, definition.Get},
		},
	}
}
