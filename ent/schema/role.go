package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Role is what a staff member may do.
type Role struct{ ent.Schema }

// Mixin of the Role.
func (Role) Mixin() []ent.Mixin {
	return []ent.Mixin{Base{}, Mutable{}, Named{Field: "label", As: "name"}, Folded{Field: "label"}}
}

// Fields of the Role.
func (Role) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxRuneLen(64).Unique().Match(slug).
			Annotations(admin.Searchable()).
			Comment("Name of the role for programs, as in storekeeper staff add --role."),
		field.String("label").DefaultFunc(noText).NotEmpty().MaxRuneLen(100).Validate(invariant.NotBlank).Validate(invariant.Legible).
			Annotations(admin.Searchable()).
			Comment("Name of the role that people see. A new role without one gets its name."),
		field.String("description").Default("").MaxRuneLen(500),
		field.JSON("permissions", []access.Permission{}).Default([]access.Permission{}).
			Comment("What it allows, for example products:update. Nobody can give permissions that they lack."),
		field.Int64("max_stock_adjustment").Optional().Nillable().Min(0).Max(shop.MaxStock).
			Annotations(admin.Label("Stock adjustment limit"), admin.None("No limit")).
			Comment("The most units that one stock adjustment can change, up or down. Empty for no limit."),
		field.Bool("is_built_in").Default(false).
			Annotations(admin.ReadOnly(), admin.Label("Built-in")).
			Comment("Part of the program: it cannot be changed or deleted."),
	}
}

// Indexes of the Role.
func (Role) Indexes() []ent.Index {
	return []ent.Index{
		trigram("role_name_trgm", "name"),
	}
}

// Hooks of the Role.
func (Role) Hooks() []ent.Hook { return []ent.Hook{invariant.RoleGrant()} }

// Annotations of the Role.
func (Role) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Access{Create: "roles:manage", Update: "roles:manage", Delete: "roles:manage"},
		admin.Resource{
			Group: "Administration", Icon: "role", Title: "label", Sort: "id",
			Operations: []definition.Operation{
				definition.List, definition.Get, definition.Create, definition.Update, definition.Delete,
			},
		},
	}
}
