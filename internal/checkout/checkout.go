// Package checkout turns a cart into an order.
package checkout

import (
	"context"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// Placed is an order and its items, in the order of the cart.
type Placed struct {
	Order *ent.Order
	Items []*ent.OrderItem
}

// Place buys what is in a customer's cart. Expected is the total that the
// customer agreed to, nil to take whatever it is; currency is recorded on the
// order. Names, prices and is_active are those inside the transaction. The
// order is pending; its items, their `sale` movements and its `placed` event
// are written with it. Of two checkouts of a cart at once, one gets the order
// and the other KindEmptyCart; what is added meanwhile stays in the cart.
//
// Errors, each of which leaves cart and stock untouched once the transaction is
// rolled back: KindNotFound for the customer, KindEmptyCart,
// KindInactiveProduct with the products that are inactive or deleted,
// KindInsufficientStock with all that are short, KindInvalid for a total past
// the largest amount, KindTotalChanged with the total.
//
// It takes six statements, whatever the number of lines (up to a thousand):
//
//  1. DELETE cart_items … RETURNING   (cart.Claim)
//  2. UPDATE products …               (stock.Sell: locks in the order of ids, checks, updates and reads)
//  3. INSERT orders
//  4. INSERT order_events             (by hook)
//  5. INSERT order_items
//  6. INSERT inventory_movements      (stock.Sell)
func Place(
	ctx context.Context, tx *ent.Client, customerID int64, expected *shop.Money, currency shop.Currency,
) (*Placed, error) {
	lines, err := cart.Claim(ctx, tx, customerID)
	if err != nil {
		return nil, err
	}
	demands := make([]stock.Demand, len(lines))
	for i, l := range lines {
		demands[i] = stock.Demand{ProductID: l.ProductID, Quantity: l.Quantity}
	}
	var placed *Placed
	err = stock.Sell(ctx, tx, demands, func(ctx context.Context, taken []stock.Taken) error {
		total, err := sum(taken)
		if err != nil {
			return err
		}
		if expected != nil && *expected != total {
			return totalChanged(*expected, total, currency)
		}
		placed, err = create(ctx, tx, customerID, lines, taken, total, currency)
		return err
	})
	if err != nil {
		return nil, err
	}
	return placed, nil
}

// sum is the total of what was taken.
func sum(taken []stock.Taken) (shop.Money, error) {
	var total shop.Money
	for _, t := range taken {
		subtotal, err := t.Price.Times(t.Quantity)
		if err != nil {
			return 0, err
		}
		if total, err = total.Plus(subtotal); err != nil {
			return 0, err
		}
	}
	return total, nil
}

func totalChanged(expected, total shop.Money, currency shop.Currency) error {
	return &shop.Error{
		Kind:     shop.KindTotalChanged,
		Message:  fmt.Sprintf("the total is %s, not %s as expected", total.Format(currency), expected.Format(currency)),
		Expected: expected,
		Total:    total,
	}
}

// maxRows bounds the rows of one INSERT, whose parameters both databases limit.
const maxRows = 1000

// create writes the order and its items.
func create(
	ctx context.Context, tx *ent.Client, customerID int64, lines []cart.Claimed, taken []stock.Taken,
	total shop.Money, currency shop.Currency,
) (*Placed, error) {
	order, err := tx.Order.Create().
		SetCustomerID(customerID).
		SetTotalAmount(total).
		SetCurrency(string(currency)).
		Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create order: %w", err)
	}
	products := make(map[int64]stock.Taken, len(taken))
	for _, t := range taken {
		products[t.ProductID] = t
	}
	builders := make([]*ent.OrderItemCreate, len(lines))
	for i, l := range lines {
		p := products[l.ProductID]
		builders[i] = tx.OrderItem.Create().
			SetOrderID(order.ID).
			SetProductID(l.ProductID).
			SetSku(p.SKU).
			SetProductName(p.Name).
			SetQuantity(l.Quantity).
			SetPrice(p.Price)
	}
	placed := &Placed{Order: order, Items: make([]*ent.OrderItem, 0, len(lines))}
	for chunk := range slices.Chunk(builders, maxRows) {
		items, err := tx.OrderItem.CreateBulk(chunk...).Save(ctx)
		if err != nil {
			return nil, fmt.Errorf("create order items: %w", err)
		}
		placed.Items = append(placed.Items, items...)
	}
	return placed, nil
}
