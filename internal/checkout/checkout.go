// Package checkout turns a cart into an order.
package checkout

import (
	"context"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// Placed is an order and its items, in the order of the cart.
type Placed struct {
	Order *ent.Order
	Items []*ent.OrderItem
}

// Place turns a customer's cart into a pending order, together with its items, their `sale`
// movements and its `placed` event. expected is the total that the customer agreed to, or
// nil to accept any. address is where the order is sent, or nil for the customer's own
// address. currency is recorded on the order. Names, prices, is_active and the customer's
// address are read inside the transaction. When two checkouts of one cart run at the same
// time, one gets the order and the other KindEmptyCart. Lines that are added meanwhile stay
// in the cart.
//
// Errors, after which cart and stock are unchanged once the transaction is rolled back:
//
//   - KindNotFound: there is no such customer.
//   - KindEmptyCart: the cart is empty.
//   - KindInactiveProduct: names the products that are inactive or deleted.
//   - KindInsufficientStock: names every product of which there is too little.
//   - KindTotalChanged: gives the total that is not the expected one.
//   - KindInvalid: the total exceeds the largest amount, or delivery_address is invalid.
//   - shop.ErrRepeat: a product was edited at the same time. store.DB.Tx repeats the
//     transaction, so its caller sees this only when it happens every time.
//
// On PostgreSQL it takes two round trips, whatever the number of lines (up to 64):
//
//  1. BEGIN and DELETE cart_items … RETURNING (cart.Claim).
//  2. The lock on the products, one statement and COMMIT (stock.Sell). The statement
//     inserts the order, its event and its audit entry (made by hooks), moves the stock,
//     and inserts the items and their movements.
func Place(
	ctx context.Context, tx *ent.Client, customerID int64, expected *shop.Money, address *string, currency shop.Currency,
) (*Placed, error) {
	ctx, err := access.Allow(ctx, access.CheckoutCreate)
	if err != nil {
		return nil, err
	}
	claimed, err := cart.Claim(ctx, tx, customerID)
	if err != nil {
		return nil, err
	}
	offers := offered(claimed.Lines)
	if !available(claimed.Lines) {
		// Refuse what cannot be sold before writing an order for nothing. If the stock has
		// come in meanwhile, the checkout continues.
		if err := stock.Refuse(ctx, tx, offers); err != nil {
			return nil, err
		}
	}
	total, err := claimed.Total()
	if err != nil {
		return nil, err
	}
	if expected != nil && *expected != total {
		return nil, totalChanged(*expected, total, currency)
	}
	if address == nil {
		address = claimed.Address
	}
	order, err := create(ctx, claimed, tx.Order.Create().
		SetCustomerID(customerID).
		SetTotalAmount(total).
		SetCurrency(string(currency)).
		SetNillableDeliveryAddress(address))
	if err != nil {
		return nil, err
	}
	items, err := stock.Sell(ctx, tx, order.ID, offers)
	if err != nil {
		return nil, err
	}
	return &Placed{Order: order, Items: items}, nil
}

// create writes the order. On PostgreSQL, where the ids of the order and its event are
// already known, both are sent later, together with the audit entry and what stock.Sell
// writes.
func create(ctx context.Context, claimed *cart.Contents, order *ent.OrderCreate) (*ent.Order, error) {
	bought, err := audit.Changed("items", nil, bought(claimed.Lines))
	if err != nil {
		return nil, err
	}
	ctx = audit.As(ctx, audit.Checkout, bought)
	if claimed.OrderID > 0 {
		order.SetID(claimed.OrderID)
		ctx = pipeline.Later(invariant.WithEventID(ctx, claimed.EventID))
	}
	placed, err := order.Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create order: %w", err)
	}
	return placed, nil
}

func offered(lines []cart.Claimed) []stock.Offer {
	offers := make([]stock.Offer, len(lines))
	for i, l := range lines {
		offers[i] = stock.Offer{ProductID: l.ProductID, SKU: l.SKU, Name: l.Name, Price: l.Price, Quantity: l.Quantity}
	}
	return offers
}

// line is an item in the form in which the audit trail stores it.
type line struct {
	ProductID int64      `json:"product_id"`
	SKU       string     `json:"sku"`
	Quantity  int64      `json:"quantity"`
	Price     shop.Money `json:"price"`
}

func bought(claimed []cart.Claimed) []line {
	lines := make([]line, len(claimed))
	for i, c := range claimed {
		lines[i] = line{ProductID: c.ProductID, SKU: c.SKU, Quantity: c.Quantity, Price: c.Price}
	}
	return lines
}

func available(lines []cart.Claimed) bool {
	return !slices.ContainsFunc(lines, func(l cart.Claimed) bool { return !l.Available })
}

func totalChanged(expected, total shop.Money, currency shop.Currency) error {
	return &shop.Error{
		Kind:     shop.KindTotalChanged,
		Message:  fmt.Sprintf("the total is %s, not %s as expected", total.Format(currency), expected.Format(currency)),
		Expected: expected,
		Total:    total,
	}
}
