package stock_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// parcel is an order of the first customer, of three units of each product, in a state.
func parcel(t *testing.T, db *store.DB, status shop.OrderStatus, products ...int64) *checkout.Placed {
	t.Helper()
	if db.Client.Customer.Query().CountX(storetest.Context(t)) == 0 {
		shoptest.Customers(t, db, 1)
	}
	var placed *checkout.Placed
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) (err error) {
		for _, p := range products {
			if _, err := cart.Add(ctx, tx, 1, p, 3); err != nil {
				return err
			}
		}
		placed, err = checkout.Place(ctx, tx, 1, nil, nil, shop.DefaultCurrency)
		return err
	})
	shoptest.Move(t, db, placed.Order.ID, status)
	return placed
}

// comeback is the return of some units of an order's line.
func comeback(item *ent.OrderItem, units int64) stock.Line {
	return stock.Line{ProductID: item.ProductID, Change: units, Reason: shop.Return, OrderItemID: item.ID}
}

// told is what the timeline says came back, oldest first.
func told(t *testing.T, db *store.DB, orderID int64) (notes []string) {
	t.Helper()
	for _, e := range db.Client.OrderEvent.Query().
		Where(orderevent.OrderID(orderID), orderevent.KindEQ(shop.EventReturn)).
		Order(orderevent.ByID()).AllX(storetest.Context(t)) {
		if e.From != nil || e.To != nil {
			t.Errorf("a return goes from %v to %v", e.From, e.To)
		}
		notes = append(notes, e.Actor+": "+*e.Note)
	}
	return notes
}

// What comes back of an order is told by the order, its line and the ledger.
func TestReturnOfAnOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		placed := parcel(t, db, shop.Delivered, products...)
		id := placed.Order.ID
		ctx := shop.WithActor(storetest.Context(t), "anna@example.com")
		whole, some := comeback(placed.Items[0], 3), comeback(placed.Items[1], 1)
		some.Note = strings.Repeat("ä", 2000)
		plain := stock.Line{ProductID: products[0], Change: 1, Reason: shop.Return} // which is of no order
		movements, err := post(ctx, db, whole, plain, some)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []int64{10, 11, 8} {
			if m := movements[i]; m.BalanceAfter != want || m.Reason != shop.Return || (m.OrderItemID == nil) != (i == 1) {
				t.Errorf("movement %d: %v", i, m)
			}
		}
		want := []string{"anna@example.com: 3 × P-1", "anna@example.com: 1 × P-2: " + strings.Repeat("ä", 1990) + "…"}
		if diff := cmp.Diff(want, told(t, db, id)); diff != "" {
			t.Error(diff)
		}
		items, err := order.Items(storetest.Context(t), db.Reader, id)
		if err != nil {
			t.Fatal(err)
		}
		for i, units := range []int64{3, 1} {
			item := items[id][i]
			if item.ReturnedQuantity != units || item.ReturnedAt == nil || !item.ReturnedAt.Equal(movements[2*i].CreatedAt) {
				t.Errorf("item %d: %d came back at %v", i, item.ReturnedQuantity, item.ReturnedAt)
			}
		}
		history, err := stock.History(storetest.Context(t), db.Reader, products[1], newest)
		if err != nil || *history[0].OrderID != id || *history[0].OrderNumber != 1000+id {
			t.Errorf("the history begins with %+v, %v", history[0], err)
		}
		if _, err := summary.Update(storetest.Context(t), db, summary.Options{}); err != nil {
			t.Errorf("a return keeps the summaries from going on: %v", err)
		}
		if o := db.Client.Order.GetX(storetest.Context(t), id); o.Version != 4 {
			t.Errorf("a return edits the order: version %d", o.Version)
		}
		shoptest.Lawful(t, db)
		shoptest.Agree(t, db)
	})
}

