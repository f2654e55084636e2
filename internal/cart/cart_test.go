package cart_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// edit is a change of a cart.
type edit func(ctx context.Context, tx *ent.Client) (*cart.Cart, error)

func adding(customer, product, quantity int64) edit {
	return func(ctx context.Context, tx *ent.Client) (*cart.Cart, error) {
		return cart.Add(ctx, tx, customer, product, quantity)
	}
}

func setting(customer, item, quantity int64) edit {
	return func(ctx context.Context, tx *ent.Client) (*cart.Cart, error) {
		return cart.SetQuantity(ctx, tx, customer, item, quantity)
	}
}

func removing(customer, item int64) edit {
	return func(ctx context.Context, tx *ent.Client) (*cart.Cart, error) {
		return nil, cart.Remove(ctx, tx, customer, item)
	}
}

func clearing(customer int64) edit {
	return func(ctx context.Context, tx *ent.Client) (*cart.Cart, error) {
		return nil, cart.Clear(ctx, tx, customer)
	}
}

// do makes an edit in its own transaction.
func do(ctx context.Context, db *store.DB, e edit) (c *cart.Cart, err error) {
	err = db.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		c, err = e(ctx, tx)
		return err
	})
	return c, err
}

// must is do, but fails the test on an error.
func must(t *testing.T, db *store.DB, e edit) *cart.Cart {
	t.Helper()
	c, err := do(storetest.Context(t), db, e)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// product changes a product.
func product(t *testing.T, db *store.DB, id int64, set func(*ent.ProductUpdateOne)) {
	t.Helper()
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		u := tx.Product.UpdateOneID(id)
		set(u)
		return u.Exec(ctx)
	})
}

// The cart shows each product as it is now, in the order of adding.
func TestView(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 3, 10)
		customers := shoptest.Customers(t, db, 2)
		customer := customers[0]
		must(t, db, adding(customers[1], products[0], 7))
		must(t, db, adding(customer, products[2], 1))
		must(t, db, adding(customer, products[0], 99)) // more than is in stock
		c := must(t, db, adding(customer, products[2], 2))
		want := &cart.Cart{Total: new(shop.Money(900 + 9900)), Lines: []cart.Line{
			{ProductID: products[2], SKU: "P-3", ProductName: "Product 3", Price: 300, Quantity: 3, Subtotal: new(shop.Money(900)), IsActive: true, Stock: 10},
			{ProductID: products[0], SKU: "P-1", ProductName: "Product 1", Price: 100, Quantity: 99, Subtotal: new(shop.Money(9900)), IsActive: true, Stock: 10},
		}}
		noID := cmpopts.IgnoreFields(cart.Line{}, "ID")
		if diff := cmp.Diff(want, c, noID); diff != "" {
			t.Error("after adding:", diff)
		}
		product(t, db, products[2], func(p *ent.ProductUpdateOne) { p.SetPrice(0).SetIsActive(false) })
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Product.DeleteOneID(products[0]).Exec(ctx) })
		want.Total = new(shop.Money(9900))
		want.Lines[0].Price, want.Lines[0].Subtotal, want.Lines[0].IsActive = 0, new(shop.Money), false
		want.Lines[1].IsActive = false
		c, err := cart.View(storetest.Context(t), db.Reader, customer)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, c, noID); diff != "" {
			t.Error("after the products changed:", diff)
		}
		c = must(t, db, setting(customer, c.Lines[1].ID, 1))
		if c.Lines[1].Quantity != 1 || *c.Total != 100 {
			t.Errorf("after setting: %+v", c)
		}
		must(t, db, removing(customer, c.Lines[0].ID))
		must(t, db, clearing(customer))
		must(t, db, clearing(customer))
		for i, want := range []int{0, 1} {
			c, err := cart.View(storetest.Context(t), db.Reader, customers[i])
			if err != nil || c.Lines == nil || len(c.Lines) != want {
				t.Errorf("customer %d is left with %+v, %v", i, c, err)
			}
		}
	})
}

