package cart

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/cartitem"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Add puts a product into a customer's cart, or raises the quantity of its line, and
// returns the cart. Additions to one cart wait for each other, so that none is lost.
// Errors: KindNotFound for the customer; KindInvalid naming product_id when the product is
// missing or deleted, or would be one line more than shop.MaxLines; KindInvalid naming
// quantity when it, or the line's new quantity, is not between 1 and shop.MaxQuantity, or
// when the cart's total would exceed the largest amount; KindInactiveProduct.
func Add(ctx context.Context, tx *ent.Client, customerID, productID, quantity int64) (*Cart, error) {
	ctx, err := access.Allow(ctx, access.CartsUpdate)
	if err != nil {
		return nil, err
	}
	if err := checkQuantity(quantity); err != nil {
		return nil, err
	}
	if err := lockCustomer(ctx, tx, customerID); err != nil {
		return nil, err
	}
	if err := sellable(ctx, tx, productID, quantity); err != nil {
		return nil, err
	}
	added, err := addToLine(ctx, tx, customerID, productID, quantity)
	if err != nil {
		return nil, err
	}
	c, err := readPayable(ctx, tx, customerID)
	if err != nil {
		return nil, err
	}
	// The customer is locked, so nobody else adds a line meanwhile.
	if added && len(c.Lines) > shop.MaxLines {
		return nil, shop.Invalidf("product_id", "the cart has %d products already: expected at most %d", len(c.Lines)-1, shop.MaxLines)
	}
	return c, nil
}

func checkQuantity(quantity int64) error {
	if quantity < 1 || quantity > shop.MaxQuantity {
		return shop.Invalidf("quantity", "expected a number from 1 to %d", shop.MaxQuantity)
	}
	return nil
}

// lockCustomer locks the customer until the transaction ends: they cannot be deleted, and
// other additions to the cart wait. New references to the customer, such as from orders,
// do not wait.
func lockCustomer(ctx context.Context, tx *ent.Client, id int64) error {
	found, err := tx.Customer.Query().Where(customer.ID(id), invariant.Exclusive).IDs(ctx)
	return shop.Found("customer", id, len(found) > 0, err)
}

// sellable refuses products that cannot be bought.
func sellable(ctx context.Context, tx *ent.Client, id, quantity int64) error {
	p, err := tx.Product.Query().Where(product.ID(id)).Only(invariant.WithDeleted(ctx))
	switch {
	case ent.IsNotFound(err):
		return invariant.Unusable(cartitem.FieldProductID, "product", id, false)
	case err != nil:
		return fmt.Errorf("find product: %w", err)
	case p.DeletedAt != nil:
		return invariant.Unusable(cartitem.FieldProductID, "product", id, true)
	case !p.IsActive:
		return &shop.Error{
			Kind:    shop.KindInactiveProduct,
			Message: fmt.Sprintf("not for sale: %s (%s)", p.Name, p.Sku),
			Items:   []shop.LineError{{ProductID: p.ID, SKU: p.Sku, Requested: quantity, Available: p.Stock}},
		}
	default:
		return nil
	}
}

// addToLine raises the quantity of a product's line, or adds a line and returns true. An
// existing line is locked before its quantity is checked, so that nobody can change it
// between the check and the update.
func addToLine(ctx context.Context, tx *ent.Client, customerID, productID, quantity int64) (added bool, err error) {
	line, err := tx.CartItem.Query().
		Where(cartitem.CustomerID(customerID), cartitem.ProductID(productID), invariant.Exclusive).
		Only(ctx)
	switch {
	case ent.IsNotFound(err):
		added = true
		err = tx.CartItem.Create().
			SetCustomerID(customerID).
			SetProductID(productID).
			SetQuantity(quantity).
			Exec(ctx)
	case err == nil && line.Quantity > shop.MaxQuantity-quantity:
		return false, shop.Invalidf("quantity",
			"the cart has %d already: expected at most %d more", line.Quantity, shop.MaxQuantity-line.Quantity)
	case err == nil:
		err = tx.CartItem.Update().Where(cartitem.ID(line.ID)).AddQuantity(quantity).Exec(ctx)
	}
	if err != nil {
		return false, fmt.Errorf("add to cart: %w", err)
	}
	return added, nil
}