// What came back damaged is put on the shelf and taken off again, in one posting, and the
// order, its line and the ledger tell of both.
func TestReturnOfDamagedUnits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 3)
		placed := parcel(t, db, shop.Delivered, products...)
		id := placed.Order.ID
		none := access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 1, Email: "anna@example.com", MaxStockAdjustment: new(int64)},
			access.StockReceive)
		some, whole := comeback(placed.Items[0], 3), comeback(placed.Items[1], 2)
		some.Damaged, some.Note, whole.Damaged = 2, "cracked", 2
		plain := stock.Line{ProductID: products[0], Change: 2, Reason: shop.Return, Damaged: 1} // which is of no order
		if _, err := post(access.With(storetest.Context(t), none), db, some, plain, whole); err != nil {
			t.Fatal(err)
		}
		var ledger []string
		for _, m := range db.Client.InventoryMovement.Query().Order(inventorymovement.ByID()).Offset(4).AllX(storetest.Context(t)) {
			line := int64(0)
			if m.OrderItemID != nil {
				line = *m.OrderItemID
			}
			note := ""
			if m.Note != nil {
				note = *m.Note
			}
			ledger = append(ledger, fmt.Sprintf("%d: %+d to %d, %s of %d %s", m.ProductID, m.QuantityChange, m.BalanceAfter, m.Reason, line, note))
		}
		if diff := cmp.Diff([]string{
			"1: +3 to 3, return of 1 cracked", "1: +2 to 5, return of 0 ", "2: +2 to 2, return of 2 ",
			"1: -2 to 3, damage of 1 cracked", "1: -1 to 2, damage of 0 ", "2: -2 to 0, damage of 2 ",
		}, ledger); diff != "" {
			t.Error(diff)
		}
		want := []string{"anna@example.com: 3 × P-1, 2 damaged: cracked", "anna@example.com: 2 × P-2, 2 damaged"}
		if diff := cmp.Diff(want, told(t, db, id)); diff != "" {
			t.Error(diff)
		}
		items, err := order.Items(storetest.Context(t), db.Reader, id)
		if err != nil {
			t.Fatal(err)
		}
		for i, back := range []int64{3, 2} {
			if item := items[id][i]; item.ReturnedQuantity != back || item.DamagedQuantity != 2 {
				t.Errorf("item %d: %d came back, %d damaged", i, item.ReturnedQuantity, item.DamagedQuantity)
			}
		}
		shoptest.Lawful(t, db)
		shoptest.Agree(t, db)
	})
}

// No more can be damaged than came back, and nothing that did not come back.
func TestDamageThatIsRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 100)[0]
		placed := parcel(t, db, shop.Shipped, p)
		before := shoptest.Dump(t, db)
		refused := func(line stock.Line, field string) {
			t.Helper()
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				_, err := stock.Post(ctx, tx, []stock.Line{line})
				shoptest.Invalid(t, err, field)
				return nil
			})
		}
		for _, damaged := range []int64{-1, 3, shop.MaxStock, -shop.MaxStock} {
			line := comeback(placed.Items[0], 2)
			line.Damaged = damaged
			refused(line, "damaged_quantity")
			refused(stock.Line{ProductID: p, Change: 2, Reason: shop.Return, Damaged: damaged}, "damaged_quantity")
			refused(stock.Line{ProductID: p, Change: -2, Reason: shop.Return, Damaged: damaged}, "quantity_change")
		}
		for _, reason := range shop.MovementReasons {
			if reason != shop.Return && reason != shop.Sale && reason != shop.Cancellation {
				refused(stock.Line{ProductID: p, Change: 2, Reason: reason, Damaged: 1}, "damaged_quantity")
			}
		}
		if now := shoptest.Dump(t, db); now != before {
			t.Errorf("something was written: %s", cmp.Diff(before, now))
		}
	})
}

// What cannot come back is refused, whatever the state of the order, and nothing is
// written, even when the caller goes on and commits.
func TestReturnsThatAreRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 100)
		for _, status := range shop.OrderStatuses {
			placed := parcel(t, db, status, products...)
			item, other := placed.Items[0], placed.Items[1]
			left := status == shop.Shipped || status == shop.Delivered
			before := shoptest.Dump(t, db)
			refused := func(name, field string, kind shop.Kind, lines ...stock.Line) {
				t.Helper()
				shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
					_, err := stock.Post(ctx, tx, lines)
					e := shoptest.Refusal(t, err, kind)
					if field != "" && (len(e.Fields) != 1 || e.Fields[0].Location != field) {
						t.Errorf("%s, %s: %v", status, name, err)
					}
					return nil
				})
			}
			for _, units := range []int64{-1, 4} {
				refused("other units", "quantity_change", shop.KindInvalid, comeback(item, units))
			}
			refused("another product", "order_item_id", shop.KindInvalid,
				stock.Line{ProductID: products[1], Change: 1, Reason: shop.Return, OrderItemID: item.ID})
			refused("no such line", "order_item_id", shop.KindInvalid,
				stock.Line{ProductID: products[0], Change: 1, Reason: shop.Return, OrderItemID: 4711})
			refused("twice at once", "order_item_id", shop.KindInvalid, comeback(item, 1), comeback(item, 1))
			for _, reason := range shop.MovementReasons {
				if reason != shop.Sale && reason != shop.Cancellation && reason != shop.Return {
					refused(string(reason), "order_item_id", shop.KindInvalid,
						stock.Line{ProductID: products[0], Change: 1, Reason: reason, OrderItemID: item.ID})
				}
			}
			if !left {
				refused("before it left", "", shop.KindConflict, comeback(item, 1))
			}
			if now := shoptest.Dump(t, db); now != before {
				t.Errorf("%s: something was written: %s", status, cmp.Diff(before, now))
			}
			if !left {
				continue
			}
			if _, err := post(shop.WithActor(storetest.Context(t), "anna@example.com"), db, comeback(item, 2)); err != nil {
				t.Fatal(err)
			}
			before = shoptest.Dump(t, db)
			for _, line := range []stock.Line{comeback(item, 1), comeback(item, 2)} {
				refused("once more", "", shop.KindConflict, line, comeback(other, 1))
			}
			_, err := post(storetest.Context(t), db, comeback(item, 1))
			for _, part := range []string{"2 of 3 × P-1", time.Now().UTC().Format("2006-01-02T"), "anna@example.com", "without order_item_id"} {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("the refusal does not say %q: %v", part, err)
				}
			}
			if now := shoptest.Dump(t, db); now != before {
				t.Errorf("%s: something was written: %s", status, cmp.Diff(before, now))
			}
		}
		shoptest.Lawful(t, db)
	})
}

