package stock

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Entry is a movement and what caused it.
type Entry struct {
	*ent.InventoryMovement

	// OrderID and OrderNumber are the order of a sale, a cancellation or a return that
	// names its order line, and of the damage of such a return, nil for everything else.
	OrderID     *int64
	OrderNumber *int64
}

func (e *Entry) of(orderID int64) {
	e.OrderID, e.OrderNumber = &orderID, new(shop.OrderNumber(orderID))
}

var desc = sql.OrderDesc()

// History returns a product's movements and what caused each of them. narrow adds filters,
// order and limit. The error is KindNotFound when there is no such product.
func History(
	ctx context.Context, client *ent.Client, productID int64, narrow func(*ent.InventoryMovementQuery),
) ([]*Entry, error) {
	ctx, err := access.Allow(ctx, access.MovementsRead)
	if err != nil {
		return nil, err
	}
	if err := exists(ctx, client, productID); err != nil { // a deleted product has movements, too
		return nil, err
	}
	query := client.InventoryMovement.Query().Where(inventorymovement.ProductID(productID))
	narrow(query)
	movements, err := query.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read inventory movements: %w", err)
	}
	return explain(ctx, client, movements)
}

// explain finds what caused each movement, with one query for all.
func explain(ctx context.Context, client *ent.Client, movements []*ent.InventoryMovement) ([]*Entry, error) {
	var ids []int64
	for _, m := range movements {
		if m.OrderItemID != nil {
			ids = append(ids, *m.OrderItemID)
		}
	}
	orders, err := ordersOf(ctx, client, ids)
	if err != nil {
		return nil, err
	}
	entries := make([]*Entry, len(movements))
	for i, m := range movements {
		entries[i] = &Entry{InventoryMovement: m}
		if m.OrderItemID == nil {
			continue
		}
		if orderID, ok := orders[*m.OrderItemID]; ok {
			entries[i].of(orderID)
		}
	}
	return entries, nil
}

// ordersOf maps order items to their orders.
func ordersOf(ctx context.Context, client *ent.Client, itemIDs []int64) (map[int64]int64, error) {
	orders := make(map[int64]int64, len(itemIDs))
	if len(itemIDs) == 0 {
		return orders, nil
	}
	items, err := client.OrderItem.Query().
		Where(orderitem.IDIn(itemIDs...)).
		Select(orderitem.FieldID, orderitem.FieldOrderID).
		All(ctx)
	if err != nil {
		return nil, fmt.Errorf("find the orders of movements: %w", err)
	}
	for _, item := range items {
		orders[item.ID] = item.OrderID
	}
	return orders, nil
}
