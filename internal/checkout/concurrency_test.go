package checkout_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func checkOut(ctx context.Context, db *store.DB, customer int64) error {
	return db.Tx(ctx, buying(customer))
}

func put(ctx context.Context, db *store.DB, customer, product, quantity int64) error {
	return db.Tx(ctx, adding(customer, product, quantity))
}

// A cart that is checked out many times at once becomes one order.
func TestSameCartAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 100)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		cartOf(t, db, customer, 2, product)
		var placed atomic.Int64
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				switch err := checkOut(storetest.Context(t), db, customer); shop.KindOf(err) {
				case "":
					placed.Add(1)
				case shop.KindEmptyCart:
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if placed.Load() != 1 || db.Client.Order.Query().CountX(storetest.Context(t)) != 1 {
			t.Errorf("%d orders", placed.Load())
		}
		shoptest.Agree(t, db)
	})
}

// What is added during checkouts is either bought or still in the cart.
func TestNothingAddedIsLost(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 1000)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 10 {
					if err := put(storetest.Context(t), db, customer, product, 1); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Go(func() {
			for range 10 {
				if err := checkOut(storetest.Context(t), db, customer); err != nil && shop.KindOf(err) != shop.KindEmptyCart {
					t.Error(err)
				}
			}
		})
		wg.Wait()
		view, err := cart.View(storetest.Context(t), db.Reader, customer)
		if err != nil {
			t.Fatal(err)
		}
		var left int64
		for _, line := range view.Lines {
			left += line.Quantity
		}
		sold := 1000 - db.Client.Product.GetX(storetest.Context(t), product).Stock
		if sold+left != 40 {
			t.Errorf("40 were added, %d bought, %d are in the cart", sold, left)
		}
		shoptest.Agree(t, db)
	})
}

// Simultaneous checkouts of carts with the same products in opposite order do not fail
// with a deadlock.
func TestOppositeOrders(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 6, 100_000)
		customers := shoptest.Customers(t, db, 8)
		var wg sync.WaitGroup
		for i, customer := range customers {
			mine := slices.Clone(products)
			if i%2 == 1 {
				slices.Reverse(mine)
			}
			wg.Go(func() {
				for range 8 {
					for _, product := range mine {
						if err := put(storetest.Context(t), db, customer, product, 1); err != nil {
							t.Error(err)
						}
					}
					if err := checkOut(storetest.Context(t), db, customer); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		shoptest.Agree(t, db)
	})
}

// A checkout that fails leaves cart and stock as they were, and names everything that is
// wrong.
func TestRefusalsLeaveEverything(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 3, 5)
		customer := shoptest.Customers(t, db, 1)[0]
		cartOf(t, db, customer, 9, products...)
		err := checkOut(storetest.Context(t), db, customer)
		e, ok := err.(*shop.Error) //nolint:errorlint // it comes back as it is
		if !ok || e.Kind != shop.KindInsufficientStock || len(e.Items) != 3 {
			t.Fatalf("got %v", err)
		}
		for i, item := range e.Items {
			if item.ProductID != products[i] || item.Requested != 9 || item.Available != 5 || item.SKU == "" {
				t.Errorf("line %d: %+v", i, item)
			}
		}
		view, err := cart.View(storetest.Context(t), db.Reader, customer)
		if err != nil || len(view.Lines) != 3 || *view.Total != 5400 {
			t.Errorf("cart: %+v, %v", view, err)
		}
		shoptest.Agree(t, db)
	})
}
