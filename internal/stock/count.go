package stock

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Tally is what somebody counted on a shelf.
type Tally struct {
	Counted   int64 // units found
	Expected  int64 // stock that was shown meanwhile
	Committed int64 // units found that are in orders that have not been sent, see Level; 0 if none was counted
	Note      string
}

// Count sets a product's stock to the number that was counted, without the committed units
// among them, if stock and committed units are still as expected. If they are not, somebody
// sold, received or sent while counting: the count is useless and the error is KindConflict.
// When the stock is as counted, nothing is written and the movement is nil. Other errors:
// KindInvalid naming counted, expected, committed or note, KindNotFound.
func Count(ctx context.Context, tx *ent.Client, productID int64, t Tally) (*ent.InventoryMovement, error) {
	line := Line{ProductID: productID, Change: t.Counted - t.Committed - t.Expected, Reason: shop.Stocktake, Note: t.Note}
	ctx, err := permit(ctx, line)
	if err != nil {
		return nil, err
	}
	if err := t.check(); err != nil {
		return nil, err
	}
	if err := transactional(tx); err != nil {
		return nil, err
	}
	if err := t.uncommitted(ctx, tx, productID); err != nil {
		return nil, err
	}
	w := want{productID: productID, change: line.Change, least: t.Expected, most: t.Expected}
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

func (t Tally) check() error {
	for _, number := range []struct {
		field string
		value int64
	}{{"counted", t.Counted}, {"expected", t.Expected}, {"committed", t.Committed}} {
		if number.value < 0 || number.value > shop.MaxStock {
			return shop.Invalidf(number.field, "expected a number from 0 to %d", shop.MaxStock)
		}
	}
	if t.Counted < t.Committed {
		return shop.Invalidf("counted",
			"expected at least the %d committed units: there are too few for the orders that have not been sent", t.Committed)
	}
	return nil
}

// uncommitted is nil if the committed units that were counted are those of now.
func (t Tally) uncommitted(ctx context.Context, tx *ent.Client, productID int64) error {
	if t.Committed == 0 {
		return nil
	}
	level, err := LevelOf(ctx, tx, productID)
	if err != nil {
		return err
	}
	if level.Committed != t.Committed {
		return shop.Conflictf("%d units are in orders that have not been sent now, not %d as when they were counted: count again",
			level.Committed, t.Committed)
	}
	return nil
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
