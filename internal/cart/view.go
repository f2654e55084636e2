package cart

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/cartitem"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Cart is a customer's cart at current prices.
type Cart struct {
	// Lines are in the order in which they were added.
	Lines []Line
	// Total is nil when it exceeds the largest amount at current prices.
	Total *shop.Money
}

// Line is one product in a cart.
type Line struct {
	ID          int64
	ProductID   int64
	SKU         string
	ProductName string
	Price       shop.Money
	Quantity    int64
	// Subtotal is nil when it exceeds the largest amount.
	Subtotal *shop.Money
	// IsActive reports whether the product is on sale. It is false once the product was
	// made inactive or deleted.
	IsActive bool
	Stock    int64
}

// View returns a customer's cart, which may be empty. The error is KindNotFound
// for the customer.
func View(ctx context.Context, client *ent.Client, customerID int64) (*Cart, error) {
	ctx, err := access.Allow(ctx, access.CartsRead)
	if err != nil {
		return nil, err
	}
	if err := checkCustomer(ctx, client, customerID); err != nil {
		return nil, err
	}
	return read(ctx, client, customerID)
}

// read is View for a customer who is known to exist.
func read(ctx context.Context, client *ent.Client, customerID int64) (*Cart, error) {
	items, err := client.CartItem.Query().
		Where(cartitem.CustomerID(customerID)).
		Order(cartitem.ByID()).
		WithProduct().
		All(invariant.WithDeleted(ctx)) // deleted products are shown, so that they can be removed
	if err != nil {
		return nil, fmt.Errorf("read cart: %w", err)
	}
	c := &Cart{Lines: make([]Line, 0, len(items))}
	for _, item := range items {
		p := item.Edges.Product
		line := Line{
			ID: item.ID, ProductID: p.ID, SKU: p.Sku, ProductName: p.Name, Price: p.Price, Quantity: item.Quantity,
			IsActive: p.IsActive && p.DeletedAt == nil, Stock: p.Stock,
		}
		if subtotal, err := line.amount(); err == nil {
			line.Subtotal = &subtotal
		}
		c.Lines = append(c.Lines, line)
	}
	if total, err := sum(c.Lines, (*Line).amount); err == nil {
		c.Total = &total
	}
	return c, nil
}

// readPayable is read, but the error is KindInvalid naming quantity when the cart's total
// exceeds the largest amount.
func readPayable(ctx context.Context, client *ent.Client, customerID int64) (*Cart, error) {
	c, err := read(ctx, client, customerID)
	if err != nil {
		return nil, err
	}
	if _, err := sum(c.Lines, (*Line).amount); err != nil {
		return nil, shop.Invalidf("quantity", "%s", err)
	}
	return c, nil
}

func (l *Line) amount() (shop.Money, error) { return l.Price.Times(l.Quantity) }

// sum adds up the amounts of lines. The error is KindInvalid when an amount or the sum
// exceeds the largest amount.
func sum[L any](lines []L, amount func(*L) (shop.Money, error)) (total shop.Money, err error) {
	for i := range lines {
		line, err := amount(&lines[i])
		if err != nil {
			return 0, err
		}
		if total, err = total.Plus(line); err != nil {
			return 0, err
		}
	}
	return total, nil
}
