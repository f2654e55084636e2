package stock

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Count sets a product's stock to the number that was counted, if the stock is still
// expected. If it is not, somebody sold or received while counting: the count is useless
// and the error is KindConflict. When counted equals expected, nothing is written and the
// movement is nil. Other errors: KindInvalid naming counted, expected or note,
// KindNotFound.
func Count(
	ctx context.Context, tx *ent.Client, productID, counted, expected int64, note string,
) (*ent.InventoryMovement, error) {
	line := Line{ProductID: productID, Change: counted - expected, Reason: shop.Stocktake, Note: note}
	ctx, err := permit(ctx, line)
	if err != nil {
		return nil, err
	}
	if counted < 0 || counted > shop.MaxStock {
		return nil, shop.Invalidf("counted", "expected a number from 0 to %d", shop.MaxStock)
	}
	if expected < 0 || expected > shop.MaxStock {
		return nil, shop.Invalidf("expected", "expected a number from 0 to %d", shop.MaxStock)
	}
	if err := transactional(tx); err != nil {
		return nil, err
	}
	w := want{productID: productID, change: line.Change, least: expected, most: expected}
	if line.Change == 0 {
		products, err := read(ctx, tx, []want{w})
		if err != nil {
			return nil, err
		}
		return nil, miscount(w, products)
	}
	if err := line.check(); err != nil {
		return nil, err
	}
	products, moved, err := move(ctx, tx, scopeOf(line.Reason), []want{w})
	if err != nil {
		return nil, err
	}
	if !moved {
		return nil, miscount(w, products)
	}
	movements, err := record(ctx, tx, products, []Line{line})
	if err != nil {
		return nil, err
	}
	return movements[0], nil
}

// miscount says why a count does not hold, and is nil when it does.
func miscount(w want, products map[int64]row) error {
	p, ok := products[w.productID]
	if !ok || !p.living {
		return shop.NotFound("product", w.productID)
	}
	if p.stock != w.least {
		return shop.Conflictf("the stock of %s is %d now, not %d as when it was counted: count again", p.sku, p.stock, w.least)
	}
	return nil
}
