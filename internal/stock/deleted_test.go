package stock_test

import (
	"context"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// operations are all that a person does to a product's stock.
var operations = map[string]func(ctx context.Context, tx *ent.Client, product int64) error{
	"adjust": func(ctx context.Context, tx *ent.Client, product int64) error {
		_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: product, Change: 1, Reason: shop.Receipt})
		return err
	},
	"count": func(ctx context.Context, tx *ent.Client, product int64) error {
		_, err := stock.Count(ctx, tx, product, stock.Tally{Counted: 7, Expected: 9})
		return err
	},
	"count the same": func(ctx context.Context, tx *ent.Client, product int64) error {
		_, err := stock.Count(ctx, tx, product, stock.Tally{Counted: 9, Expected: 9})
		return err
	},
	"as of": func(ctx context.Context, tx *ent.Client, product int64) error {
		_, err := stock.AsOf(ctx, tx, product, time.Unix(0, 0))
		return err
	},
	"history": func(ctx context.Context, tx *ent.Client, product int64) error {
		_, err := stock.History(ctx, tx, product, newest)
		return err
	},
}

// Deleted products are as if they were not there, like those that never were,
// but what was sold of them comes back when the order is cancelled, also when
// they are not for sale any more.
func TestDeletedProducts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], products...).Order
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			if err := tx.Product.UpdateOneID(products[1]).SetIsActive(false).Exec(ctx); err != nil {
				return err
			}
			return tx.Product.DeleteOneID(products[0]).Exec(ctx)
		})
		for name, operation := range operations {
			for _, product := range []int64{products[0], 4711} {
				err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error { return operation(ctx, tx, product) })
				if shop.KindOf(err) != shop.KindNotFound {
					t.Errorf("%s of product %d: %v", name, product, err)
				}
			}
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error { return operation(ctx, tx, products[1]) })
			if err != nil && name != "count" && name != "count the same" { // which meet another stock
				t.Errorf("%s of an inactive product: %v", name, err)
			}
		}
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			_, err := order.Transition(ctx, tx, o.ID, shop.Cancelled, "")
			return err
		})
		history, err := stock.History(invariant.WithDeleted(storetest.Context(t)), db.Reader, products[0], newest)
		if err != nil || len(history) != 3 || history[0].BalanceAfter != 10 || history[0].Reason != shop.Cancellation {
			t.Errorf("history of the deleted product: %v, %v", history, err)
		}
		shoptest.Lawful(t, db)
	})
}

// Where there is no room for what a cancellation brings back, that is said, though
// another product of the order is deleted.
func TestNoRoomBesideDeletedProduct(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], products...).Order
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.DeleteOneID(products[0]).Exec(ctx)
		})
		if _, err := post(storetest.Context(t), db, adjustment(products[1], shop.MaxStock-unitsOf(t, db, products[1]))); err != nil {
			t.Fatal(err)
		}
		before := shoptest.Dump(t, db)
		err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			_, err := order.Transition(ctx, tx, o.ID, shop.Cancelled, "")
			return err
		})
		shoptest.Refused(t, err, shop.KindConflict)
		shoptest.Unchanged(t, db, before)
		shoptest.Lawful(t, db)
	})
}
