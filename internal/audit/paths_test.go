package audit_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/ent/cartitem"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// path is a way to write, with the entries that it must leave. Each path builds on the ones
// before it.
type path struct {
	name string
	do   work
	want []string
}

func pathsOf(t *testing.T, db *store.DB) (paths []path, tea *int64) {
	t.Helper()
	var k, l, o int64
	c, p, u := counter(t, db)
	paths = []path{
		// Categories.
		{"create", func(ctx context.Context, tx *ent.Client) error {
			created, err := tx.Category.Create().SetName(`Tea & "Herbs" <b>`).SetSlug("tea").SetParentID(c).Save(ctx)
			if err == nil {
				k = created.ID
			}
			return err
		}, []string{`create categories name:null>"Tea \u0026 \"Herbs\" \u003cb\u003e" slug:null>"tea" parent_id:null>1 position:null>0`}},
		{"create in bulk", func(ctx context.Context, tx *ent.Client) error {
			created, err := tx.Category.MapCreateBulk([]int{1, 2, 3}, func(c *ent.CategoryCreate, i int) {
				c.SetName(fmt.Sprint("Bulk ", i)).SetSlug(fmt.Sprint("bulk-", i))
			}).Save(ctx)
			if err == nil {
				l = created[2].ID
			}
			return err
		}, []string{
			`create categories name:null>"Bulk 0" slug:null>"bulk-0" position:null>0`,
			`create categories name:null>"Bulk 1" slug:null>"bulk-1" position:null>0`,
			`create categories name:null>"Bulk 2" slug:null>"bulk-2" position:null>0`,
		}},
		{"update of one", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(k).SetName("Téa ' \\ \u2028").ClearParentID().Exec(ctx)
		}, []string{`update categories name:"Tea \u0026 \"Herbs\" \u003cb\u003e">"Téa ' \\ \u2028" parent_id:1>null`}},
		{"update of one to what it is", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(k).SetName("Téa ' \\ \u2028").SetPosition(0).Exec(ctx)
		}, []string{`update categories`}},
		{"update of nothing", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(k).Exec(ctx)
		}, nil},
		{"update of one that adds", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(k).AddPosition(-3).Exec(ctx)
		}, []string{`update categories position:0>-3`}},
		{"update of many", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Update().Where(category.IDIn(k, l)).AddPosition(5).Exec(ctx)
		}, []string{`update categories position:-3>2`, `update categories position:0>5`}},
		{"update of an entity", func(ctx context.Context, tx *ent.Client) error {
			stale := tx.Category.GetX(ctx, k)
			tx.Category.UpdateOneID(k).SetPosition(8).ExecX(ctx)
			return stale.Update().SetPosition(9).Exec(ctx)
		}, []string{`update categories position:2>8`, `update categories position:8>9`}},
		{"update of many that meets none", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Update().Where(category.Slug("nowhere")).SetPosition(1).Exec(ctx)
		}, nil},
		{"update whose conditions fail", func(ctx context.Context, tx *ent.Client) error {
			err := tx.Category.UpdateOneID(k).Where(category.Version(99)).SetPosition(1).Exec(ctx)
			if !ent.IsNotFound(err) {
				return fmt.Errorf("expected not found, got %w", err)
			}
			return nil
		}, nil},
		{"move", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(l).SetParentID(k).Exec(ctx)
		}, []string{`update categories parent_id:null>tea`}},
		{"delete of many", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.Category.Delete().Where(category.IDIn(k, l)).Exec(ctx)
			return err
		}, []string{`delete categories deleted_at:null>TIME`, `delete categories deleted_at:null>TIME`}},
		{"restore with more", func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(k).ClearDeletedAt().SetName("Tea").Exec(invariant.WithDeleted(ctx))
		}, []string{`restore categories deleted_at:TIME>null name:"Téa ' \\ \u2028">"Tea"`}},

		// Products.
		{"create with stock", func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.Create().SetSku("X").SetName("Ten").SetPrice(1999).SetStock(10).SetCategoryID(c).Exec(ctx)
		}, []string{`create products sku:null>"X" name:null>"Ten" description:null>"" price:null>1999 stock:null>10 is_active:null>true category_id:null>1`}},
		{"update of every type", func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(p[0]).SetPrice(5).SetIsActive(false).SetLowStockAt(3).SetCategoryID(k).Exec(ctx)
		}, []string{`update products price:100>5 low_stock_at:null>3 is_active:true>false category_id:1>tea`}},
		{"update of many back", func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.Update().Where(product.ID(p[0])).SetPrice(shop.MaxMoney).SetIsActive(true).ClearLowStockAt().Exec(ctx)
		}, []string{`update products price:5>9007199254740991 low_stock_at:3>null is_active:false>true`}},
		{"adding to nothing", func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(p[0]).AddLowStockAt(2).SetPrice(100).SetCategoryID(c).Exec(ctx)
		}, []string{`update products price:9007199254740991>100 low_stock_at:null>2 category_id:tea>1`}},
		{
			"delete", func(ctx context.Context, tx *ent.Client) error { return tx.Product.DeleteOneID(p[1]).Exec(ctx) },
			[]string{`delete products deleted_at:null>TIME`},
		},
		{"restore", func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(p[1]).ClearDeletedAt().Exec(invariant.WithDeleted(ctx))
		}, []string{`restore products deleted_at:TIME>null`}},
		{"adjust", func(ctx context.Context, tx *ent.Client) error {
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: p[1], Change: -3, Reason: shop.Damage, Note: "water"})
			return err
		}, []string{`stock-adjust products stock:10>7 reason:null>"damage"`}},
		{"receive", func(ctx context.Context, tx *ent.Client) error {
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: p[1], Change: 5, Reason: shop.Receipt})
			return err
		}, []string{`stock-receive products stock:7>12 reason:null>"receipt"`}},
		{"count", func(ctx context.Context, tx *ent.Client) error {
			_, err := stock.Count(ctx, tx, p[1], stock.Tally{Counted: 11, Expected: 12})
			return err
		}, []string{`stock-count products stock:12>11 reason:null>"stocktake"`}},
		{"count as expected", func(ctx context.Context, tx *ent.Client) error {
			_, err := stock.Count(ctx, tx, p[1], stock.Tally{Counted: 11, Expected: 11})
			return err
		}, nil},

		// Customers.
		{"create of a customer", func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.Create().SetEmail(" JANE@example.com ").SetName("Jane").SetPhone("1").Exec(ctx)
		}, []string{`create customers email:null>"jane@example.com" name:null>"Jane" phone:null>"1"`}},
		{"update of a customer", func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.UpdateOneID(u).SetEmail("JOHN@example.com").SetNote("n").Exec(ctx)
		}, []string{`update customers email:"c1@example.com">"john@example.com" note:null>"n"`}},
		{
			"delete of a customer", func(ctx context.Context, tx *ent.Client) error { return tx.Customer.DeleteOneID(u).Exec(ctx) },
			[]string{`delete customers deleted_at:null>TIME`},
		},
		{"restore of many", func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.Update().Where(customer.ID(u)).ClearDeletedAt().Exec(invariant.WithDeleted(ctx))
		}, []string{`restore customers deleted_at:TIME>null`}},

		// Carts and orders.
		{"add to the cart", func(ctx context.Context, tx *ent.Client) error {
			_, err := cart.Add(ctx, tx, u, p[0], 2)
			return err
		}, []string{`create cart-items customer_id:null>1 product_id:null>1 quantity:null>2`}},
		{"add to the line", func(ctx context.Context, tx *ent.Client) error {
			_, err := cart.Add(ctx, tx, u, p[0], 1)
			return err
		}, []string{`update cart-items quantity:2>3`}},
		{"remove a line that is not there", func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.CartItem.Delete().Where(cartitem.Quantity(99)).Exec(ctx)
			return err
		}, nil},
		{"remove a line whose condition fails", func(ctx context.Context, tx *ent.Client) error {
			id := tx.CartItem.Query().OnlyIDX(ctx)
			if err := tx.CartItem.DeleteOneID(id).Where(cartitem.Quantity(99)).Exec(ctx); !ent.IsNotFound(err) {
				return fmt.Errorf("expected not found, got %w", err)
			}
			return nil
		}, nil},
		{
			"clear the cart", func(ctx context.Context, tx *ent.Client) error { return cart.Clear(ctx, tx, u) },
			[]string{`delete cart-items customer_id:1>null product_id:1>null quantity:3>null`},
		},
		{"checkout", func(ctx context.Context, tx *ent.Client) error {
			for _, id := range p[:2] {
				if _, err := cart.Add(ctx, tx, u, id, 2); err != nil {
					return err
				}
			}
			placed, err := checkout.Place(ctx, tx, u, nil, nil, "EUR")
			if err == nil {
				o = placed.Order.ID
			}
			return err
		}, []string{
			`create cart-items customer_id:null>1 product_id:null>1 quantity:null>2`,
			`create cart-items customer_id:null>1 product_id:null>2 quantity:null>2`,
			`checkout orders customer_id:null>1 status:null>"pending" total_amount:null>600 currency:null>"EUR" placed_at:null>TIME ` +
				`items:null>[{"price":100,"product_id":1,"quantity":2,"sku":"P-1"},{"price":200,"product_id":2,"quantity":2,"sku":"P-2"}]`,
		}},
		{"transition", func(ctx context.Context, tx *ent.Client) error {
			_, err := order.Transition(ctx, tx, o, shop.Processing, "packing")
			return err
		}, []string{`transition orders status:"pending">"processing"`}},
		{"note", func(ctx context.Context, tx *ent.Client) error {
			_, err := order.AddNote(ctx, tx, o, "ring twice")
			return err
		}, []string{`note orders note:null>"ring twice"`}},
		{"cancel", func(ctx context.Context, tx *ent.Client) error {
			_, err := order.Transition(ctx, tx, o, shop.Cancelled, "")
			return err
		}, []string{`cancel orders status:"processing">"cancelled"`}},
		{"return", func(ctx context.Context, tx *ent.Client) error {
			if _, err := cart.Add(ctx, tx, u, p[0], 3); err != nil {
				return err
			}
			placed, err := checkout.Place(ctx, tx, u, nil, nil, "EUR")
			if err != nil {
				return err
			}
			for _, to := range []shop.OrderStatus{shop.Processing, shop.Shipped} {
				if _, err := order.Transition(ctx, tx, placed.Order.ID, to, ""); err != nil {
					return err
				}
			}
			_, _, err = stock.Adjust(ctx, tx, stock.Line{
				ProductID: p[0], Change: 2, Damaged: 1, Reason: shop.Return, OrderItemID: placed.Items[0].ID, Note: "too small",
			})
			return err
		}, []string{
			`create cart-items customer_id:null>1 product_id:null>1 quantity:null>3`,
			`checkout orders customer_id:null>1 status:null>"pending" total_amount:null>300 currency:null>"EUR" placed_at:null>TIME ` +
				`items:null>[{"price":100,"product_id":1,"quantity":3,"sku":"P-1"}]`,
			`transition orders status:"pending">"processing"`, `transition orders status:"processing">"shipped"`,
			`stock-adjust products stock:7>9 reason:null>"return"`, `stock-adjust products stock:9>8 reason:null>"damage"`,
			`return orders note:null>"2 × P-1, 1 damaged: too small"`,
		}},
	}
	return paths, &k
}

