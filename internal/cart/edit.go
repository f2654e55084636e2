package cart

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/cartitem"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// SetQuantity changes the quantity of a line and returns the cart. Errors: KindNotFound
// for the customer or the line; KindInvalid naming quantity, also when the cart's total
// would exceed the largest amount.
func SetQuantity(ctx context.Context, tx *ent.Client, customerID, itemID, quantity int64) (*Cart, error) {
	ctx, err := access.Allow(ctx, access.CartsUpdate)
	if err != nil {
		return nil, err
	}
	if err := checkQuantity(quantity); err != nil {
		return nil, err
	}
	if err := checkCustomer(ctx, tx, customerID); err != nil {
		return nil, err
	}
	n, err := tx.CartItem.Update().
		Where(cartitem.ID(itemID), cartitem.CustomerID(customerID)).
		SetQuantity(quantity).
		Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("change cart line: %w", err)
	}
	if n == 0 {
		return nil, shop.NotFound("cart item", itemID)
	}
	return readPayable(ctx, tx, customerID)
}

// Remove takes a line out of the cart, even when the cart's total exceeds the largest
// amount. The error is KindNotFound for the customer or the line.
func Remove(ctx context.Context, tx *ent.Client, customerID, itemID int64) error {
	ctx, err := access.Allow(ctx, access.CartsUpdate)
	if err != nil {
		return err
	}
	if err := checkCustomer(ctx, tx, customerID); err != nil {
		return err
	}
	n, err := tx.CartItem.Delete().
		Where(cartitem.ID(itemID), cartitem.CustomerID(customerID)).
		Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove cart line: %w", err)
	}
	if n == 0 {
		return shop.NotFound("cart item", itemID)
	}
	return nil
}

// Clear empties the cart, which may be empty already. The error is KindNotFound
// for the customer.
func Clear(ctx context.Context, tx *ent.Client, customerID int64) error {
	ctx, err := access.Allow(ctx, access.CartsUpdate)
	if err != nil {
		return err
	}
	if err := checkCustomer(ctx, tx, customerID); err != nil {
		return err
	}
	if _, err := tx.CartItem.Delete().Where(cartitem.CustomerID(customerID)).Exec(ctx); err != nil {
		return fmt.Errorf("clear cart: %w", err)
	}
	return nil
}

func checkCustomer(ctx context.Context, client *ent.Client, id int64) error {
	there, err := client.Customer.Query().Where(customer.ID(id)).Exist(ctx)
	return shop.Found("customer", id, there, err)
}
