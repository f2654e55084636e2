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
	"github.com/storekeeper/storekeeper/internal/invariant"
)

// Session is one login of a staff member in a browser.
type Session struct{ ent.Schema }

// Mixin of the Session.
func (Session) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the Session.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("token_hash").MaxLen(32).Unique().Immutable().Sensitive().
			Comment("SHA-256 of the token in the cookie."),
		field.Int64("staff_id").Immutable(),
		field.Bool("awaits_totp").Default(false).Immutable().
			Comment("The password was right; the second factor is still missing."),
		field.Time("last_seen_at").
			Comment("Written at most once a minute."),
		field.Time("expires_at").Immutable().
			Comment("When it ends, even if it is in use."),
		field.String("ip").Default("").MaxRuneLen(64).Immutable(),
		field.String("user_agent").Default("").MaxRuneLen(512).Immutable(),
	}
}

// Edges of the Session.
func (Session) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("staff", Staff.Type).Unique().Required().Immutable().Field("staff_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the Session.
func (Session) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("staff_id", "id"),
		index.Fields("expires_at"),
	}
}

// Interceptors of the Session.
func (Session) Interceptors() []ent.Interceptor {
	return []ent.Interceptor{invariant.OwnOnly(access.StaffManage)}
}

// Hooks of the Session.
func (Session) Hooks() []ent.Hook { return []ent.Hook{invariant.OwnChanges(access.StaffManage)} }

// Annotations of the Session. Hooks decide whose sessions a viewer sees and ends.
func (Session) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Access{Read: admin.Anyone, Update: admin.Anyone, Delete: admin.Anyone},
		admin.Unaudited{Because: "logging in and out changes no record: the list of sessions tells of it"},
	}
}
