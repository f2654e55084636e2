package stock

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// comingBack checks the returns that name an order line, and returns these order lines by
// id. It locks their orders before any product is locked, as a cancellation does. A second
// return of the same line waits there, and then finds the first one.
func comingBack(ctx context.Context, tx *ent.Client, lines []Line) (map[int64]*ent.OrderItem, error) {
	var ids []int64
	for _, l := range lines {
		if l.OrderItemID == 0 {
			continue
		}
		if slices.Contains(ids, l.OrderItemID) {
			return nil, shop.Invalidf("order_item_id", "order item %d is named twice", l.OrderItemID)
		}
		ids = append(ids, l.OrderItemID)
	}
	if len(ids) == 0 {
		return nil, nil //nolint:nilnil // none
	}
	if err := transactional(tx); err != nil {
		return nil, err
	}
	ctx, err := access.Allow(ctx, access.StockReturn)
	if err != nil {
		return nil, err
	}
	items, orders, err := sold(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if l.OrderItemID == 0 {
			continue
		}
		if err := l.fits(items[l.OrderItemID], orders); err != nil {
			return nil, err
		}
	}
	return items, unreturned(ctx, tx, items)
}

// sold returns the order items that exist, and their orders, which it locks in the order of
// their ids.
func sold(ctx context.Context, tx *ent.Client, ids []int64) (map[int64]*ent.OrderItem, map[int64]*ent.Order, error) {
	found, err := tx.OrderItem.Query().Where(orderitem.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the order items that came back: %w", err)
	}
	items, of := make(map[int64]*ent.OrderItem, len(found)), make([]int64, len(found))
	for i, item := range found {
		items[item.ID], of[i] = item, item.OrderID
	}
	locked, err := tx.Order.Query().Where(order.IDIn(of...), locked).Order(order.ByID()).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the orders of what came back: %w", err)
	}
	orders := make(map[int64]*ent.Order, len(locked))
	for _, o := range locked {
		orders[o.ID] = o
	}
	return items, orders, nil
}

// locked locks the selected rows against changes on PostgreSQL, but not against new
// references to them. On SQLite the transaction is the only writer.
func locked(s *sql.Selector) {
	if s.Dialect() == dialect.Postgres {
		s.For(sql.LockNoKeyUpdate)
	}
}

// fits checks a return against the order line that it names, which is nil if it does not
// exist.
func (l Line) fits(item *ent.OrderItem, orders map[int64]*ent.Order) error {
	switch {
	case item == nil:
		return shop.Invalidf("order_item_id", "order item %d does not exist", l.OrderItemID)
	case item.ProductID != l.ProductID:
		return shop.Invalidf("order_item_id", "order item %d is of product %d, not of product %d", item.ID, item.ProductID, l.ProductID)
	case l.Change < 1 || l.Change > item.Quantity:
		return shop.Invalidf("quantity_change", "expected a number from 1 to %d, as many as were sold", item.Quantity)
	}
	if status := orders[item.OrderID].Status; !slices.Contains(shop.Left, status) {
		return shop.Conflictf("order #%d is %s: nothing that has not left can come back", shop.OrderNumber(item.OrderID), status)
	}
	return nil
}

// unreturned returns an error when one of the items came back before. A second movement
// would break the unique key of order item and reason.
func unreturned(ctx context.Context, tx *ent.Client, items map[int64]*ent.OrderItem) error {
	m, err := tx.InventoryMovement.Query().
		Where(inventorymovement.OrderItemIDIn(slices.Collect(maps.Keys(items))...), inventorymovement.ReasonEQ(shop.Return)).
		Order(inventorymovement.ByID()).
		First(ctx)
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for earlier returns: %w", err)
	}
	item := items[*m.OrderItemID]
	return shop.Conflictf("%d of %d × %s came back already, booked by %s at %s: book what comes back later without order_item_id",
		m.QuantityChange, item.Quantity, item.Sku, m.Actor, m.CreatedAt.UTC().Format(time.RFC3339))
}

// breakage takes the damaged units of returns out of stock again. It is part of the return,
// so that whoever may book one may book the other.
func breakage(ctx context.Context, tx *ent.Client, returns []Line) ([]*ent.InventoryMovement, error) {
	var broken []Line
	var t tally
	for _, l := range returns {
		if l.Damaged == 0 {
			continue
		}
		l.Change, l.Damaged, l.Reason = -l.Damaged, 0, shop.Damage
		broken = append(broken, l)
		if err := t.add(l.ProductID, l.Change); err != nil {
			return nil, err
		}
	}
	if len(broken) == 0 {
		return nil, nil
	}
	return enter(ctx, tx, shop.Damage, t.sorted(), broken)
}

// tell adds the returns of order items to the timelines of their orders.
func tell(
	ctx context.Context, tx *ent.Client, movements []*ent.InventoryMovement, lines []Line, items map[int64]*ent.OrderItem,
) error {
	if len(items) == 0 {
		return nil
	}
	ctx, err := access.Allow(ctx, access.StockReturn)
	if err != nil {
		return err
	}
	for i, m := range movements {
		if m.OrderItemID == nil {
			continue
		}
		item := items[*m.OrderItemID]
		err := tx.OrderEvent.Create().
			SetOrderID(item.OrderID).
			SetKind(shop.EventReturn).
			SetNote(told(m, lines[i].Damaged, item)).
			SetActor(m.Actor).
			Exec(ctx)
		if err != nil {
			return fmt.Errorf("tell the order what came back: %w", err)
		}
	}
	return nil
}

// BeforeNote separates what came back from the note of a person in an entry of the
// timeline.
const BeforeNote = ": "

// told is the entry of a return in the timeline: how many units of which product came back,
// how many of them damaged, and as much of the note as there is room for.
func told(m *ent.InventoryMovement, damaged int64, item *ent.OrderItem) string {
	text := fmt.Sprintf("%d × %s", m.QuantityChange, item.Sku)
	if damaged > 0 {
		text += fmt.Sprintf(", %d damaged", damaged)
	}
	if m.Note == nil {
		return text
	}
	text += BeforeNote + *m.Note
	if utf8.RuneCountInString(text) > shop.MaxNote {
		text = string([]rune(text)[:shop.MaxNote-1]) + "…"
	}
	return text
}
