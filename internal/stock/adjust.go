package stock

import (
	"context"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Adjust changes a product's stock by an amount, for a reason that a person may give.
// Damage is the second movement of a return with damaged units, nil for everything else.
// Errors: KindInvalid naming quantity_change, reason, damaged_quantity or note,
// KindNotFound, KindInsufficientStock; for a return that names an order line also those of
// Post.
func Adjust(ctx context.Context, tx *ent.Client, line Line) (moved *Entry, damage *ent.InventoryMovement, err error) {
	if !line.Reason.Manual() {
		return nil, nil, shop.Invalidf("reason", "expected one of %s", manual)
	}
	p, err := post(ctx, tx, []Line{line})
	if err != nil {
		return nil, nil, err
	}
	moved = &Entry{InventoryMovement: p.movements[0]}
	if item := p.back[line.OrderItemID]; item != nil {
		moved.of(item.OrderID)
	}
	if len(p.damage) > 0 {
		damage = p.damage[0]
	}
	return moved, damage, nil
}

// manual lists the reasons that a person may give, for messages.
var manual = func() string {
	names := make([]string, len(shop.ManualReasons))
	for i, r := range shop.ManualReasons {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}()