// Every way to write an audited entity leaves exactly the entries that describe it, and
// none when the transaction is rolled back.
func TestPaths(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		paths, tea := pathsOf(t, db)
		undone := errors.New("undone")
		for _, p := range paths {
			before := last(t, db)
			err := db.Tx(anna(t.Context()), func(ctx context.Context, tx *ent.Client) error {
				return errors.Join(p.do(ctx, tx), undone)
			})
			if !errors.Is(err, undone) || len(since(t, db, before)) != 0 {
				t.Fatalf("%s: %v, and entries of what was rolled back: %v", p.name, err, lines(since(t, db, before)))
			}
			entries := written(t, db, p.do)
			t.Log(p.name)
			has(t, entries, *tea, p.want...)
			for _, e := range entries {
				if e.Actor != "anna@example.com (till)" || *e.StaffID != 7 || *e.TokenID != 9 || *e.StaffEmail != "anna@example.com" ||
					*e.RequestID != "req-1" || *e.IP != "192.0.2.1" || *e.UserAgent != "curl/8" || e.RecordID == 0 {
					t.Errorf("%s: %v", p.name, e)
				}
			}
		}
	})
}

// The entry of a write belongs to the transaction of the write, even if the context comes
// from another one.
func TestAnotherTransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var earlier context.Context
		if err := db.Tx(storetest.Context(t), func(ctx context.Context, _ *ent.Client) error {
			earlier = ctx //nolint:fatcontext // once: this is what the test is about
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		var c *ent.Customer
		if err := db.Tx(storetest.Context(t), func(_ context.Context, tx *ent.Client) (err error) {
			c, err = tx.Customer.Create().SetEmail("ann@example.com").SetName("Ann").Save(earlier)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		n := db.Client.AuditEntry.Query().
			Where(auditentry.Resource("customers"), auditentry.RecordID(c.ID)).CountX(storetest.Context(t))
		if n != 1 {
			t.Errorf("%d entries of the customer", n)
		}
	})
}
