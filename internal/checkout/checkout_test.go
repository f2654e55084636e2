package checkout_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// place checks a customer out for an expected total.
func place(ctx context.Context, db *store.DB, customer int64, expected *shop.Money) (*checkout.Placed, error) {
	var placed *checkout.Placed
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		placed, err = checkout.Place(ctx, tx, customer, expected, nil, shop.DefaultCurrency)
		return err
	})
	return placed, err
}

// cartOf puts a quantity of each product into the customer's cart.
func cartOf(t *testing.T, db *store.DB, customer, quantity int64, products ...int64) {
	t.Helper()
	for _, product := range products {
		if err := put(storetest.Context(t), db, customer, product, quantity); err != nil {
			t.Fatal(err)
		}
	}
}

// A checkout writes an order, snapshots in the order of the cart, a movement for each,
// and the first event of the timeline, and empties the cart.
func TestPlace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 2, 10)
		customer := shoptest.Customers(t, db, 1)[0]
		cartOf(t, db, customer, 3, products[1])
		cartOf(t, db, customer, 2, products[0])

		total := shop.Money(3*200 + 2*100)
		placed, err := place(shop.WithActor(storetest.Context(t), "anna@example.com"), db, customer, &total)
		if err != nil {
			t.Fatal(err)
		}
		o := placed.Order
		if o.Status != shop.Pending || o.TotalAmount != total || o.Currency != "EUR" || o.CustomerID != customer {
			t.Errorf("order: %v", o)
		}
		type line struct {
			ProductID, Quantity int64
			SKU, Name           string
			Price               shop.Money
		}
		got := make([]line, len(placed.Items))
		for i, item := range placed.Items {
			got[i] = line{item.ProductID, item.Quantity, item.Sku, item.ProductName, item.Price}
		}
		want := []line{{products[1], 3, "P-2", "Product 2", 200}, {products[0], 2, "P-1", "Product 1", 100}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error("items:", diff)
		}
		sales := db.Client.InventoryMovement.Query().
			Where(inventorymovement.ReasonEQ(shop.Sale)).Order(inventorymovement.ByProductID()).AllX(storetest.Context(t))
		if len(sales) != 2 || sales[0].BalanceAfter != 8 || sales[1].BalanceAfter != 7 || sales[0].Actor != "anna@example.com" {
			t.Errorf("sales: %v", sales)
		}
		event := db.Client.OrderEvent.Query().Where(orderevent.OrderID(o.ID)).OnlyX(storetest.Context(t))
		if event.Kind != shop.EventPlaced || event.From != nil || *event.To != shop.Pending || event.Actor != "anna@example.com" {
			t.Errorf("timeline: %v", event)
		}
		if c, err := cart.View(storetest.Context(t), db.Reader, customer); err != nil || len(c.Lines) != 0 {
			t.Errorf("the cart afterwards: %v, %v", c, err)
		}
		shoptest.Lawful(t, db)
	})
}

// The order records the product as it was inside the transaction, and does not change
// when the product does.
func TestSnapshots(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		cartOf(t, db, customer, 1, product)
		edit := func(ctx context.Context, tx *ent.Client) error {
			p := tx.Product.GetX(ctx, product)
			return tx.Product.UpdateOne(p).SetPrice(p.Price * 3).SetName(p.Name + "!").SetSku(p.Sku + "!").Exec(ctx)
		}
		shoptest.Do(t, db, edit)
		placed, err := place(storetest.Context(t), db, customer, nil)
		if err != nil {
			t.Fatal(err)
		}
		shoptest.Do(t, db, edit)
		item := db.Client.OrderItem.GetX(storetest.Context(t), placed.Items[0].ID)
		if item.Price != 300 || item.ProductName != "Product 1!" || item.Sku != "P-1!" || placed.Order.TotalAmount != 300 {
			t.Errorf("%v of %v", item, placed.Order)
		}
	})
}

