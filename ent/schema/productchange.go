package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// ProductChange names a product that package summary has to look at again because of a
// change that no order event records, such as of its category or its low_stock_at. It is
// written in the same transaction as the change, and removed when the summaries include
// it.
type ProductChange struct{ ent.Schema }

// Mixin of the ProductChange.
func (ProductChange) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the ProductChange. A product may have many rows, so that no writer waits for
// another.
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
