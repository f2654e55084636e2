package reconcile_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/sync/errgroup"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// sell makes a shop with one product: 10 units, an order of 3, a cancelled order of 2,
// and 1 unit damaged, so that 6 are left.
func sell(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		category, err := tx.Category.Create().SetName("Chairs").SetSlug("chairs").Save(ctx)
		if err != nil {
			return err
		}
		product, err := tx.Product.Create().SetSku("CH-1").SetName("Chair").SetPrice(100).SetStock(10).
			SetCategoryID(category.ID).Save(ctx)
		if err != nil {
			return err
		}
		customer, err := tx.Customer.Create().SetEmail("a@example.com").SetName("A").Save(ctx)
		if err != nil {
			return err
		}
		for _, quantity := range []int64{3, 2} {
			if _, err := cart.Add(ctx, tx, customer.ID, product.ID, quantity); err != nil {
				return err
			}
			placed, err := checkout.Place(ctx, tx, customer.ID, nil, nil, shop.DefaultCurrency)
			if err != nil {
				return err
			}
			if quantity == 2 {
				if _, err := order.Transition(ctx, tx, placed.Order.ID, shop.Cancelled, ""); err != nil {
					return err
				}
			}
		}
		_, _, err = stock.Adjust(ctx, tx, stock.Line{ProductID: product.ID, Change: -1, Reason: shop.Damage})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, db *store.DB) *reconcile.Report {
	t.Helper()
	report, err := reconcile.Run(storetest.Context(t), db, reconcile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestBooksAgree(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		report := run(t, db)
		if !report.OK || report.Products != 1 || report.Orders != 2 {
			t.Errorf("got %+v", report)
		}
	})
}

// damage is a change that breaks the books of the shop that sell makes. Its movements are
// 1: initial +10, 2: sale -3, 3: sale -2, 4: cancellation +2, 5: damage -1.
type damage struct {
	name     string
	sql      []string
	products []reconcile.ProductDrift
	orders   []reconcile.OrderDrift
	unmoved  bool // leaves no movement that points to the product
}

// chair completes a drift of the only product.
func chair(d reconcile.ProductDrift) []reconcile.ProductDrift {
	d.ProductID, d.SKU = 1, "CH-1"
	return []reconcile.ProductDrift{d}
}

var (
	firstBroken  = []reconcile.OrderDrift{{OrderID: 1, Status: shop.Pending, Total: 300, ItemsTotal: 300, BrokenItems: 1}}
	sentBroken   = []reconcile.OrderDrift{{OrderID: 1, Status: shop.Shipped, Total: 300, ItemsTotal: 300, BrokenItems: 1}}
	secondBroken = []reconcile.OrderDrift{{OrderID: 2, Status: shop.Cancelled, Total: 200, ItemsTotal: 200, BrokenItems: 1}}
)

const (
	back = "INSERT INTO inventory_movements (created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)" +
		" SELECT created_at, %[1]d, (SELECT stock + %[1]d FROM products), 'return', actor, product_id, order_item_id" +
		" FROM inventory_movements WHERE id = 2"
	broken = "INSERT INTO inventory_movements (created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)" +
		" SELECT created_at, %[1]d, (SELECT stock + %[1]d FROM products), 'damage', actor, product_id, order_item_id" +
		" FROM inventory_movements WHERE id = 2"
	shelved  = "UPDATE products SET stock = stock + %d"
	sent     = "UPDATE orders SET status = 'shipped' WHERE id = 1"
	anyTwice = "DROP INDEX inventorymovement_order_item_id_reason"
	again    = "INSERT INTO inventory_movements (created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)" +
		" SELECT created_at, quantity_change, 6 + quantity_change, reason, actor, product_id, order_item_id" +
		" FROM inventory_movements WHERE id = "
)

