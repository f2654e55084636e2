package stock

import (
	"context"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Adjust changes a product's stock by an amount, for a reason that a person may give.
// Errors: KindInvalid naming quantity_change, reason or note, KindNotFound,
// KindInsufficientStock; for a return that names an order line also those of Post.
func Adjust(ctx context.Context, tx *ent.Client, line Line) (*Entry, error) {
	if !line.Reason.Manual() {
		return nil, shop.Invalidf("reason", "expected one of %s", manual)
	}
	movements, back, err := post(ctx, tx, []Line{line})
	if err != nil {
		return nil, err
	}
	entry := &Entry{InventoryMovement: movements[0]}
	if item := back[line.OrderItemID]; item != nil {
		entry.of(item.OrderID)
	}
	return entry, nil
}

// manual lists the reasons that a person may give, for messages.
var manual = func() string {
	names := make([]string, len(shop.ManualReasons))
	for i, r := range shop.ManualReasons {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}()
