package checkout_test

import (
	"context"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// step is one thing that somebody does in the shop.
type step struct {
	Do       string
	Customer int64
	Product  int64
	Quantity int64
	Order    int64
	End      bool // with the transaction, if it can
}

// steps draws the steps of one person in a small shop in which people get in each other's
// way.
func steps(t *rapid.T, label string) []step {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{
			Do:       rapid.SampledFrom([]string{"add", "add", "set", "clear", "buy", "buy", "cancel", "pack", "ship", "return", "adjust", "count"}).Draw(t, "do"),
			Customer: rapid.Int64Range(1, 3).Draw(t, "customer"),
			Product:  rapid.Int64Range(1, 4).Draw(t, "product"),
			Quantity: rapid.Int64Range(1, 6).Draw(t, "quantity"),
			Order:    rapid.Int64Range(1, 12).Draw(t, "order"),
			End:      rapid.Bool().Draw(t, "end"),
		}
	}), 1, 8).Draw(t, label)
}

func (s step) run(ctx context.Context, tx *ent.Client) error {
	switch s.Do {
	case "add":
		_, err := cart.Add(ctx, tx, s.Customer, s.Product, s.Quantity)
		return err
	case "set":
		view, err := cart.View(ctx, tx, s.Customer)
		if err != nil || len(view.Lines) == 0 {
			return err
		}
		_, err = cart.SetQuantity(ctx, tx, s.Customer, view.Lines[0].ID, s.Quantity)
		return err
	case "clear":
		return cart.Clear(ctx, tx, s.Customer)
	case "buy":
		_, err := checkout.Place(ctx, tx, s.Customer, nil, nil, shop.DefaultCurrency)
		return err
	case "cancel":
		_, err := order.Transition(ctx, tx, s.Order, shop.Cancelled, "")
		return err
	case "pack":
		_, err := order.Transition(ctx, tx, s.Order, shop.Processing, "")
		return err
	case "ship":
		_, err := order.Transition(ctx, tx, s.Order, shop.Shipped, "")
		return err
	case "return":
		line, err := tx.OrderItem.Query().Where(orderitem.OrderID(s.Order)).Order(orderitem.ByID()).First(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err != nil {
			return err
		}
		_, _, err = stock.Adjust(ctx, tx, stock.Line{ProductID: line.ProductID, Change: s.Quantity, Reason: shop.Return, OrderItemID: line.ID, Damaged: s.Quantity / 2})
		return err
	case "adjust":
		_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: s.Product, Change: s.Quantity - 4, Reason: shop.Adjustment})
		return err
	default:
		now, err := stock.LevelOf(ctx, tx, s.Product)
		if err != nil {
			return err
		}
		_, err = stock.Count(ctx, tx, s.Product, stock.Tally{
			Counted: now.Committed + s.Quantity, Expected: now.Stock, Committed: now.Committed,
		})
		return err
	}
}

// refusals are the errors that people may get. Any other error is a bug.
var refusals = map[shop.Kind]bool{
	"": true, shop.KindEmptyCart: true, shop.KindInsufficientStock: true, shop.KindNotFound: true,
	shop.KindInvalidTransition: true, shop.KindConflict: true, shop.KindInvalid: true,
}

// Whatever several people do at once, the books agree afterwards: stock is the
// sum of its movements and never below zero, every order's total is that of its
// items, and every item was sold once, and given back or brought back at most once.
func TestAnyInterleavingKeepsTheBooks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		shoptest.Products(t, db, 4, 10)
		shoptest.Customers(t, db, 3)
		rapid.Check(t, func(r *rapid.T) {
			people := make([][]step, 3)
			for i := range people {
				people[i] = steps(r, "person")
			}
			var wg sync.WaitGroup
			for _, script := range people {
				wg.Go(func() {
					for _, s := range script {
						ctx := storetest.Context(t)
						if s.End {
							ctx = pipeline.MayEnd(ctx)
						}
						err := db.Tx(ctx, s.run)
						if !refusals[shop.KindOf(err)] {
							t.Errorf("%+v: %v", s, err)
						}
					}
				})
			}
			wg.Wait()
			shoptest.Agree(t, db)
			if t.Failed() {
				r.FailNow()
			}
		})
	})
}