var damages = []damage{
	{
		name: "stock", sql: []string{"UPDATE products SET stock = 7"},
		products: chair(reconcile.ProductDrift{Stock: 7, LedgerSum: 6, LastBalance: 6}),
	},
	{
		name: "stock of a deleted product", sql: []string{"UPDATE products SET stock = 7, deleted_at = created_at"},
		products: chair(reconcile.ProductDrift{Stock: 7, LedgerSum: 6, LastBalance: 6}),
	},
	{
		name: "lost last movement", sql: []string{"DELETE FROM inventory_movements WHERE id = 5"},
		products: chair(reconcile.ProductDrift{Stock: 6, LedgerSum: 7, LastBalance: 7}),
	},
	{
		name: "lost first movement", sql: []string{"DELETE FROM inventory_movements WHERE id = 1"},
		products: chair(reconcile.ProductDrift{Stock: 6, LedgerSum: -4, LastBalance: 6, BrokenBalances: 1, FirstBroken: new(int64(2))}),
	},
	{
		name: "lost sale", sql: []string{"DELETE FROM inventory_movements WHERE id = 2"},
		products: chair(reconcile.ProductDrift{Stock: 6, LedgerSum: 9, LastBalance: 6, BrokenBalances: 1, FirstBroken: new(int64(3))}),
		orders:   firstBroken,
	},
	{
		name: "lost ledger", sql: []string{"DELETE FROM inventory_movements"}, unmoved: true,
		products: chair(reconcile.ProductDrift{Stock: 6}),
		orders:   append(append([]reconcile.OrderDrift{}, firstBroken...), secondBroken...),
	},
	{
		name: "wrong balance on the way", sql: []string{"UPDATE inventory_movements SET balance_after = 9 WHERE id = 1"},
		products: chair(reconcile.ProductDrift{Stock: 6, LedgerSum: 6, LastBalance: 6, BrokenBalances: 2, FirstBroken: new(int64(1))}),
	},
	{
		name: "stock and last balance", sql: []string{
			"UPDATE inventory_movements SET balance_after = 8 WHERE id = 5", "UPDATE products SET stock = 8",
		},
		products: chair(reconcile.ProductDrift{Stock: 8, LedgerSum: 6, LastBalance: 8, BrokenBalances: 1, FirstBroken: new(int64(5))}),
	},
	{
		name: "sale of another quantity", sql: []string{"UPDATE inventory_movements SET quantity_change = -2 WHERE id = 2"},
		products: chair(reconcile.ProductDrift{Stock: 6, LedgerSum: 7, LastBalance: 6, BrokenBalances: 1, FirstBroken: new(int64(2))}),
		orders:   firstBroken,
	},
	{
		name: "sale of another product", sql: []string{
			"INSERT INTO products (created_at, updated_at, sku, name, price, category_id)" +
				" SELECT created_at, updated_at, 'CH-2', name, price, category_id FROM products",
			"UPDATE inventory_movements SET product_id = 2 WHERE id = 2",
		},
		products: []reconcile.ProductDrift{
			{ProductID: 1, SKU: "CH-1", Stock: 6, LedgerSum: 9, LastBalance: 6, BrokenBalances: 1, FirstBroken: new(int64(3))},
			{ProductID: 2, SKU: "CH-2", LedgerSum: -3, LastBalance: 7, BrokenBalances: 1, FirstBroken: new(int64(2))},
		},
		orders: firstBroken,
	},
	{
		name: "sale of no item", sql: []string{"UPDATE inventory_movements SET order_item_id = NULL WHERE id = 2"},
		products: chair(reconcile.ProductDrift{Stock: 6, LedgerSum: 6, LastBalance: 6, LooseMovements: 1}),
		orders:   firstBroken,
	},
	{
		name: "sold twice", sql: []string{anyTwice, again + "2", "UPDATE products SET stock = 3"},
		orders: firstBroken,
	},
	{
		name: "given back twice", sql: []string{anyTwice, again + "4", "UPDATE products SET stock = 8"},
		orders: secondBroken,
	},
	{
		name: "came back before it left", sql: []string{fmt.Sprintf(back, 1), fmt.Sprintf(shelved, 1)},
		orders: firstBroken,
	},
	{
		name: "more came back than was sold", sql: []string{sent, fmt.Sprintf(back, 4), fmt.Sprintf(shelved, 4)},
		orders: sentBroken,
	},
	{
		name: "less than nothing came back", sql: []string{sent, fmt.Sprintf(back, -1), fmt.Sprintf(shelved, -1)},
		orders: sentBroken,
	},
	{
		name: "came back twice", sql: []string{
			sent, anyTwice, fmt.Sprintf(back, 1), fmt.Sprintf(shelved, 1), fmt.Sprintf(back, 2), fmt.Sprintf(shelved, 2),
		},
		orders: sentBroken,
	},
	{
		name: "damage of what never came back", sql: []string{sent, fmt.Sprintf(broken, -1), fmt.Sprintf(shelved, -1)},
		orders: sentBroken,
	},
	{
		name: "more damaged than came back", sql: []string{
			sent, fmt.Sprintf(back, 1), fmt.Sprintf(shelved, 1), fmt.Sprintf(broken, -2), fmt.Sprintf(shelved, -2),
		},
		orders: sentBroken,
	},
	{
		name: "more damaged than sold", sql: []string{
			sent, fmt.Sprintf(back, 3), fmt.Sprintf(shelved, 3), fmt.Sprintf(broken, -4), fmt.Sprintf(shelved, -4),
		},
		orders: sentBroken,
	},
	{
		name: "damage that adds units", sql: []string{
			sent, fmt.Sprintf(back, 1), fmt.Sprintf(shelved, 1), fmt.Sprintf(broken, 1), fmt.Sprintf(shelved, 1),
		},
		orders: sentBroken,
	},
	{
		name: "damaged twice", sql: []string{
			sent, anyTwice, fmt.Sprintf(back, 3), fmt.Sprintf(shelved, 3),
			fmt.Sprintf(broken, -1), fmt.Sprintf(shelved, -1), fmt.Sprintf(broken, -1), fmt.Sprintf(shelved, -1),
		},
		orders: sentBroken,
	},
	{
		name: "changes past every limit", sql: []string{"UPDATE inventory_movements SET quantity_change = 9223372036854775807 WHERE id IN (1, 5)"},
		products: chair(reconcile.ProductDrift{
			Stock: 6, LedgerSum: 1<<55 - 3, LastBalance: 6, BrokenBalances: 2, FirstBroken: new(int64(1)),
		}),
	},
	{
		name: "total", sql: []string{"UPDATE orders SET total_amount = 299 WHERE id = 1"},
		orders: []reconcile.OrderDrift{{OrderID: 1, Status: shop.Pending, Total: 299, ItemsTotal: 300}},
	},
	{
		name: "amounts past every limit", sql: []string{"UPDATE order_items SET price = 9007199254740991, quantity = 1000000 WHERE id = 1"},
		orders: []reconcile.OrderDrift{
			{OrderID: 1, Status: shop.Pending, Total: 300, ItemsTotal: 2 * int64(shop.MaxMoney), BrokenItems: 1},
		},
	},
	{
		name: "item nobody sold", sql: []string{
			"INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)" +
				" SELECT created_at, sku, product_name, 1, 5, order_id, product_id FROM order_items WHERE id = 1",
		},
		orders: []reconcile.OrderDrift{{OrderID: 1, Status: shop.Pending, Total: 300, ItemsTotal: 305, BrokenItems: 1}},
	},
	{
		name: "cancelled without giving back", sql: []string{"UPDATE orders SET status = 'cancelled' WHERE id = 1"},
		orders: []reconcile.OrderDrift{{OrderID: 1, Status: shop.Cancelled, Total: 300, ItemsTotal: 300, BrokenItems: 1}},
	},
	{
		name: "given back without being cancelled", sql: []string{"UPDATE orders SET status = 'shipped' WHERE id = 2"},
		orders: []reconcile.OrderDrift{{OrderID: 2, Status: shop.Shipped, Total: 200, ItemsTotal: 200, BrokenItems: 1}},
	},
}

