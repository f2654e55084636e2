package stock

import (
	"context"
	"fmt"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// AsOf returns a product's stock at a time: the balance after its last movement up to that
// time, or 0 before its first. The error is KindNotFound when there is no such product.
func AsOf(ctx context.Context, client *ent.Client, productID int64, at time.Time) (int64, error) {
	ctx, err := permitSight(ctx)
	if err != nil {
		return 0, err
	}
	if err := exists(ctx, client, productID); err != nil {
		return 0, err
	}
	last, err := client.InventoryMovement.Query().
		Where(inventorymovement.ProductID(productID), inventorymovement.CreatedAtLTE(at.UTC())).
		Order(inventorymovement.ByCreatedAt(desc), inventorymovement.ByID(desc)).
		First(ctx)
	if ent.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("stock as of %s: %w", at, err)
	}
	return last.BalanceAfter, nil
}

// Available returns a product's stock now. AsOf with the present time is not the same:
// movements have the times of the database's clock, which may be ahead of this program's.
// The error is KindNotFound when there is no such product.
func Available(ctx context.Context, client *ent.Client, productID int64) (int64, error) {
	ctx, err := access.Allow(ctx, access.MovementsRead)
	if err != nil {
		return 0, err
	}
	p, err := client.Product.Get(ctx, productID)
	if ent.IsNotFound(err) {
		return 0, shop.NotFound("product", productID)
	}
	if err != nil {
		return 0, fmt.Errorf("read the stock: %w", err)
	}
	return p.Stock, nil
}

// exists is nil when the product is there for this context.
func exists(ctx context.Context, client *ent.Client, productID int64) error {
	there, err := client.Product.Query().Where(product.ID(productID)).Exist(ctx)
	return shop.Found("product", productID, there, err)
}
