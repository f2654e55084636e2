package stock_test

import (
	"context"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// eventful makes a product with a stock of 10, of which one is sold and given
// back, and five are received.
func eventful(t *testing.T, db *store.DB) (product, other int64, o *ent.Order) {
	t.Helper()
	products := shoptest.Products(t, db, 2, 10)
	product, other = products[0], products[1]
	o = shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], product).Order
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		if _, err := order.Transition(ctx, tx, o.ID, shop.Cancelled, ""); err != nil {
			return err
		}
		_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: product, Change: 5, Reason: shop.Receipt})
		return err
	})
	return product, other, o
}

func newest(q *ent.InventoryMovementQuery) { q.Order(inventorymovement.ByID(sql.OrderDesc())) }

// The history answers "why is it 15?": newest first, with the order behind
// sales and cancellations.
func TestHistory(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product, _, o := eventful(t, db)
		history, err := stock.History(storetest.Context(t), db.Reader, product, newest)
		if err != nil {
			t.Fatal(err)
		}
		want := []struct {
			reason  shop.MovementReason
			balance int64
			ordered bool
		}{{shop.Receipt, 15, false}, {shop.Cancellation, 10, true}, {shop.Sale, 9, true}, {shop.Initial, 10, false}}
		if len(history) != len(want) {
			t.Fatalf("%d entries", len(history))
		}
		for i, w := range want {
			e := history[i]
			if e.Reason != w.reason || e.BalanceAfter != w.balance || (e.OrderID != nil) != w.ordered {
				t.Errorf("entry %d: %v", i, e)
			}
			if w.ordered && (*e.OrderID != o.ID || *e.OrderNumber != 1000+o.ID) {
				t.Errorf("entry %d is of order %d, number %d", i, *e.OrderID, *e.OrderNumber)
			}
		}
		narrowed, err := stock.History(storetest.Context(t), db.Reader, product, func(q *ent.InventoryMovementQuery) {
			q.Order(inventorymovement.ByID()).Offset(1).Limit(1)
		})
		if err != nil || len(narrowed) != 1 || narrowed[0].Reason != shop.Sale {
			t.Errorf("narrowed: %v, %v", narrowed, err)
		}
	})
}

// Stock as of any time is the balance after the last movement until then, at
// the very moment of a movement included.
func TestAsOf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product, other, _ := eventful(t, db)
		for range 3 { // several movements in one microsecond, perhaps
			if _, err := post(storetest.Context(t), db, adjustment(product, 1), adjustment(product, 1), adjustment(other, 1)); err != nil {
				t.Fatal(err)
			}
		}
		movements := db.Client.InventoryMovement.Query().
			Where(inventorymovement.ProductID(product)).Order(inventorymovement.ByID()).AllX(storetest.Context(t))
		asOf := func(at time.Time) int64 {
			t.Helper()
			units, err := stock.AsOf(storetest.Context(t), db.Reader, product, at)
			if err != nil {
				t.Fatal(err)
			}
			return units
		}
		berlin := time.FixedZone("", 3600)
		for i, m := range movements {
			before, at := int64(0), m.BalanceAfter
			for _, other := range movements { // of the same moment, the last counts
				if other.CreatedAt.Before(m.CreatedAt) {
					before = other.BalanceAfter
				}
				if !other.CreatedAt.After(m.CreatedAt) {
					at = other.BalanceAfter
				}
			}
			if got := asOf(m.CreatedAt); got != at {
				t.Errorf("at movement %d: %d, want %d", i, got, at)
			}
			if got := asOf(m.CreatedAt.In(berlin)); got != at {
				t.Errorf("at movement %d, seen from another zone: %d, want %d", i, got, at)
			}
			if got := asOf(m.CreatedAt.Add(-time.Microsecond)); got != before {
				t.Errorf("before movement %d: %d, want %d", i, got, before)
			}
		}
		if got := asOf(time.Now().Add(time.Hour)); got != 21 {
			t.Errorf("in future: %d", got)
		}
	})
}