// Every drift, made without running hooks, is reported exactly, also when only new rows
// are checked.
func TestDrifts(t *testing.T) {
	t.Parallel()
	for _, c := range damages {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				if !prove(t, db, false).OK { // so that all that follows is new
					t.Fatal("an empty shop has drift")
				}
				sell(t, db)
				for _, statement := range c.sql {
					storetest.SQL(t, db, statement)
				}
				want := &reconcile.Report{
					Products: max(1, int64(len(c.products))), Orders: 2,
					ProductDrifts: int64(len(c.products)), OrderDrifts: int64(len(c.orders)),
					ProductList: c.products, OrderList: c.orders,
				}
				if diff := cmp.Diff(want, run(t, db), cmpopts.EquateEmpty()); diff != "" {
					t.Error("(-want +got):\n" + diff)
				}
				c.newDrifts(t, db, want)
			})
		})
	}
}

// A shop is checked in spans, and the borders between them must not hide anything.
func TestSpans(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 6, 100), shoptest.Customers(t, db, 2)
		for i := range 9 {
			shoptest.Order(t, db, customers[i%2], products[i%6], products[(i+1)%6])
		}
		storetest.SQL(t, db, "UPDATE products SET stock = stock + 1")
		storetest.SQL(t, db, "UPDATE orders SET total_amount = total_amount + 1")
		storetest.SQL(t, db, "DELETE FROM products WHERE id = 100") // ids need not be dense
		want := run(t, db)
		if want.ProductDrifts != 6 || want.OrderDrifts != 9 {
			t.Fatalf("got %+v", want)
		}
		for _, rows := range []int64{1, 2, 3, 4, 6, 9, 10} {
			var stages []string
			o := reconcile.Options{Progress: func(stage string, done, total int64) {
				if done > total {
					t.Errorf("%s: %d of %d", stage, done, total)
				}
				if done == total && !slices.Contains(stages, stage) {
					stages = append(stages, stage)
				}
			}}
			got, err := reconcile.Run(storetest.Context(t), db, reconcile.Narrow(o, rows))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%d at once (-want +got):\n%s", rows, diff)
			}
			if diff := cmp.Diff([]string{"products", "orders"}, stages); diff != "" {
				t.Error("stages that were completed (-want +got):\n" + diff)
			}
		}
	})
}

func TestListIsBounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sell(t, db)
		storetest.SQL(t, db,
			"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1005)"+
				" INSERT INTO products (created_at, updated_at, sku, name, price, stock, category_id)"+
				" SELECT created_at, updated_at, 'S-' || i, name, price, 1, category_id FROM products, n")
		report := run(t, db)
		if report.ProductDrifts != 1005 || len(report.ProductList) != reconcile.MaxListed {
			t.Errorf("%d drifts, of which %d are listed", report.ProductDrifts, len(report.ProductList))
		}
	})
}

func TestEmptyShopAgrees(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if diff := cmp.Diff(&reconcile.Report{OK: true}, run(t, db), cmpopts.EquateEmpty()); diff != "" {
			t.Error("(-want +got):\n" + diff)
		}
	})
}

// Sales during a reconciliation cause no drift.
func TestBusyShopRaisesNoAlarm(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 3, 1000), shoptest.Customers(t, db, 2)
		open := make(chan struct{})
		var sellers errgroup.Group
		for i, customer := range customers {
			sellers.Go(func() error {
				for n := range 15 {
					err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
						if _, err := cart.Add(ctx, tx, customer, products[(i+n)%3], 1); err != nil {
							return err
						}
						placed, err := checkout.Place(ctx, tx, customer, nil, nil, shop.DefaultCurrency)
						if err == nil && n%3 == 0 {
							_, err = order.Transition(ctx, tx, placed.Order.ID, shop.Cancelled, "")
						}
						return err
					})
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		var closing error
		go func() {
			closing = sellers.Wait()
			close(open)
		}()
		for reads := 0; ; reads++ {
			report, err := reconcile.Run(storetest.Context(t), db, reconcile.Narrow(reconcile.Options{}, 2))
			if err != nil {
				t.Fatal(err)
			}
			if !report.OK {
				t.Fatalf("while selling: %+v", report)
			}
			select {
			case <-open:
				if closing != nil {
					t.Fatal(closing)
				}
				if report := run(t, db); !report.OK || report.Orders != 30 {
					t.Errorf("after %d reads: %+v", reads, report)
				}
				return
			default:
			}
		}
	})
}
