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
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Product is something the shop sells.
type Product struct{ ent.Schema }

// Mixin of the Product.
func (Product) Mixin() []ent.Mixin {
	return []ent.Mixin{Base{}, Mutable{}, SoftDelete{}, Folded{Field: "name"}}
}

// Fields of the Product.
func (Product) Fields() []ent.Field {
	return []ent.Field{
		field.String("sku").NotEmpty().MaxRuneLen(64).Validate(invariant.NotBlank).Validate(invariant.Legible).
			Annotations(admin.Searchable(), admin.Label("SKU")),
		field.String("name").NotEmpty().MaxRuneLen(255).Validate(invariant.NotBlank).
			Annotations(admin.Searchable()),
		field.Text("description").Default("").MaxRuneLen(10_000),
		field.Int64("price").GoType(shop.Money(0)).Min(0).Max(int64(shop.MaxMoney)),
		field.Int64("stock").Default(0).Min(0).Max(shop.MaxStock).Immutable().
			Annotations(admin.CreateOnly()).
			Comment("Units on hand. Set when the product is created; after that, only inventory movements change it."),
		field.Int64("low_stock_at").Optional().Nillable().Min(0).Max(shop.MaxStock).
			Annotations(admin.Label("Low stock at")).
			Comment("Stock at or below which the product counts as low."),
		field.Bool("is_active").Default(true).
			Annotations(admin.Label("Active")).
			Comment("Whether it can be sold."),
		field.Int64("category_id"),
	}
}

// Edges of the Product.
func (Product) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("category", Category.Type).Unique().Required().Field("category_id").
			Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of the Product. No index includes the stock, so that moving stock changes no
// index.
func (Product) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("sku").Unique().Annotations(entsql.IndexWhere("deleted_at IS NULL")),
		counted("category_id"),
		counted("price"),
		index.Fields("created_at", "id"),
		index.Fields("updated_at", "id"),
		trigram("product_sku_trgm", "sku"),
	}
}

// Hooks of the Product.
func (Product) Hooks() []ent.Hook {
	return []ent.Hook{invariant.NoteProductChange(), invariant.InitialStock()}
}

// Annotations of the Product.
func (Product) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Resource{Group: "Catalog", Icon: "product"},
		entsql.Checks(map[string]string{
			"products_price_range": "price >= 0 AND price <= 9007199254740991",
			"products_stock_range": "stock >= 0 AND stock <= 9007199254740991",
		}),
	}
}
