package stock

import (
	"context"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Adjust moves a product's stock by a difference, for a reason that a person
// may give. Errors: KindInvalid naming quantity_change, reason or note,
// KindNotFound, KindInsufficientStock.
func Adjust(
	ctx context.Context, tx *ent.Client, productID, change int64, reason shop.MovementReason, note string,
) (*ent.InventoryMovement, error) {
	if !reason.Manual() {
		return nil, shop.Invalidf("reason", "expected one of %s", manual)
	}
	movements, err := Post(ctx, tx, []Line{{ProductID: productID, Change: change, Reason: reason, Note: note}})
	if err != nil {
		return nil, err
	}
	return movements[0], nil
}

// manual are the reasons that a person may give, for people.
var manual = func() string {
	names := make([]string, len(shop.ManualReasons))
	for i, r := range shop.ManualReasons {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}()
