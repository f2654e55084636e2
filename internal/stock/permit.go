package stock

import (
	"context"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// permissions are what moving stock for a reason needs, any one of them. Taking in
// is one thing, taking back another: a delivery or a return that takes stock away
// corrects an earlier one.
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

// permit begins a posting of lines that share a reason: it returns the context in
// which the ledger may be written, or the refusal of a line that the viewer may not
// post.
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

// bounded refuses what moves more stock than the viewer's role may move at once.
// What comes in by a delivery or a return is no correction, and has no bound.
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