// Two colleagues who book the same parcel at the same moment book it once, and the second
// hears of the first.
func TestReturnMeetsReturn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		placed := parcel(t, db, shop.Shipped, p)
		first, second := shoptest.Overlap(t, db, posting(comeback(placed.Items[0], 2)), posting(comeback(placed.Items[0], 1)))
		if first != nil {
			t.Error(first)
		}
		if e := shoptest.Refusal(t, second, shop.KindConflict); !strings.Contains(e.Message, "2 of 3 × P-1 came back") {
			t.Error(e)
		}
		if left := unitsOf(t, db, p); left != 9 {
			t.Errorf("%d are left", left)
		}
		if n := len(told(t, db, placed.Order.ID)); n != 1 {
			t.Errorf("the order tells of it %d times", n)
		}
		shoptest.Lawful(t, db)
	})
}

// Many who book the lines of a parcel in any order, while it is delivered, noted and bought
// from, book each line once, and nobody gets an error that is no conflict.
func TestManyTakeTheSameBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 3, 50)
		placed := parcel(t, db, shop.Shipped, products...)
		waiting := parcel(t, db, shop.Processing, products...)
		ctx := storetest.Context(t)
		var wg sync.WaitGroup
		var mu sync.Mutex
		booked := map[int64]int{}
		for i := range 8 {
			wg.Go(func() {
				for j := range placed.Items {
					item := placed.Items[(i*(1+j)+j)%len(placed.Items)]
					_, err := post(ctx, db, comeback(item, 1+int64(i%3)))
					mu.Lock()
					if err == nil {
						booked[item.ID]++
					} else if shop.KindOf(err) != shop.KindConflict {
						t.Errorf("item %d: %v", item.ID, err)
					}
					mu.Unlock()
				}
			})
		}
		for i, do := range []func(ctx context.Context, tx *ent.Client) error{
			func(ctx context.Context, tx *ent.Client) error {
				_, err := order.Transition(ctx, tx, placed.Order.ID, shop.Delivered, "")
				return err
			},
			func(ctx context.Context, tx *ent.Client) error {
				_, err := order.Transition(ctx, tx, waiting.Order.ID, shop.Cancelled, "")
				return err
			},
			func(ctx context.Context, tx *ent.Client) error {
				_, err := order.AddNote(ctx, tx, placed.Order.ID, "a parcel came back")
				return err
			},
			func(ctx context.Context, tx *ent.Client) error {
				for _, p := range products {
					if _, err := cart.Add(ctx, tx, 1, p, 1); err != nil {
						return err
					}
				}
				_, err := checkout.Place(ctx, tx, 1, nil, nil, shop.DefaultCurrency)
				return err
			},
		} {
			wg.Go(func() {
				if err := db.Tx(ctx, do); err != nil {
					t.Errorf("beside it, %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		for _, item := range placed.Items {
			if _, err := post(ctx, db, comeback(item, 1)); booked[item.ID] != 1 || shop.KindOf(err) != shop.KindConflict {
				t.Errorf("item %d came back %d times, then %v", item.ID, booked[item.ID], err)
			}
		}
		shoptest.Lawful(t, db)
		shoptest.Agree(t, db)
	})
}

// The ledger itself holds a line to one return, should the check before it ever fail.
func TestLedgerHoldsReturnsToOne(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		placed := parcel(t, db, shop.Shipped, p)
		if _, err := post(storetest.Context(t), db, comeback(placed.Items[0], 1)); err != nil {
			t.Fatal(err)
		}
		_, err := db.SQL().ExecContext(storetest.Context(t), fmt.Sprintf(`
INSERT INTO inventory_movements (created_at, product_id, quantity_change, balance_after, reason, actor, order_item_id)
SELECT created_at, product_id, 1, balance_after + 1, reason, actor, order_item_id FROM inventory_movements
WHERE order_item_id = %d AND reason = 'return'`, placed.Items[0].ID))
		if err == nil {
			t.Error("a second return of the line was written")
		}
	})
}
