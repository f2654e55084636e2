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

// Place buys what is in a customer's cart. Expected is the total that the
// customer agreed to, nil to take whatever it is; address is where the order is
// sent, nil for the customer's own; currency is recorded on the order. Names,
// prices, is_active and the customer's address are those inside the transaction.
// The order is pending; its items, their `sale` movements and its `placed` event
// are written with it. Of two checkouts of a cart at once, one gets the order
// and the other KindEmptyCart; what is added meanwhile stays in the cart.
//
// Errors, each of which leaves cart and stock untouched once the transaction is
// rolled back: KindNotFound for the customer, KindEmptyCart,
// KindInactiveProduct with the products that are inactive or deleted,
// KindInsufficientStock with all that are short, KindInvalid for a total past
// the largest amount or naming delivery_address, KindTotalChanged with the total.
// shop.ErrRepeat, when a product was edited meanwhile, reaches the caller of
// store.DB.Tx only when that happens at every retry.
//
// It takes two statements on PostgreSQL, whatever the number of lines (up to
// 64), and locks the products in the last one:
//
//  1. DELETE cart_items … RETURNING   (cart.Claim)
//  2. INSERT orders, order_events and audit_entries (by hooks) with UPDATE
//     products, INSERT order_items and inventory_movements   (stock.Sell)
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
		// Refuse what cannot be sold now, rather than write an order in vain. If the stock
		// has come in meanwhile, the checkout goes on.
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
