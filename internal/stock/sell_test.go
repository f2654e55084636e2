package stock_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// offer is of a product as it is.
func offer(t *testing.T, db *store.DB, product, quantity int64) stock.Offer {
	t.Helper()
	p := db.Client.Product.GetX(storetest.Context(t), product)
	return stock.Offer{ProductID: p.ID, SKU: p.Sku, Name: p.Name, Price: p.Price, Quantity: quantity}
}

// selling makes an order of the offers.
func selling(customer int64, items *[]*ent.OrderItem, offers ...stock.Offer) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		var total shop.Money
		for _, o := range offers {
			total += o.Price * shop.Money(o.Quantity)
		}
		o, err := tx.Order.Create().SetCustomerID(customer).SetTotalAmount(total).SetCurrency("EUR").Save(ctx)
		if err != nil {
			return err
		}
		*items, err = stock.Sell(ctx, tx, o.ID, offers)
		return err
	}
}

// What is sold becomes items and movements, in the order of the offers; what is
// returned is what is stored, and it is what the hooks would have written.
func TestSell(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 64, 65, 1100} { // up to and past what one statement takes
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			ctx := shop.WithActor(storetest.Context(t), "anna@example.com")
			products := shoptest.Products(t, db, n, 10)
			slices.Reverse(products)
			customer := shoptest.Customers(t, db, 1)[0]
			offers := make([]stock.Offer, n)
			for i, p := range products {
				offers[i] = offer(t, db, p, int64(1+i%3))
			}
			var items []*ent.OrderItem
			if err := db.Tx(ctx, selling(customer, &items, offers...)); err != nil {
				t.Fatal(err)
			}
			stored := db.Client.OrderItem.Query().Order(ent.Asc("id")).AllX(ctx)
			movements := db.Client.InventoryMovement.Query().
				Where(inventorymovement.ReasonEQ(shop.Sale)).Order(ent.Asc("id")).AllX(ctx)
			if len(items) != n || len(stored) != n || len(movements) != n {
				t.Fatalf("%d items, %d stored, %d movements of %d", len(items), len(stored), len(movements), n)
			}
			for i, o := range offers {
				got, m := stored[i], movements[i]
				if diff := cmp.Diff(o, stock.Offer{
					ProductID: got.ProductID, SKU: got.Sku, Name: got.ProductName, Price: got.Price, Quantity: got.Quantity,
				}); diff != "" {
					t.Errorf("item %d: %s", i, diff)
				}
				if items[i].String() != got.String() || !items[i].CreatedAt.Equal(got.CreatedAt) {
					t.Errorf("returned %v, stored %v", items[i], got)
				}
				if *m.OrderItemID != got.ID || m.ProductID != o.ProductID || m.QuantityChange != -o.Quantity ||
					m.BalanceAfter != 10-o.Quantity || m.Actor != "anna@example.com" || m.Note != nil {
					t.Errorf("movement %d: %v", i, m)
				}
			}
			shoptest.Lawful(t, db)
		})
	}
}

// Offers that do not hold are refused whole, whatever is wrong with one of them,
// by Sell and by Refuse alike, and Sell is repeated when the product was edited.
func TestOffersThatDoNotHold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 5, 10)
		customer := shoptest.Customers(t, db, 1)[0]
		good := offer(t, db, products[0], 10)
		edited := func(edit func(*stock.Offer)) stock.Offer {
			o := offer(t, db, products[1], 1)
			edit(&o)
			return o
		}
		inactive, deleted := offer(t, db, products[2], 1), offer(t, db, products[3], 1)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return errors.Join(
				tx.Product.UpdateOneID(inactive.ProductID).SetIsActive(false).Exec(ctx),
				tx.Product.DeleteOneID(deleted.ProductID).Exec(ctx),
			)
		})
		missing := good
		missing.ProductID = 4711
		for name, c := range map[string]struct {
			bad   stock.Offer
			kind  shop.Kind // of both, where not empty
			again bool
		}{
			"short":        {bad: offer(t, db, products[4], 11), kind: shop.KindInsufficientStock},
			"inactive":     {bad: inactive, kind: shop.KindInactiveProduct},
			"deleted":      {bad: deleted, kind: shop.KindInactiveProduct},
			"missing":      {bad: missing, kind: shop.KindNotFound},
			"nothing":      {bad: offer(t, db, products[4], 0), kind: shop.KindInvalid},
			"less":         {bad: offer(t, db, products[4], -1), kind: shop.KindInvalid},
			"the most":     {bad: offer(t, db, products[4], shop.MaxQuantity), kind: shop.KindInsufficientStock},
			"too much":     {bad: offer(t, db, products[4], shop.MaxQuantity+1), kind: shop.KindInvalid},
			"twice":        {bad: good},
			"dearer now":   {bad: edited(func(o *stock.Offer) { o.Price-- }), again: true},
			"renamed":      {bad: edited(func(o *stock.Offer) { o.Name += "!" }), again: true},
			"another code": {bad: edited(func(o *stock.Offer) { o.SKU += "!" }), again: true},
		} {
			before := shoptest.Dump(t, db)
			var items []*ent.OrderItem
			tries := 0
			ctx := storetest.Context(t)
			err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				tries++
				if tries > 2 {
					return errors.New("enough")
				}
				refused := stock.Refuse(ctx, tx, []stock.Offer{good, c.bad})
				if (refused == nil) != c.again || c.kind != "" && shop.KindOf(refused) != c.kind {
					t.Errorf("%s: refused with %v", name, refused)
				}
				return selling(customer, &items, good, c.bad)(ctx, tx)
			})
			if err == nil || c.kind != "" && shop.KindOf(err) != c.kind {
				t.Errorf("%s: %v", name, err)
			}
			if (tries == 3) != c.again {
				t.Errorf("%s: %d tries", name, tries)
			}
			if diff := cmp.Diff(before, shoptest.Dump(t, db)); diff != "" {
				t.Errorf("%s: something was written: %s", name, diff)
			}
		}
		var items []*ent.OrderItem
		if err := db.Tx(storetest.Context(t), selling(customer, &items, good)); err != nil {
			t.Error("what holds:", err)
		}
		shoptest.Lawful(t, db)
	})
}

// Times of a product's movements grow with their ids, however many sell at once,
// or the stock as of a time would be another's.
func TestTimesFollowIDs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 1000)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		o := offer(t, db, product, 1)
		done := make(chan error)
		const workers = 6
		for i := range workers {
			go func() {
				ctx := storetest.Context(t)
				var err error
				for range 10 {
					var items []*ent.OrderItem
					if i < workers/2 {
						err = errors.Join(err, db.Tx(ctx, selling(customer, &items, o)))
					} else {
						_, adjusted := post(ctx, db, adjustment(product, -1))
						err = errors.Join(err, adjusted)
					}
				}
				done <- err
			}()
		}
		for range workers {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		movements := db.Client.InventoryMovement.Query().Order(ent.Asc("id")).AllX(storetest.Context(t))
		for i := 1; i < len(movements); i++ {
			if movements[i].CreatedAt.Before(movements[i-1].CreatedAt) {
				t.Errorf("movement %d at %v is after one at %v", movements[i].ID, movements[i].CreatedAt, movements[i-1].CreatedAt)
			}
		}
		shoptest.Lawful(t, db)
	})
}
