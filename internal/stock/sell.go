package stock

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Offer is a line of an order that is about to be written: a product as it was shown to
// the customer, and the quantity.
type Offer struct {
	ProductID int64
	SKU       string
	Name      string
	Price     shop.Money
	Quantity  int64
}

// Sell takes the stock of all offers, or of none, creates the order items and records a
// `sale` movement for each. It returns the items in the order of the offers. The offers are
// of different products, as the lines of a cart are. The order must be pending and created
// in this transaction.
//
// A product is sold only as it was offered. When its SKU, name or price has changed since,
// the error is shop.ErrRepeat, and the transaction is run again. Other errors are those of
// Post for the reason Sale.
//
// Sell writes SQL, so the hooks and policies of order items and movements do not run. It
// checks itself that the viewer's operation may create items and sell.
func Sell(ctx context.Context, tx *ent.Client, orderID int64, offers []Offer) ([]*ent.OrderItem, error) {
	if err := transactional(tx); err != nil {
		return nil, err
	}
	ctx, err := selling(ctx)
	if err != nil {
		return nil, err
	}
	wants, err := demanded(offers)
	if err != nil {
		return nil, err
	}
	items, err := sellAtOnce(ctx, tx, orderID, offers)
	if len(items) > 0 || err != nil {
		return items, err
	}
	held, err := take(ctx, tx, shop.Sale, wants)
	if err != nil {
		return nil, err
	}
	for _, o := range offers {
		if p := held[o.ProductID]; p.sku != o.SKU || p.name != o.Name || p.price != o.Price {
			return nil, fmt.Errorf("stock: product %d: %w", o.ProductID, shop.ErrRepeat)
		}
	}
	items, err = createItems(ctx, tx, orderID, moment(held), offers)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(items))
	for i, item := range items {
		lines[i] = Line{ProductID: item.ProductID, Change: -item.Quantity, Reason: shop.Sale, OrderItemID: item.ID}
	}
	_, err = record(ctx, tx, held, lines)
	return items, err
}

// sellAtOnce sells if everything is as it was offered. Otherwise, or if there are too many
// offers, it has done nothing and returns no items.
func sellAtOnce(ctx context.Context, tx *ent.Client, orderID int64, offers []Offer) ([]*ent.OrderItem, error) {
	switch {
	case tx.Dialect() != dialect.Postgres:
		return sellOnSQLite(ctx, tx, orderID, offers)
	case len(offers) <= maxValues:
		return sellOnPostgres(ctx, tx, orderID, offers)
	default:
		return nil, nil
	}
}

// selling begins a sale.
func selling(ctx context.Context) (context.Context, error) {
	if err := access.Check(ctx, access.OrderItemsCreate); err != nil {
		return ctx, err
	}
	return access.Allow(ctx, access.StockSale)
}

// Refuse returns the error with which Sell would refuse the offers because of the state
// of the products, or nil. It writes nothing. On PostgreSQL it locks the products, so
// that the answer holds until the transaction ends.
func Refuse(ctx context.Context, tx *ent.Client, offers []Offer) error {
	ctx, err := selling(ctx)
	if err != nil {
		return err
	}
	wants, err := demanded(offers)
	if err != nil {
		return err
	}
	products, err := read(ctx, tx, wants)
	if err != nil {
		return err
	}
	for _, w := range wants {
		if p, ok := products[w.productID]; !ok || !scopeOf(shop.Sale).allows(p, w) {
			return refusal(shop.Sale, wants, products)
		}
	}
	return nil
}

// demanded is what the offers ask of the stock.
func demanded(offers []Offer) ([]want, error) {
	var t tally
	for _, o := range offers {
		if o.Quantity < 1 || o.Quantity > shop.MaxQuantity {
			return nil, shop.Invalidf("quantity", "expected a number from 1 to %d", shop.MaxQuantity)
		}
		if err := t.add(o.ProductID, -o.Quantity); err != nil {
			return nil, err
		}
	}
	if len(t.wants) != len(offers) {
		return nil, fmt.Errorf("stock: %d offers of %d products", len(offers), len(t.wants))
	}
	return t.sorted(), nil
}
