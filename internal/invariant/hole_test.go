package invariant_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// attempt is a write that tries to bypass a rule.
type attempt struct {
	name  string
	write func(ctx context.Context, tx *ent.Client) error
}

// Every such write through the client is refused, and leaves nothing behind.
func TestHoles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		placed := shoptest.Order(t, db, customer, p)
		o, item := placed.Order, placed.Items[0]
		event := db.Client.OrderEvent.Query().FirstX(storetest.Context(t))
		movement := db.Client.InventoryMovement.Query().FirstX(storetest.Context(t))
		before := shoptest.Dump(t, db)
		for _, a := range append(ledgerHoles(p, item, movement), orderHoles(customer, o, item, event)...) {
			t.Run(a.name, func(t *testing.T) {
				if err := db.Tx(storetest.Context(t), a.write); err == nil {
					t.Error("was not refused")
				}
				shoptest.Unchanged(t, db, before)
			})
		}
		shoptest.Agree(t, db)
	})
}

func ledgerHoles(p int64, item *ent.OrderItem, movement *ent.InventoryMovement) []attempt {
	return []attempt{
		{"movement beside the ledger", func(ctx context.Context, tx *ent.Client) error {
			return tx.InventoryMovement.Create().SetProductID(p).SetQuantityChange(5).SetBalanceAfter(15).
				SetReason(shop.Receipt).SetActor("me").Exec(ctx)
		}},
		{"update of a movement", func(ctx context.Context, tx *ent.Client) error {
			return tx.InventoryMovement.UpdateOneID(movement.ID).Exec(ctx)
		}},
		{"bulk update of movements", func(ctx context.Context, tx *ent.Client) error {
			return tx.InventoryMovement.Update().Where(inventorymovement.ID(movement.ID)).Exec(ctx)
		}},
		{"delete of a movement", func(ctx context.Context, tx *ent.Client) error {
			return tx.InventoryMovement.DeleteOneID(movement.ID).Exec(ctx)
		}},
		{"bulk delete of movements", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.InventoryMovement.Delete().Exec(ctx)
			return err
		}},
		{"stock through the mutation", func(ctx context.Context, tx *ent.Client) error {
			u := tx.Product.UpdateOneID(p)
			u.Mutation().SetStock(99)
			return u.Exec(ctx)
		}},
		{"stock of many through the mutation", func(ctx context.Context, tx *ent.Client) error {
			u := tx.Product.Update().Where(product.ID(p))
			u.Mutation().AddStock(99)
			return u.Exec(ctx)
		}},
		{"version given by the caller", func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(p).SetVersion(77).Exec(ctx)
		}},
		{"item past the stock", func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderItem.Create().SetOrderID(item.OrderID).SetProductID(p).SetSku("P").SetProductName("P").
				SetQuantity(10).SetPrice(1).Exec(ctx)
		}},
		{"stock below zero in SQL", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.ExecContext(ctx, "UPDATE products SET stock = -1")
			return err
		}},
		{"second sale of an item in SQL", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO inventory_movements
				(created_at, product_id, quantity_change, balance_after, reason, order_item_id, actor)
				VALUES ($1, $2, -1, 8, 'sale', $3, 'me')`, time.Now(), p, item.ID)
			return err
		}},
		{"movement of nothing in SQL", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO inventory_movements
				(created_at, product_id, quantity_change, balance_after, reason, actor)
				VALUES ($1, $2, 0, 9, 'receipt', 'me')`, time.Now(), p)
			return err
		}},
	}
}

