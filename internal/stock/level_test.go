package stock_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func become(t *testing.T, db *store.DB, orderID int64, statuses ...shop.OrderStatus) {
	t.Helper()
	for _, to := range statuses {
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			_, err := order.Transition(ctx, tx, orderID, to, "")
			return err
		})
	}
}

// A unit that is sold stays on the shelf until its order is sent.
func TestLevel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		customer := shoptest.Customers(t, db, 1)[0]
		expect := func(when string, units, committed int64) {
			t.Helper()
			level, err := stock.LevelOf(storetest.Context(t), db.Reader, products[0])
			if want := (stock.Level{Stock: units, Committed: committed}); err != nil || level != want {
				t.Errorf("%s: %+v, %v, want %+v", when, level, err, want)
			}
		}
		expect("before", 10, 0)
		first := shoptest.Order(t, db, customer, products...).Order.ID
		second := shoptest.Order(t, db, customer, products[0]).Order.ID
		third := shoptest.Order(t, db, customer, products[0]).Order.ID
		expect("ordered", 7, 3)
		become(t, db, first, shop.Processing)
		expect("processing", 7, 3)
		become(t, db, first, shop.Shipped)
		expect("shipped", 7, 2)
		become(t, db, second, shop.Cancelled)
		expect("cancelled", 8, 1)
		become(t, db, first, shop.Delivered)
		become(t, db, third, shop.Processing, shop.Cancelled)
		expect("all done", 9, 0)
		_, err := stock.LevelOf(storetest.Context(t), db.Reader, 4711)
		shoptest.Refused(t, err, shop.KindNotFound)
	})
}

// Units that are sold and not yet sent may be counted with the others: they are no more
// stock than before. The count holds as long as they are as many as were shown.
func TestCountWithCommitted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		tally := func(c stock.Tally) (m *ent.InventoryMovement, err error) {
			err = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) (err error) {
				m, err = stock.Count(ctx, tx, product, c)
				return err
			})
			return m, err
		}
		first := shoptest.Order(t, db, customer, product).Order.ID
		shoptest.Order(t, db, customer, product)

		if m, err := tally(stock.Tally{Counted: 10, Expected: 8, Committed: 2}); err != nil || m != nil {
			t.Errorf("all there: %v, %v", m, err)
		}
		if m, err := tally(stock.Tally{Counted: 9, Expected: 8, Committed: 2}); err != nil || m.QuantityChange != -1 || m.BalanceAfter != 7 {
			t.Errorf("one gone: %v, %v", m, err)
		}
		before := shoptest.Dump(t, db)
		_, err := tally(stock.Tally{Counted: 1, Expected: 7, Committed: 2})
		shoptest.Invalid(t, err, "counted")
		_, err = tally(stock.Tally{Counted: 1, Expected: 7, Committed: -1})
		shoptest.Invalid(t, err, "committed")
		_, err = tally(stock.Tally{Counted: 9, Expected: 7, Committed: 1})
		shoptest.Refused(t, err, shop.KindConflict)
		_, err = tally(stock.Tally{Counted: 10, Expected: 8, Committed: 2})
		shoptest.Refused(t, err, shop.KindConflict)
		shoptest.Unchanged(t, db, before)

		become(t, db, first, shop.Processing, shop.Shipped)
		before = shoptest.Dump(t, db)
		for _, counted := range []int64{9, 8} { // also when nothing would be written
			_, err = tally(stock.Tally{Counted: counted, Expected: 7, Committed: 2})
			shoptest.Refused(t, err, shop.KindConflict)
		}
		shoptest.Unchanged(t, db, before)
		if m, err := tally(stock.Tally{Counted: 1, Expected: 7, Committed: 1}); err != nil || m.BalanceAfter != 0 {
			t.Errorf("what is sold is all that is left: %v, %v", m, err)
		}
		shoptest.Lawful(t, db)
	})
}
