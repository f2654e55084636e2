package stock_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// placing creates an order of items, without looking at what was taken.
func placing(tx *ent.Client, customer int64, items ...stock.Demand) func(context.Context, []stock.Taken) error {
	return func(ctx context.Context, _ []stock.Taken) error {
		var total shop.Money
		for _, i := range items {
			total += 100 * shop.Money(i.Quantity)
		}
		o, err := tx.Order.Create().SetCustomerID(customer).SetTotalAmount(total).SetCurrency("EUR").Save(ctx)
		if err != nil {
			return err
		}
		return tx.OrderItem.MapCreateBulk(items, func(c *ent.OrderItemCreate, i int) {
			c.SetOrderID(o.ID).SetProductID(items[i].ProductID).SetQuantity(items[i].Quantity).
				SetSku("S").SetProductName("N").SetPrice(100)
		}).Exec(ctx)
	}
}

// What is sold must be what was taken, product by product, or nothing is.
func TestSoldIsTaken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		a, b := products[0], products[1]
		customer := shoptest.Customers(t, db, 1)[0]
		for _, c := range []struct {
			name    string
			demands []stock.Demand
			items   []stock.Demand
			fine    bool
		}{
			{"the same", []stock.Demand{{b, 2}, {a, 1}}, []stock.Demand{{a, 1}, {b, 2}}, true},
			{"in several lines", []stock.Demand{{a, 1}, {a, 2}}, []stock.Demand{{a, 2}, {a, 1}}, true},
			{"nothing", []stock.Demand{{a, 1}}, nil, false},
			{"less", []stock.Demand{{a, 2}}, []stock.Demand{{a, 1}}, false},
			{"more", []stock.Demand{{a, 1}}, []stock.Demand{{a, 2}}, false},
			{"something else", []stock.Demand{{a, 1}}, []stock.Demand{{b, 1}}, false},
			{"something besides", []stock.Demand{{a, 1}}, []stock.Demand{{a, 1}, {b, 1}}, false},
		} {
			before := shoptest.Dump(t, db)
			err := db.Tx(t.Context(), func(ctx context.Context, tx *ent.Client) error {
				return stock.Sell(ctx, tx, c.demands, placing(tx, customer, c.items...))
			})
			if (err == nil) != c.fine {
				t.Errorf("%s: %v", c.name, err)
			}
			if !c.fine && shoptest.Dump(t, db) != before {
				t.Errorf("%s: something was written", c.name)
			}
		}
		shoptest.Lawful(t, db)
	})
}

// Place sees what was taken, once per product, in the order of their ids.
func TestTaken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		stop := errors.New("stop")
		err := db.Tx(t.Context(), func(ctx context.Context, tx *ent.Client) error {
			demands := []stock.Demand{{products[1], 2}, {products[0], 1}, {products[1], 3}}
			return stock.Sell(ctx, tx, demands, func(_ context.Context, taken []stock.Taken) error {
				want := []stock.Taken{
					{ProductID: products[0], SKU: "P-1", Name: "Product 1", Price: 100, Quantity: 1},
					{ProductID: products[1], SKU: "P-2", Name: "Product 2", Price: 200, Quantity: 5},
				}
				if diff := cmp.Diff(want, taken); diff != "" {
					t.Error(diff)
				}
				return stop
			})
		})
		if !errors.Is(err, stop) {
			t.Error(err)
		}
		shoptest.Lawful(t, db)
	})
}

// An item created with the context of a sale that is over is sold by itself.
func TestSaleEnds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		//nolint:contextcheck // the context that escaped is used on purpose
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			var kept context.Context
			err := stock.Sell(ctx, tx, []stock.Demand{{p, 1}}, func(ctx context.Context, taken []stock.Taken) error {
				kept = ctx //nolint:fatcontext // escapes on purpose
				return placing(tx, customer, stock.Demand{ProductID: p, Quantity: 1})(ctx, taken)
			})
			if err != nil {
				return err
			}
			again := placing(tx, customer, stock.Demand{ProductID: p, Quantity: 4})
			return again(kept, nil) //nolint:contextcheck // that is the point
		})
		if now := unitsOf(t, db, p); now != 5 {
			t.Errorf("stock is %d", now)
		}
		shoptest.Lawful(t, db)
	})
}

func TestDemandsOfNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		for _, quantity := range []int64{0, -1, shop.MaxStock + 1, -9223372036854775808} {
			err := db.Tx(t.Context(), func(ctx context.Context, tx *ent.Client) error {
				return stock.Sell(ctx, tx, []stock.Demand{{p, quantity}}, placing(tx, 1))
			})
			shoptest.Invalid(t, err, "quantity")
		}
	})
}
