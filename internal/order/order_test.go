package order_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	entorder "github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// writePath is a way to change the status of an order.
type writePath struct {
	name string
	// never is true for a write path that is closed for all states.
	never bool
	move  func(ctx context.Context, tx *ent.Client, stale *ent.Order, to shop.OrderStatus) error
}

var writePaths = []writePath{
	{"order.Transition", false, func(ctx context.Context, tx *ent.Client, o *ent.Order, to shop.OrderStatus) error {
		_, err := order.Transition(ctx, tx, o.ID, to, "")
		return err
	}},
	{"UpdateOneID", false, func(ctx context.Context, tx *ent.Client, o *ent.Order, to shop.OrderStatus) error {
		return tx.Order.UpdateOneID(o.ID).SetStatus(to).Exec(ctx)
	}},
	{"UpdateOne", false, func(ctx context.Context, tx *ent.Client, o *ent.Order, to shop.OrderStatus) error {
		fresh, err := tx.Order.Get(ctx, o.ID)
		if err != nil {
			return err
		}
		return tx.Order.UpdateOne(fresh).SetStatus(to).Exec(ctx)
	}},
	{"bulk Update", true, func(ctx context.Context, tx *ent.Client, o *ent.Order, to shop.OrderStatus) error {
		return tx.Order.Update().Where(entorder.ID(o.ID)).SetStatus(to).Exec(ctx)
	}},
	{"Create", true, func(ctx context.Context, tx *ent.Client, o *ent.Order, to shop.OrderStatus) error {
		if to == shop.Pending {
			return errors.New("an order may be created pending") //nolint:err113 // counts as refused
		}
		return tx.Order.Create().SetCustomerID(o.CustomerID).SetTotalAmount(1).SetCurrency("EUR").SetStatus(to).Exec(ctx)
	}},
}

// For every pair of states and every write path: a change happens if and only if the
// table allows it. It then adds its event and, when the order is cancelled, gives the
// stock back.
func TestEveryTransition(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 1000)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		for _, path := range writePaths {
			for _, from := range shop.OrderStatuses {
				for _, to := range shop.OrderStatuses {
					t.Run(path.name+" "+string(from)+" to "+string(to), func(t *testing.T) {
						o := shoptest.Order(t, db, customer, product).Order
						shoptest.Move(t, db, o.ID, from)
						checkTransition(t, db, path, o, product, from, to)
					})
				}
			}
		}
		shoptest.Agree(t, db)
	})
}

func checkTransition(t *testing.T, db *store.DB, path writePath, o *ent.Order, product int64, from, to shop.OrderStatus) {
	t.Helper()
	ctx := storetest.Context(t)
	stock := stockOf(t, db, product)
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return path.move(ctx, tx, o, to) })
	allowed := from.CanBecome(to) && !path.never
	if (err == nil) != allowed {
		t.Fatalf("allowed is %v, got %v", allowed, err)
	}
	want, back := from, int64(0)
	if allowed {
		want = to
		if to == shop.Cancelled {
			back = 1
		}
	} else if !path.never && shop.KindOf(err) != shop.KindInvalidTransition {
		t.Errorf("got kind %s", shop.KindOf(err))
	}
	if now := db.Client.Order.GetX(ctx, o.ID).Status; now != want {
		t.Errorf("the order is %s, want %s", now, want)
	}
	if now := stockOf(t, db, product); now != stock+back {
		t.Errorf("stock is %d, want %d", now, stock+back)
	}
	recorded := db.Client.OrderEvent.Query().Where(
		orderevent.OrderID(o.ID), orderevent.FromEQ(from), orderevent.ToEQ(to)).CountX(ctx)
	if (recorded == 1) != allowed {
		t.Errorf("%d events", recorded)
	}
}

func stockOf(t *testing.T, db *store.DB, product int64) int64 {
	t.Helper()
	return db.Client.Product.GetX(storetest.Context(t), product).Stock
}

// An entity that was read before somebody else moved the order cannot move it
// from the state it remembers.
func TestStaleEntity(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 10)[0]
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], product).Order
		shoptest.Move(t, db, o.ID, shop.Shipped)
		err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			stale := tx.Order.GetX(ctx, o.ID)
			stale.Status = shop.Pending
			return tx.Order.UpdateOne(stale).SetStatus(shop.Cancelled).Exec(ctx)
		})
		if e := shoptest.Refusal(t, err, shop.KindInvalidTransition); e.From != shop.Shipped || e.To != shop.Cancelled {
			t.Errorf("from %s to %s", e.From, e.To)
		}
		if now := stockOf(t, db, product); now != 9 {
			t.Errorf("stock is %d: a shipped order was given back", now)
		}
	})
}

// Of two who change the state of an order at once, the second gets the same answer as if
// they had begun after the first: the change that the new state allows, or an error that
// names it.
func TestTransitionsOverlap(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 1000)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		for _, from := range shop.OrderStatuses {
			for _, early := range from.Next() {
				for _, late := range from.Next() {
					o := shoptest.Order(t, db, customer, product).Order
					shoptest.Move(t, db, o.ID, from)
					become := func(to shop.OrderStatus) func(context.Context, *ent.Client) error {
						return func(ctx context.Context, tx *ent.Client) error {
							_, err := order.Transition(ctx, tx, o.ID, to, "")
							return err
						}
					}
					first, second := shoptest.Overlap(t, db, become(early), become(late))
					if first != nil {
						t.Errorf("%s to %s: %v", from, early, first)
					}
					if early.CanBecome(late) {
						if now := db.Client.Order.GetX(storetest.Context(t), o.ID).Status; second != nil || now != late {
							t.Errorf("%s to %s, then %s: %s, %v", from, early, late, now, second)
						}
						continue
					}
					e := shoptest.Refusal(t, second, shop.KindInvalidTransition)
					if e.From != early || e.To != late || !slices.Equal(e.Allowed, early.Next()) {
						t.Errorf("%s to %s, then %s: %+v", from, early, late, e)
					}
				}
			}
		}
		shoptest.Agree(t, db)
	})
}