// An order is sent to the address given at checkout, or else to the customer's address at
// that moment. It keeps that address when the customer moves.
func TestDeliveryAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		product := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		live := func(address *string) {
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				if address == nil {
					return tx.Customer.UpdateOneID(customer).ClearAddress().Exec(ctx)
				}
				return tx.Customer.UpdateOneID(customer).SetAddress(*address).Exec(ctx)
			})
		}
		home, office := new("C\n1 Home Street"), new("C\n2 Office Street")
		var orders []int64
		var want []*string
		for _, c := range []struct{ home, given, sent *string }{
			{nil, nil, nil}, {home, nil, home}, {home, office, office}, {nil, office, office}, {office, nil, office},
		} {
			live(c.home)
			cartOf(t, db, customer, 1, product)
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				placed, err := checkout.Place(ctx, tx, customer, nil, c.given, shop.DefaultCurrency)
				if err == nil {
					orders, want = append(orders, placed.Order.ID), append(want, c.sent)
				}
				return err
			})
		}
		live(new("C\n3 New Street"))
		var got []*string
		for _, id := range orders {
			got = append(got, db.Client.Order.GetX(ctx, id).DeliveryAddress)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// refusal is a shop in which a checkout is refused.
type refusal struct {
	name   string
	spoil  func(ctx context.Context, tx *ent.Client, customer int64, products []int64) error
	expect shop.Money // of a total of 2 * (100 + 200), 0 for none
	kind   shop.Kind
	check  func(t *testing.T, e *shop.Error, products []int64)
}

var refusedCheckouts = []refusal{
	{
		name: "total changed", expect: 599, kind: shop.KindTotalChanged,
		check: func(t *testing.T, e *shop.Error, _ []int64) {
			t.Helper()
			if e.Expected != 599 || e.Total != 600 {
				t.Errorf("expected %d, total %d", e.Expected, e.Total)
			}
		},
	},
	{
		name: "price raised", expect: 600, kind: shop.KindTotalChanged,
		spoil: func(ctx context.Context, tx *ent.Client, _ int64, products []int64) error {
			return tx.Product.UpdateOneID(products[0]).SetPrice(101).Exec(ctx)
		},
	},
	{
		name: "inactive and deleted, and short besides", kind: shop.KindInactiveProduct,
		spoil: func(ctx context.Context, tx *ent.Client, _ int64, products []int64) error {
			if err := tx.Product.UpdateOneID(products[0]).SetIsActive(false).Exec(ctx); err != nil {
				return err
			}
			if err := empty(ctx, tx, products[0]); err != nil {
				return err
			}
			return tx.Product.DeleteOneID(products[1]).Exec(ctx)
		},
		check: func(t *testing.T, e *shop.Error, products []int64) {
			t.Helper()
			if len(e.Items) != 2 || e.Items[0].ProductID != products[0] || e.Items[0].SKU != "P-1" || e.Items[1].SKU != "P-2" {
				t.Errorf("items: %+v", e.Items)
			}
		},
	},
	{
		name: "one of two short", kind: shop.KindInsufficientStock,
		spoil: func(ctx context.Context, tx *ent.Client, _ int64, products []int64) error {
			return empty(ctx, tx, products[1])
		},
		check: func(t *testing.T, e *shop.Error, products []int64) {
			t.Helper()
			want := []shop.LineError{{ProductID: products[1], SKU: "P-2", Requested: 2, Available: 0}}
			if diff := cmp.Diff(want, e.Items); diff != "" {
				t.Error(diff)
			}
		},
	},
	{
		name: "past the largest amount", kind: shop.KindInvalid,
		spoil: func(ctx context.Context, tx *ent.Client, _ int64, products []int64) error {
			return tx.Product.UpdateOneID(products[1]).SetPrice(shop.MaxMoney).Exec(ctx)
		},
		check: func(t *testing.T, e *shop.Error, _ []int64) {
			t.Helper()
			if len(e.Fields) > 0 {
				t.Errorf("names %v, which a checkout does not take", e.Fields)
			}
		},
	},
	{
		name: "the sum past the largest amount", kind: shop.KindInvalid,
		spoil: func(ctx context.Context, tx *ent.Client, _ int64, _ []int64) error {
			return tx.Product.Update().SetPrice((shop.MaxMoney - 1) / 2).Exec(ctx)
		},
	},
	{
		name: "empty cart", kind: shop.KindEmptyCart,
		spoil: func(ctx context.Context, tx *ent.Client, customer int64, _ []int64) error {
			return cart.Clear(ctx, tx, customer)
		},
	},
	{
		name: "deleted customer", kind: shop.KindNotFound,
		spoil: func(ctx context.Context, tx *ent.Client, customer int64, _ []int64) error {
			return tx.Customer.DeleteOneID(customer).Exec(ctx)
		},
	},
}

func empty(ctx context.Context, tx *ent.Client, product int64) error {
	_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: product, Change: -10, Reason: shop.Damage})
	return err
}

// Each refusal says what is wrong and leaves every row as it was.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, r := range refusedCheckouts {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				products := shoptest.Products(t, db, 2, 10)
				customer := shoptest.Customers(t, db, 1)[0]
				cartOf(t, db, customer, 2, products...)
				if r.spoil != nil {
					shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
						return r.spoil(ctx, tx, customer, products)
					})
				}
				before := shoptest.Dump(t, db)
				var expected *shop.Money
				if r.expect != 0 {
					expected = &r.expect
				}
				_, err := place(storetest.Context(t), db, customer, expected)
				e := shoptest.Refusal(t, err, r.kind)
				if r.check != nil {
					r.check(t, e, products)
				}
				shoptest.Unchanged(t, db, before)
			})
		})
	}
}

func TestUnknownCustomer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		_, err := place(storetest.Context(t), db, 4711, nil)
		shoptest.Refused(t, err, shop.KindNotFound)
	})
}

// A cart may have more lines than a statement can have parameters.
func TestManyLines(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const n = 2500
		products := shoptest.Products(t, db, n, 1)
		customer := shoptest.Customers(t, db, 1)[0]
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.CartItem.MapCreateBulk(products, func(c *ent.CartItemCreate, i int) {
				c.SetCustomerID(customer).SetProductID(products[i]).SetQuantity(1)
			}).Exec(ctx)
		})
		placed, err := place(storetest.Context(t), db, customer, nil)
		if err != nil {
			t.Fatal(err)
		}
		if want := shop.Money(100 * n * (n + 1) / 2); len(placed.Items) != n || placed.Order.TotalAmount != want {
			t.Errorf("%d items for %d, want %d for %d", len(placed.Items), placed.Order.TotalAmount, n, want)
		}
		shoptest.Lawful(t, db)
	})
}
