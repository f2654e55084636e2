package stock

import (
	"context"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// permissions returns the permissions for moving stock for a reason, of which one is
// enough. A delivery or a return that takes stock away needs more than one that adds stock:
// it corrects an earlier movement.
func permissions(reason shop.MovementReason, change int64) []access.Permission {
	switch reason {
	case shop.Initial:
		return []access.Permission{access.StockInitial}
	case shop.Sale:
		return []access.Permission{access.StockSale}
	case shop.Cancellation:
		return []access.Permission{access.StockCancellation}
	case shop.Stocktake:
		return []access.Permission{access.StockCount}
	case shop.Receipt, shop.Return:
		if change > 0 {
			return []access.Permission{access.StockReceive, access.StockAdjust}
		}
	case shop.Adjustment, shop.Damage:
	}
	return []access.Permission{access.StockAdjust}
}

// permit begins a posting of lines that share a reason. It returns a context in which the
// ledger may be written, or an error when the viewer may not post one of the lines.
func permit(ctx context.Context, lines ...Line) (context.Context, error) {
	for _, l := range lines {
		if err := access.CheckAny(ctx, permissions(l.Reason, l.Change)...); err != nil {
			return ctx, err
		}
		if err := bounded(ctx, l); err != nil {
			return ctx, err
		}
	}
	return access.AllowAny(ctx, permissions(lines[0].Reason, lines[0].Change)...)
}

// permitSight begins to read how much there is of a product, which those who count it may
// see, too.
func permitSight(ctx context.Context) (context.Context, error) {
	ctx, err := access.AllowAny(ctx, access.MovementsRead, access.StockCount)
	if err != nil {
		return ctx, err
	}
	return access.Allow(ctx, access.MovementsRead) // which counting includes
}

// bounded refuses a line that moves more stock than the viewer's role may correct at once.
// A delivery or a return that adds stock is not a correction and has no limit.
func bounded(ctx context.Context, l Line) error {
	most := access.From(ctx).MaxStockAdjustment
	if most == nil || !l.Reason.Manual() || l.Change > 0 && (l.Reason == shop.Receipt || l.Reason == shop.Return) {
		return nil
	}
	if l.Change > *most || l.Change < -*most {
		return shop.Errorf(shop.KindForbidden, "you may correct stock by at most %d units at once, not by %d", *most, l.Change)
	}
	return nil
}
