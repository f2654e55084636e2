package invariant

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// ItemMovesStock gives every order item its `sale` movement, in the same transaction. For a
// checkout, stock.Sell writes both at once. Any other item takes its stock here. It is
// refused when there is not enough stock, when the product is not for sale, or when its
// order is no longer pending: a cancelled order would never return the stock.
func ItemMovesStock() ent.Hook {
	return on(func(ctx context.Context, m *ent.OrderItemMutation, next proceed) (ent.Value, error) {
		if !m.Op().Is(ent.OpCreate) {
			return next(ctx)
		}
		if err := inTransaction(m); err != nil {
			return nil, err
		}
		selling, err := underway(ctx, m)
		if err != nil {
			return nil, err
		}
		var created ent.Value
		err = allOrNothing(ctx, ent.ClientOf(ctx, m), func() error {
			if err := orderPending(selling, m); err != nil {
				return err
			}
			if created, err = next(ctx); err != nil {
				return err
			}
			return sellAlone(selling, m, created)
		})
		if err != nil {
			return nil, err
		}
		return created, nil
	})
}

// sellAlone sells a single item. The stock is moved after the insertion, not before: when
// items are created in bulk the hooks nest, so that the steps before the insertion run in
// one order and those after it in the reverse order, and the balance must be recorded in
// the order in which the stock is moved.
func sellAlone(ctx context.Context, m *ent.OrderItemMutation, created ent.Value) error {
	item, ok := created.(*ent.OrderItem)
	if !ok {
		return unexpected(created)
	}
	_, err := stock.Post(ctx, ent.ClientOf(ctx, m), []stock.Line{{
		ProductID: item.ProductID, Change: -item.Quantity, Reason: shop.Sale, OrderItemID: item.ID,
	}})
	return err
}

// orderPending locks the item's order against transitions, and refuses an order that is not
// pending.
func orderPending(ctx context.Context, m *ent.OrderItemMutation) error {
	id, _ := m.OrderID()
	o, err := ent.ClientOf(ctx, m).Order.Query().Where(order.ID(id), Shared).Only(ctx)
	if ent.IsNotFound(err) {
		return shop.Invalidf("order_id", "order %d does not exist", id)
	}
	if err != nil {
		return err
	}
	if o.Status != shop.Pending {
		return shop.Conflictf("order #%d is %s: only a pending order takes items", shop.OrderNumber(id), o.Status)
	}
	return nil
}

func unexpected(v ent.Value) error { return fmt.Errorf("invariant: unexpected result %T", v) }
