package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// ProductChange is a product that package summary has to look at again, because
// of something that no order event tells: its category or its low_stock_at, say.
// It is written together with the change, and gone when the summaries know of it.
type ProductChange struct{ ent.Schema }

// Mixin of the ProductChange.
func (ProductChange) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the ProductChange. A product may be there many times, so that nobody
// waits for anybody.
func (ProductChange) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("product_id").Immutable(),
	}
}

// Annotations of the ProductChange.
func (ProductChange) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program keeps it by itself"},
	}
}
