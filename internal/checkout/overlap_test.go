package checkout_test

import (
	"context"
	"errors"
	"testing"

	"entgo.io/ent/dialect"
	"golang.org/x/sync/errgroup"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// buying and adding are what meets in one cart.
func buying(customer int64) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		_, err := checkout.Place(ctx, tx, customer, nil, nil, shop.DefaultCurrency)
		return err
	}
}

func adding(customer, product, quantity int64) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		_, err := cart.Add(ctx, tx, customer, product, quantity)
		return err
	}
}

// quantities returns the quantity of each product in the cart.
func quantities(t *testing.T, db *store.DB, customer int64) map[int64]int64 {
	t.Helper()
	c, err := cart.View(storetest.Context(t), db.Client, customer)
	if err != nil {
		t.Fatal(err)
	}
	in := make(map[int64]int64, len(c.Lines))
	for _, l := range c.Lines {
		in[l.ProductID] = l.Quantity
	}
	return in
}

// A checkout that meets another of the same cart finds it empty.
func TestCheckoutMeetsCheckout(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		customer := shoptest.Customers(t, db, 1)[0]
		cartOf(t, db, customer, 2, products...)
		first, second := shoptest.Overlap(t, db, buying(customer), buying(customer))
		if first != nil {
			t.Error(first)
		}
		shoptest.Refused(t, second, shop.KindEmptyCart)
		if n := db.Client.Order.Query().CountX(storetest.Context(t)); n != 1 {
			t.Errorf("%d orders", n)
		}
		shoptest.Lawful(t, db)
	})
}

// What is added during a checkout stays in the cart, whether of a product that is being
// bought or of another. What was added before is bought.
func TestCheckoutMeetsAddition(t *testing.T) {
	t.Parallel()
	for _, more := range []int{0, 1} {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			products := shoptest.Products(t, db, 2, 10)
			customer := shoptest.Customers(t, db, 1)[0]
			cartOf(t, db, customer, 2, products[0])
			first, second := shoptest.Overlap(t, db, buying(customer), adding(customer, products[more], 3))
			if first != nil || second != nil {
				t.Error(first, second)
			}
			if in := quantities(t, db, customer); len(in) != 1 || in[products[more]] != 3 {
				t.Errorf("in the cart: %v", in)
			}
			shoptest.Lawful(t, db)
		})
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			products := shoptest.Products(t, db, 2, 10)
			customer := shoptest.Customers(t, db, 1)[0]
			cartOf(t, db, customer, 2, products[0])
			first, second := shoptest.Overlap(t, db, adding(customer, products[more], 3), buying(customer))
			if first != nil || second != nil {
				t.Error(first, second)
			}
			sold := int64(0)
			for _, item := range db.Client.OrderItem.Query().AllX(storetest.Context(t)) {
				sold += item.Quantity
			}
			for _, left := range quantities(t, db, customer) {
				sold += left
			}
			if sold != 5 {
				t.Errorf("%d of 5 are bought or in the cart", sold)
			}
			shoptest.Lawful(t, db)
		})
	}
}

// Whatever happens to a product during a checkout, the checkout sells it as it is at that
// moment, or is refused with the reason.
func TestCheckoutMeetsProduct(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first func(ctx context.Context, tx *ent.Client, product int64) error
		kind  shop.Kind
	}{
		"sold out": {func(ctx context.Context, tx *ent.Client, product int64) error {
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: product, Change: -9, Reason: shop.Damage})
			return err
		}, shop.KindInsufficientStock},
		"received": {func(ctx context.Context, tx *ent.Client, product int64) error {
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: product, Change: 90, Reason: shop.Receipt})
			return err
		}, ""},
		"inactive": {func(ctx context.Context, tx *ent.Client, product int64) error {
			return tx.Product.UpdateOneID(product).SetIsActive(false).Exec(ctx)
		}, shop.KindInactiveProduct},
		"deleted": {func(ctx context.Context, tx *ent.Client, product int64) error {
			return tx.Product.DeleteOneID(product).Exec(ctx)
		}, shop.KindInactiveProduct},
		"dearer": {func(ctx context.Context, tx *ent.Client, product int64) error {
			return tx.Product.UpdateOneID(product).SetPrice(999).Exec(ctx)
		}, shop.KindTotalChanged},
		"renamed": {func(ctx context.Context, tx *ent.Client, product int64) error {
			return tx.Product.UpdateOneID(product).SetName("Renamed").Exec(ctx)
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				products := shoptest.Products(t, db, 2, 10)
				customer := shoptest.Customers(t, db, 1)[0]
				cartOf(t, db, customer, 2, products...)
				expected := shop.Money(600)
				first, second := shoptest.Overlap(t, db,
					func(ctx context.Context, tx *ent.Client) error { return c.first(ctx, tx, products[1]) },
					func(ctx context.Context, tx *ent.Client) error {
						_, err := checkout.Place(ctx, tx, customer, &expected, nil, shop.DefaultCurrency)
						return err
					})
				if first != nil || shop.KindOf(second) != c.kind {
					t.Errorf("%v, %v", first, second)
				}
				if name == "renamed" && db.Client.OrderItem.Query().AllX(storetest.Context(t))[1].ProductName != "Renamed" {
					t.Error("the name was read too early")
				}
				shoptest.Lawful(t, db)
			})
		})
	}
}

// Two checkouts wait for a third, for a product that is also being put into a cart; the
// foreign key of that cart line locks the row as it was before all of them. This causes
// no deadlock.
func TestCartIsFilledMeanwhile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != dialect.Postgres {
			t.Skip("SQLite has one writer")
		}
		ctx := storetest.Context(t)
		product := shoptest.Products(t, db, 1, 100)[0]
		customers := shoptest.Customers(t, db, 4)
		for _, customer := range customers[1:] {
			cartOf(t, db, customer, 1, product)
		}
		filling, err := db.Client.Tx(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = filling.Rollback() }()
		if _, err := cart.Add(ctx, filling.Client(), customers[0], product, 1); err != nil {
			t.Fatal(err)
		}
		first, err := db.Client.Tx(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = first.Rollback() }() // unless it is committed
		if _, err := checkout.Place(ctx, first.Client(), customers[1], nil, nil, shop.DefaultCurrency); err != nil {
			t.Fatal(err)
		}
		var others errgroup.Group
		for _, customer := range customers[2:] {
			others.Go(func() error { return checkOut(ctx, db, customer) })
		}
		shoptest.Blocked(t, db, 2)
		if err := errors.Join(first.Commit(), others.Wait()); err != nil {
			t.Error(err)
		}
		if n := db.Retries(); n > 0 {
			t.Errorf("%d transactions had to be tried again", n)
		}
		shoptest.Agree(t, db)
	})
}