// A customer who does not exist has no cart, and nobody can edit another customer's cart.
func TestStrangers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		customers := shoptest.Customers(t, db, 3)
		owner, deleted, other := customers[0], customers[1], customers[2]
		line := must(t, db, adding(owner, p, 1)).Lines[0].ID
		deletedLine := must(t, db, adding(deleted, p, 1)).Lines[0].ID
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Customer.DeleteOneID(deleted).Exec(ctx) })
		must(t, db, adding(other, p, 1))
		before := shoptest.Dump(t, db)
		for _, e := range []edit{
			adding(deleted, p, 1), setting(deleted, deletedLine, 2), removing(deleted, deletedLine), clearing(deleted),
			adding(4711, p, 1), setting(4711, line, 2), removing(4711, line), clearing(4711),
			setting(other, line, 2), removing(other, line), setting(owner, 4711, 2), removing(owner, 4711),
		} {
			_, err := do(storetest.Context(t), db, e)
			shoptest.Refused(t, err, shop.KindNotFound)
		}
		for _, id := range []int64{deleted, 4711} {
			_, err := cart.View(storetest.Context(t), db.Reader, id)
			shoptest.Refused(t, err, shop.KindNotFound)
		}
		shoptest.Unchanged(t, db, before)
	})
}

// A product that is deleted is refused as such, even if the cart has a line of it, and one
// that never existed as missing.
func TestUnusableProducts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		deleted := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		must(t, db, adding(customer, deleted, 1))
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Product.DeleteOneID(deleted).Exec(ctx) })
		for id, want := range map[int64]string{
			deleted: "is deleted: restore it first, or choose another one",
			4711:    "does not exist",
		} {
			_, err := do(storetest.Context(t), db, adding(customer, id, 1))
			shoptest.Invalid(t, err, "product_id")
			if want = fmt.Sprintf("product %d %s", id, want); !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	})
}

// Quantities are from one to a million, for a line as a whole, and amounts do not exceed
// the largest amount.
func TestLimits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 3, 10)
		p := products[0]
		customer := shoptest.Customers(t, db, 1)[0]
		line := must(t, db, adding(customer, p, shop.MaxQuantity-1)).Lines[0].ID
		for _, n := range []int64{0, -1, shop.MaxQuantity + 1, 9223372036854775807, -9223372036854775808} {
			_, err := do(storetest.Context(t), db, adding(customer, p, n))
			shoptest.Invalid(t, err, "quantity")
			_, err = do(storetest.Context(t), db, setting(customer, line, n))
			shoptest.Invalid(t, err, "quantity")
		}
		_, err := do(storetest.Context(t), db, adding(customer, p, 2))
		shoptest.Invalid(t, err, "quantity")
		if c := must(t, db, adding(customer, p, 1)); c.Lines[0].Quantity != shop.MaxQuantity {
			t.Errorf("%+v", c)
		}

		product(t, db, products[1], func(p *ent.ProductUpdateOne) { p.SetPrice(shop.MaxMoney - 100*shop.Money(shop.MaxQuantity)) })
		if c := must(t, db, adding(customer, products[1], 1)); *c.Total != shop.MaxMoney {
			t.Errorf("%+v", c)
		}
		before := shoptest.Dump(t, db)
		for _, e := range []edit{adding(customer, products[2], 1), adding(customer, products[1], 1)} {
			_, err := do(storetest.Context(t), db, e)
			shoptest.Invalid(t, err, "quantity")
		}
		shoptest.Unchanged(t, db, before)

		// A cart whose total exceeds the limit after a price change can be seen and
		// emptied, but not paid for.
		product(t, db, products[1], func(p *ent.ProductUpdateOne) { p.SetPrice(shop.MaxMoney) })
		c, err := cart.View(storetest.Context(t), db.Reader, customer)
		if err != nil || c.Total != nil || *c.Lines[1].Subtotal != shop.MaxMoney {
			t.Errorf("%+v, %v", c, err)
		}
		product(t, db, p, func(p *ent.ProductUpdateOne) { p.SetPrice(shop.MaxMoney) })
		c, err = cart.View(storetest.Context(t), db.Reader, customer)
		if err != nil || c.Total != nil || c.Lines[0].Subtotal != nil || *c.Lines[1].Subtotal != shop.MaxMoney {
			t.Errorf("%+v, %v", c, err)
		}
		must(t, db, removing(customer, line))
		if c, err := cart.View(storetest.Context(t), db.Reader, customer); err != nil || *c.Total != shop.MaxMoney {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

// A cart cannot have more than the largest number of lines, however many are added at
// once. The quantity of each line can still be raised.
func TestMostLines(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, shop.MaxLines+3, 10)
		customer := shoptest.Customers(t, db, 1)[0]
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.CartItem.MapCreateBulk(products[:shop.MaxLines-1], func(c *ent.CartItemCreate, i int) {
				c.SetCustomerID(customer).SetProductID(products[i]).SetQuantity(1)
			}).Exec(ctx)
		})
		var wg sync.WaitGroup
		refusals := make(chan error, 4)
		for _, p := range products[shop.MaxLines-1:] {
			wg.Go(func() {
				if _, err := do(storetest.Context(t), db, adding(customer, p, 1)); err != nil {
					refusals <- err
				}
			})
		}
		wg.Wait()
		close(refusals)
		if n := len(refusals); n != 3 {
			t.Errorf("%d of 4 were refused", n)
		}
		for err := range refusals {
			shoptest.Invalid(t, err, "product_id")
		}
		if c := must(t, db, adding(customer, products[0], 1)); len(c.Lines) != shop.MaxLines || c.Lines[0].Quantity != 2 {
			t.Errorf("%d lines", len(c.Lines))
		}
		must(t, db, clearing(customer))
	})
}

