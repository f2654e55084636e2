package invariant

import (
	"context"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// NoteProductChange notes, in the same transaction, that a product is new, or that
// something changed that package summary stores about it: its category, and what makes it
// scarce. Package stock notes changes of the stock.
func NoteProductChange() ent.Hook {
	return on(func(ctx context.Context, m *ent.ProductMutation, next proceed) (ent.Value, error) {
		if !m.Op().Is(ent.OpCreate) && (!m.Op().Is(updates) || !keptOf(m)) {
			return next(ctx) // deletions are updates
		}
		if err := inTransaction(m); err != nil {
			return nil, err
		}
		var ids []int64
		if m.Op().Is(updates) {
			var err error
			if ids, err = m.IDs(access.System(ctx)); err != nil {
				return nil, err
			}
		}
		v, err := next(ctx)
		if err != nil {
			return nil, err
		}
		if p, ok := v.(*ent.Product); ok && m.Op().Is(ent.OpCreate) {
			ids = []int64{p.ID}
		}
		return v, stock.NoteChanges(ctx, ent.ClientOf(ctx, m), ids...)
	})
}

// keptOf reports whether the update changes something that package summary stores.
func keptOf(m *ent.ProductMutation) bool {
	fields := []string{product.FieldCategoryID, product.FieldLowStockAt, product.FieldIsActive, product.FieldDeletedAt}
	return slices.ContainsFunc(fields, func(field string) bool { return touches(m, field) })
}
