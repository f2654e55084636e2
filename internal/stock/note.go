package stock

import (
	"context"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
)

// NoteChanges tells package summary to read the products again after this transaction. It
// is for changes that no order event records. It needs no permission.
func NoteChanges(ctx context.Context, tx *ent.Client, products ...int64) error {
	if g := gatheredIn(ctx); g != nil {
		g.changed = append(g.changed, products...)
		return nil
	}
	return noteChanges(ctx, tx, products)
}

func noteChanges(ctx context.Context, tx *ent.Client, products []int64) error {
	for chunk := range slices.Chunk(products, maxRows) {
		changes := make([]*ent.ProductChangeCreate, len(chunk))
		for i, id := range chunk {
			changes[i] = tx.ProductChange.Create().SetProductID(id)
		}
		if err := tx.ProductChange.CreateBulk(changes...).Exec(access.System(ctx)); err != nil {
			return fmt.Errorf("note the changes of products: %w", err)
		}
	}
	return nil
}