// Of many who change the state of an order at once, to different states, exactly one
// succeeds; the others get an error. Cancelling gives the stock back once.
func TestRacingTransitions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 100)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		for range 10 {
			before := stockOf(t, db, product)
			o := shoptest.Order(t, db, customer, product).Order
			won := race(t, db, o.ID)
			if len(won) != 1 {
				t.Fatalf("%d transitions from pending succeeded: %v", len(won), won)
			}
			want := before - 1
			if won[0] == shop.Cancelled {
				want = before
			}
			if now := stockOf(t, db, product); now != want {
				t.Errorf("%s: stock is %d, want %d", won[0], now, want)
			}
		}
		shoptest.Agree(t, db)
	})
}

// race lets 12 staff members process or cancel an order from the pending state that they
// have read, and returns the new states of those who succeeded.
func race(t *testing.T, db *store.DB, id int64) []shop.OrderStatus {
	t.Helper()
	var (
		mu  sync.Mutex
		won []shop.OrderStatus
		wg  sync.WaitGroup
	)
	read := db.Client.Order.GetX(storetest.Context(t), id)
	for i := range 12 {
		to := []shop.OrderStatus{shop.Processing, shop.Cancelled}[i%2]
		wg.Go(func() {
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				mine := tx.Order.GetX(ctx, id)
				mine.Status = read.Status
				return tx.Order.UpdateOne(mine).SetStatus(to).Exec(ctx)
			})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won = append(won, to)
			} else if kind := shop.KindOf(err); kind != shop.KindInvalidTransition && kind != shop.KindConflict {
				t.Errorf("the loser got %v", err)
			}
		})
	}
	wg.Wait()
	return won
}

// A note is stored with its author. A blank note is refused.
func TestNotes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product, customer := shoptest.Products(t, db, 1, 10)[0], shoptest.Customers(t, db, 1)[0]
		o := shoptest.Order(t, db, customer, product).Order
		shoptest.Order(t, db, customer, product) // which has a timeline of its own
		ctx := shop.WithActor(storetest.Context(t), "anna@example.com")
		err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			_, err := order.AddNote(ctx, tx, o.ID, "call first")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		events, err := order.Timeline(storetest.Context(t), db.Reader, o.ID, func(q *ent.OrderEventQuery) { q.Order(orderevent.ByID()) })
		if err != nil {
			t.Fatal(err)
		}
		if len(events) != 2 || events[0].Kind != shop.EventPlaced || events[1].Kind != shop.EventNote ||
			events[1].Actor != "anna@example.com" || events[1].Note == nil || *events[1].Note != "call first" {
			t.Errorf("got %v", events)
		}
		add := func(note string) error {
			return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				_, err := order.AddNote(ctx, tx, o.ID, note)
				return err
			})
		}
		for _, note := range []string{"", " \n", strings.Repeat("ä", 2001)} {
			shoptest.Invalid(t, add(note), "note")
		}
		if err := add(strings.Repeat("ä", 2000)); err != nil {
			t.Error(err)
		}
	})
}

func TestMalformedTransitions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], shoptest.Products(t, db, 1, 10)[0]).Order
		become := func(id int64, to shop.OrderStatus, note string) error {
			return db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				_, err := order.Transition(ctx, tx, id, to, note)
				return err
			})
		}
		shoptest.Invalid(t, become(o.ID, "returned", ""), "to")
		shoptest.Invalid(t, become(o.ID, shop.Processing, strings.Repeat("ä", 2001)), "note")
		shoptest.Refused(t, become(4711, shop.Processing, ""), shop.KindNotFound)
		if err := become(o.ID, shop.Processing, strings.Repeat("ä", 2000)); err != nil {
			t.Error(err)
		}
		if err := become(o.ID, shop.Shipped, ""); err != nil {
			t.Error(err)
		}
		last := db.Client.OrderEvent.Query().Order(orderevent.ByID(sql.OrderDesc())).FirstX(storetest.Context(t))
		if last.Note != nil {
			t.Errorf("without a note: %q", *last.Note)
		}
	})
}

// Items returns the items of the given orders, and of no others.
func TestItems(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product, customer := shoptest.Products(t, db, 1, 10)[0], shoptest.Customers(t, db, 1)[0]
		o := shoptest.Order(t, db, customer, product).Order
		shoptest.Order(t, db, customer, product)
		items, err := order.Items(storetest.Context(t), db.Reader, o.ID, 4711)
		if err != nil || len(items) != 1 || len(items[o.ID]) != 1 || items[o.ID][0].ProductID != product {
			t.Errorf("got %v, %v", items, err)
		}
		if items, err := order.Items(storetest.Context(t), db.Reader); err != nil || len(items) != 0 {
			t.Errorf("of no order: %v, %v", items, err)
		}
	})
}