func orderHoles(customer int64, o *ent.Order, item *ent.OrderItem, event *ent.OrderEvent) []attempt {
	return []attempt{
		{"order created shipped", func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.Create().SetCustomerID(customer).SetTotalAmount(1).SetCurrency("EUR").
				SetStatus(shop.Shipped).Exec(ctx)
		}},
		{"delete of an order", func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.DeleteOneID(o.ID).Exec(ctx)
		}},
		{"bulk delete of orders", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.Order.Delete().Exec(ctx)
			return err
		}},
		{"update of an item", func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderItem.UpdateOneID(item.ID).Exec(ctx)
		}},
		{"delete of an item", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.OrderItem.Delete().Where(orderitem.ID(item.ID)).Exec(ctx)
			return err
		}},
		{"update of an event", func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderEvent.UpdateOneID(event.ID).Exec(ctx)
		}},
		{"note of an event", func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderEvent.UpdateOneID(event.ID).SetNote("no").Exec(ctx)
		}},
		{"item of no order", func(ctx context.Context, tx *ent.Client) error {
			err := tx.OrderItem.Create().SetOrderID(4711).SetProductID(item.ProductID).SetSku("P").SetProductName("P").
				SetQuantity(1).SetPrice(1).Exec(ctx)
			if shop.KindOf(err) != shop.KindInvalid {
				return nil // the caller made a mistake: the test must fail
			}
			return err
		}},
		{"delete of an event", func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderEvent.DeleteOneID(event.ID).Exec(ctx)
		}},
		{"total through the mutation", func(ctx context.Context, tx *ent.Client) error {
			u := tx.Order.UpdateOneID(o.ID)
			u.Mutation().SetTotalAmount(1)
			if err := u.Exec(ctx); err != nil {
				return err
			}
			if now := tx.Order.GetX(ctx, o.ID); now.TotalAmount != o.TotalAmount {
				return nil // it was written: the test must fail
			}
			return shop.Conflictf("immutable fields are not written")
		}},
		{"parent through the children", func(ctx context.Context, tx *ent.Client) error {
			c := tx.Category.Query().FirstX(ctx)
			return tx.Category.Create().SetName("x").SetSlug("x").AddChildIDs(c.ID).Exec(ctx)
		}},
		{"parent of many", func(ctx context.Context, tx *ent.Client) error {
			c := tx.Category.Query().FirstX(ctx)
			return tx.Category.Update().Where(category.ID(c.ID)).SetParentID(c.ID).Exec(ctx)
		}},
	}
}

// Writes of several statements are refused outside of a transaction, because a crash could
// leave the first without the second.
func TestNeedsTransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		p := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		o := shoptest.Order(t, db, customer, p).Order
		before := shoptest.Dump(t, db)
		for name, err := range map[string]error{
			"initial stock": db.Client.Product.Create().SetSku("X").SetName("X").SetPrice(1).SetStock(1).
				SetCategoryID(1).Exec(ctx),
			"transition": db.Client.Order.UpdateOneID(o.ID).SetStatus(shop.Cancelled).Exec(ctx),
			"order":      db.Client.Order.Create().SetCustomerID(customer).SetTotalAmount(1).SetCurrency("EUR").Exec(ctx),
			"order item": db.Client.OrderItem.Create().SetOrderID(o.ID).SetProductID(p).SetSku("P").
				SetProductName("P").SetQuantity(1).SetPrice(1).Exec(ctx),
		} {
			if err == nil || !strings.Contains(err.Error(), "transaction") {
				t.Errorf("%s: %v", name, err)
			}
		}
		shoptest.Unchanged(t, db, before)
	})
}

// An item that is not created by checkout sells the product too.
func TestItemSells(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			o, err := tx.Order.Create().SetCustomerID(customer).SetTotalAmount(300).SetCurrency("EUR").Save(ctx)
			if err != nil {
				return err
			}
			return tx.OrderItem.Create().SetOrderID(o.ID).SetProductID(p).SetSku("P-1").SetProductName("P").
				SetQuantity(3).SetPrice(100).Exec(ctx)
		})
		if now := db.Client.Product.GetX(storetest.Context(t), p).Stock; now != 7 {
			t.Errorf("stock is %d, want 7", now)
		}
		shoptest.Agree(t, db)
	})
}

// The client has no upserts, whose updates no hook would see, and no edge setters that
// change another entity, except the one that a hook refuses.
func TestNoSideDoors(t *testing.T) {
	t.Parallel()
	client := reflect.TypeFor[ent.Client]()
	for field := range client.Fields() {
		entity := field.Type
		for _, method := range []string{"Create", "CreateBulk", "Update", "UpdateOneID"} {
			m, ok := entity.MethodByName(method)
			if !ok {
				continue
			}
			builder := m.Type.Out(0)
			for method := range builder.Methods() {
				name := method.Name
				if strings.HasPrefix(name, "OnConflict") {
					t.Errorf("%s has %s", builder, name)
				}
				if strings.HasPrefix(name, "Add") && strings.HasSuffix(name, "IDs") && name != "AddChildIDs" {
					t.Errorf("%s has %s", builder, name)
				}
			}
		}
	}
}
