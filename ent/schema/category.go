package schema

import (
	"regexp"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// slug is the compiled shop.SlugPattern.
var slug = regexp.MustCompile(shop.SlugPattern)

// Category is a node of the catalog's tree.
type Category struct{ ent.Schema }

// Mixin of the Category.
func (Category) Mixin() []ent.Mixin {
	return []ent.Mixin{Base{}, Mutable{}, SoftDelete{}, Folded{Field: "name"}}
}

// Fields of the Category.
func (Category) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxRuneLen(100).Validate(invariant.NotBlank).
			Annotations(admin.Searchable()),
		field.String("slug").NotEmpty().MaxRuneLen(100).Match(slug).
			Annotations(admin.Searchable()),
		field.Int64("parent_id").Optional().Nillable(),
		field.Int64("position").Default(0).Min(-1_000_000).Max(1_000_000).
			Comment("Position among the categories with the same parent."),
	}
}

// Edges of the Category. The children edge exists only because ent needs it for a
// self-reference. A hook refuses writes to it, because they would skip the check for
// cycles. Nothing deletes a category for good: the action is that of the first migration.
func (Category) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("children", Category.Type).Immutable().Annotations(entsql.OnDelete(entsql.SetNull)).
			From("parent").Unique().Field("parent_id"),
	}
}

// Indexes of the Category.
func (Category) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("slug").Unique().Annotations(entsql.IndexWhere("deleted_at IS NULL")),
		index.Fields("parent_id", "id"),
		index.Fields("position", "name_folded", "id"),
		trigram("category_slug_trgm", "slug"),
	}
}

// Hooks of the Category.
func (Category) Hooks() []ent.Hook { return []ent.Hook{invariant.CategoryTree()} }

// Annotations of the Category.
func (Category) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Resource{Group: "Catalog", Icon: "category", Sort: "position,name"},
	}
}