// Products that cannot be bought cannot be put into a cart.
func TestUnsellable(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		customer := shoptest.Customers(t, db, 1)[0]
		product(t, db, products[0], func(p *ent.ProductUpdateOne) { p.SetIsActive(false) })
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Product.DeleteOneID(products[1]).Exec(ctx) })
		_, err := do(storetest.Context(t), db, adding(customer, products[0], 1))
		want := []shop.LineError{{ProductID: products[0], SKU: "P-1", Requested: 1, Available: 10}}
		if diff := cmp.Diff(want, shoptest.Refusal(t, err, shop.KindInactiveProduct).Items); diff != "" {
			t.Error(diff)
		}
		for _, id := range []int64{products[1], 4711} {
			_, err := do(storetest.Context(t), db, adding(customer, id, 1))
			shoptest.Invalid(t, err, "product_id")
		}
	})
}

// Simultaneous additions all count, whether they find a line or make one, up to the limit
// of the line.
func TestAddingAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		customer := shoptest.Customers(t, db, 1)[0]
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 3 {
					for _, p := range products {
						if _, err := do(storetest.Context(t), db, adding(customer, p, 2)); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wg.Wait()
		c, err := cart.View(storetest.Context(t), db.Reader, customer)
		if err != nil || len(c.Lines) != 2 || c.Lines[0].Quantity != 48 || c.Lines[1].Quantity != 48 {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

// Of two simultaneous additions of a product, the first makes the line and the second
// adds to it. Nothing is added for a customer who is deleted meanwhile.
func TestAdditionsMeet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		add := within(adding(customer, p, 2))
		remove := func(ctx context.Context, tx *ent.Client) error { return tx.Customer.DeleteOneID(customer).Exec(ctx) }
		first, second := shoptest.Overlap(t, db, add, add)
		if first != nil || second != nil {
			t.Error(first, second)
		}
		if c, err := cart.View(storetest.Context(t), db.Client, customer); err != nil || len(c.Lines) != 1 || c.Lines[0].Quantity != 4 {
			t.Errorf("%+v, %v", c, err)
		}
		first, second = shoptest.Overlap(t, db, remove, add)
		if first != nil {
			t.Error(first)
		}
		shoptest.Refused(t, second, shop.KindNotFound)
	})
}
