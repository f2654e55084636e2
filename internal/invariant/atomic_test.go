package invariant_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// ignored returns writes that fail after they have begun.
func ignored(order, product int64) map[string]func(ctx context.Context, tx *ent.Client) error {
	item := func(tx *ent.Client) *ent.OrderItemCreate {
		return tx.OrderItem.Create().SetOrderID(order).SetProductID(product).SetQuantity(1).
			SetSku("S").SetProductName("N").SetPrice(1)
	}
	return map[string]func(ctx context.Context, tx *ent.Client) error{
		"cancelling what has no room on the shelf": func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(order).SetStatus(shop.Cancelled).Exec(ctx)
		},
		"an item that does not validate": func(ctx context.Context, tx *ent.Client) error {
			return item(tx).SetSku("").Exec(ctx)
		},
		"items of which the last does not validate": func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderItem.CreateBulk(item(tx), item(tx), item(tx).SetPrice(-1)).Exec(ctx)
		},
		"an item of an unknown order": func(ctx context.Context, tx *ent.Client) error {
			return item(tx).SetOrderID(4711).Exec(ctx)
		},
		"an item of an unknown product": func(ctx context.Context, tx *ent.Client) error {
			return item(tx).SetProductID(4711).Exec(ctx)
		},
		"an item of nothing": func(ctx context.Context, tx *ent.Client) error {
			return item(tx).SetQuantity(0).Exec(ctx)
		},
		"an event with too long a note": func(ctx context.Context, tx *ent.Client) error {
			ctx = invariant.WithNote(ctx, strings.Repeat("x", 2001))
			return tx.Order.UpdateOneID(order).SetStatus(shop.Processing).Exec(ctx)
		},
		"a product with stock past the limit": func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.Create().SetSku("L").SetName("L").SetPrice(1).SetStock(shop.MaxStock + 1).SetCategoryID(1).Exec(ctx)
		},
	}
}

// A write that a rule refuses leaves nothing behind, even when the caller
// ignores the error and commits.
func TestRefusedWritesLeaveNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], p).Order
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: p, Change: shop.MaxStock - 9, Reason: shop.Receipt})
			return err
		})
		before := shoptest.Dump(t, db)
		for name, write := range ignored(o.ID, p) {
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				if err := write(ctx, tx); err == nil {
					t.Errorf("%s: was not refused", name)
				}
				return nil
			})
			if diff := cmp.Diff(before, shoptest.Dump(t, db)); diff != "" {
				t.Fatalf("%s: something was written: %s", name, diff)
			}
		}
	})
}

// The stock with which a product is created is its first movement, also in bulk, and the
// returned entity has it.
func TestInitialStock(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := shoptest.Category(t, db, "c", nil)
		units := []int64{5, 0, shop.MaxStock}
		var products []*ent.Product
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) (err error) {
			products, err = tx.Product.MapCreateBulk(units, func(p *ent.ProductCreate, i int) {
				p.SetSku(string(rune('A' + i))).SetName("N").SetPrice(1).SetStock(units[i]).SetCategoryID(c)
			}).Save(ctx)
			return err
		})
		for i, p := range products {
			if kept := db.Client.Product.GetX(storetest.Context(t), p.ID).Stock; p.Stock != units[i] || kept != units[i] {
				t.Errorf("product %d shows %d and has %d, want %d", i, p.Stock, kept, units[i])
			}
		}
		movements := db.Client.InventoryMovement.Query().AllX(storetest.Context(t))
		if len(movements) != 2 || movements[0].Reason != shop.Initial || movements[0].QuantityChange+movements[1].QuantityChange != 5+shop.MaxStock {
			t.Errorf("movements: %v", movements)
		}
		for _, n := range []int64{-1, shop.MaxStock + 1} {
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.Create().SetSku("X").SetName("N").SetPrice(1).SetStock(n).SetCategoryID(c).Exec(ctx)
			})
			shoptest.Invalid(t, err, "stock")
		}
		shoptest.Lawful(t, db)
	})
}

// Items that are created in bulk, and not by checkout, each have their movement. Products
// that are not for sale are refused here too.
func TestItemsInBulk(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		order, product := emptyOrder(t, db)
		items := func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderItem.MapCreateBulk([]int{1, 2, 3}, func(c *ent.OrderItemCreate, i int) {
				c.SetOrderID(order).SetProductID(product).SetQuantity(int64(i + 1)).SetSku("S").SetProductName("N").SetPrice(0)
			}).Exec(ctx)
		}
		shoptest.Do(t, db, items)
		if now := db.Client.Product.GetX(storetest.Context(t), product).Stock; now != 4 {
			t.Errorf("stock is %d", now)
		}
		err := db.Tx(storetest.Context(t), items)
		shoptest.Refused(t, err, shop.KindInsufficientStock)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(product).SetIsActive(false).Exec(ctx)
		})
		err = db.Tx(storetest.Context(t), addItem(order, product))
		shoptest.Refused(t, err, shop.KindInactiveProduct)
		shoptest.Do(t, db, become(order, shop.Processing))
		err = db.Tx(storetest.Context(t), addItem(order, product))
		shoptest.Refused(t, err, shop.KindConflict)
		shoptest.Lawful(t, db)
	})
}

// Events contain their actor and note.
func TestEventsHaveActorAndNote(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		order, _ := emptyOrder(t, db)
		ctx := invariant.WithNote(shop.WithActor(storetest.Context(t), "anna@example.com"), "by hand")
		if err := db.Tx(ctx, become(order, shop.Processing)); err != nil {
			t.Fatal(err)
		}
		e := db.Client.OrderEvent.Query().AllX(storetest.Context(t))[1]
		if e.Kind != shop.EventTransition || *e.From != shop.Pending || *e.To != shop.Processing || e.Actor != "anna@example.com" ||
			e.Note == nil || *e.Note != "by hand" {
			t.Errorf("%v", e)
		}
	})
}
