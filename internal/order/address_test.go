package order_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	entorder "github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

const elsewhere = "Anna Müller\nHinterhof 3\n10115 Berlin"

// addressPath is a way to change where an order is sent.
type addressPath struct {
	name  string
	never bool
	send  func(ctx context.Context, tx *ent.Client, id int64) error
}

var addressPaths = []addressPath{
	{"order.Readdress", false, readdress(new(elsewhere))},
	{"UpdateOneID", false, func(ctx context.Context, tx *ent.Client, id int64) error {
		return tx.Order.UpdateOneID(id).SetDeliveryAddress(elsewhere).Exec(ctx)
	}},
	{"bulk Update", true, func(ctx context.Context, tx *ent.Client, id int64) error {
		return tx.Order.Update().Where(entorder.ID(id)).SetDeliveryAddress(elsewhere).Exec(ctx)
	}},
	{"bulk clearing", true, func(ctx context.Context, tx *ent.Client, id int64) error {
		return tx.Order.Update().Where(entorder.ID(id)).ClearDeliveryAddress().Exec(ctx)
	}},
	{"with the status", true, func(ctx context.Context, tx *ent.Client, id int64) error {
		next := tx.Order.GetX(ctx, id).Status.Next()
		if len(next) == 0 {
			next = []shop.OrderStatus{shop.Pending}
		}
		return tx.Order.UpdateOneID(id).SetStatus(next[0]).SetDeliveryAddress(elsewhere).Exec(ctx)
	}},
}

func readdress(address *string) func(ctx context.Context, tx *ent.Client, id int64) error {
	return func(ctx context.Context, tx *ent.Client, id int64) error {
		_, err := order.Readdress(ctx, tx, id, address)
		return err
	}
}

// For every state and write path: the address changes if and only if the order has not
// been shipped or cancelled; otherwise nothing is written.
func TestEveryAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 1000)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		for _, path := range addressPaths {
			for _, status := range shop.OrderStatuses {
				t.Run(path.name+" of "+string(status), func(t *testing.T) {
					o := shoptest.Order(t, db, customer, product).Order
					shoptest.Move(t, db, o.ID, status)
					checkAddress(t, db, path, o.ID, status)
				})
			}
		}
		shoptest.Agree(t, db)
	})
}

func checkAddress(t *testing.T, db *store.DB, path addressPath, id int64, status shop.OrderStatus) {
	t.Helper()
	ctx := storetest.Context(t)
	before, dump := db.Client.Order.GetX(ctx, id), shoptest.Dump(t, db)
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return path.send(ctx, tx, id) })
	if path.never || !slices.Contains(shop.Unsent, status) {
		if err == nil || !path.never && (shop.KindOf(err) != shop.KindConflict || !strings.Contains(err.Error(), string(status))) {
			t.Errorf("got %v", err)
		}
		shoptest.Unchanged(t, db, dump)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	now := db.Client.Order.GetX(ctx, id)
	if *now.DeliveryAddress != elsewhere || now.Status != status || now.Version != before.Version+1 || now.TotalAmount != before.TotalAmount {
		t.Errorf("the order is %v", now)
	}
	event := db.Client.OrderEvent.Query().Where(orderevent.OrderID(id)).Order(ent.Desc(orderevent.FieldID)).FirstX(ctx)
	if event.Kind != shop.EventNote || event.From != nil || event.To != nil || *event.Note != "Delivery address changed" {
		t.Errorf("the timeline ends with %v", event)
	}
	entries := db.Client.AuditEntry.Query().Where(auditentry.Resource("orders"), auditentry.RecordID(id)).
		Order(ent.Desc(auditentry.FieldID)).AllX(ctx)
	if e := entries[0]; e.Action != audit.Address || len(e.Changes) != 1 || e.Changes[0].Field != "delivery_address" ||
		string(e.Changes[0].Before) != "null" || string(e.Changes[0].After) != `"Anna Müller\nHinterhof 3\n10115 Berlin"` {
		t.Errorf("the trail ends with %v", e)
	}
	if n := len(entries); n != int(now.Version) {
		t.Errorf("%d entries for version %d", n, now.Version)
	}
}

// An address that the order already has, or the lack of one, is not written again.
func TestSameAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], shoptest.Products(t, db, 1, 10)[0]).Order
		for _, address := range []*string{nil, new(elsewhere), nil} {
			send := func(ctx context.Context, tx *ent.Client) error { return readdress(address)(ctx, tx, o.ID) }
			shoptest.Do(t, db, send)
			before := shoptest.Dump(t, db)
			shoptest.Do(t, db, send)
			shoptest.Unchanged(t, db, before)
			if now := db.Client.Order.GetX(storetest.Context(t), o.ID).DeliveryAddress; !cmp.Equal(now, address) {
				t.Errorf("got %v", now)
			}
		}
		shoptest.Move(t, db, o.ID, shop.Shipped)
		_, err := order.Readdress(storetest.Context(t), db.Client, o.ID, nil) // it was shipped all the same
		shoptest.Refused(t, err, shop.KindConflict)
	})
}

func TestBadAddresses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], shoptest.Products(t, db, 1, 10)[0]).Order
		before := shoptest.Dump(t, db)
		for _, address := range []string{"", " \n\t", "\u00a0", strings.Repeat("ä", 501)} {
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				return readdress(&address)(ctx, tx, o.ID)
			})
			shoptest.Invalid(t, err, "delivery_address")
		}
		_, err := order.Readdress(storetest.Context(t), db.Client, 4711, nil)
		shoptest.Refused(t, err, shop.KindNotFound)
		shoptest.Unchanged(t, db, before)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return readdress(new(strings.Repeat("ä", 500)))(ctx, tx, o.ID)
		})
	})
}

// Whoever changes the address while the order is being shipped gets an error, on every
// write path. An order whose address is being changed is shipped to the new address.
func TestAddressMeetsShipping(t *testing.T) {
	t.Parallel()
	ship := func(id int64) func(ctx context.Context, tx *ent.Client) error {
		return func(ctx context.Context, tx *ent.Client) error {
			_, err := order.Transition(ctx, tx, id, shop.Shipped, "")
			return err
		}
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		for _, path := range addressPaths[:2] {
			for _, shippedFirst := range []bool{true, false} {
				o := shoptest.Order(t, db, customer, product).Order
				shoptest.Move(t, db, o.ID, shop.Processing)
				send := func(ctx context.Context, tx *ent.Client) error { return path.send(ctx, tx, o.ID) }
				var shipped, sent error
				if shippedFirst {
					shipped, sent = shoptest.Overlap(t, db, ship(o.ID), send)
				} else {
					sent, shipped = shoptest.Overlap(t, db, send, ship(o.ID))
				}
				now := db.Client.Order.GetX(storetest.Context(t), o.ID)
				if shipped != nil || now.Status != shop.Shipped {
					t.Errorf("%s: the order is %s: %v", path.name, now.Status, shipped)
				}
				if !shippedFirst {
					if sent != nil || now.DeliveryAddress == nil || *now.DeliveryAddress != elsewhere {
						t.Errorf("%s: sent to %v: %v", path.name, now.DeliveryAddress, sent)
					}
					continue
				}
				shoptest.Refused(t, sent, shop.KindConflict)
				if now.DeliveryAddress != nil || !strings.Contains(sent.Error(), "the order is shipped") {
					t.Errorf("%s: sent to %v: %v", path.name, now.DeliveryAddress, sent)
				}
			}
		}
	})
}

// Of two simultaneous changes of the address the last one wins, even when it is the
// address that the order had before.
func TestAddressMeetsAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], shoptest.Products(t, db, 1, 10)[0]).Order
		send := func(address *string) func(ctx context.Context, tx *ent.Client) error {
			return func(ctx context.Context, tx *ent.Client) error { return readdress(address)(ctx, tx, o.ID) }
		}
		first, second := shoptest.Overlap(t, db, send(new(elsewhere)), send(nil))
		if now := db.Client.Order.GetX(storetest.Context(t), o.ID); first != nil || second != nil || now.DeliveryAddress != nil {
			t.Errorf("sent to %v: %v, %v", now.DeliveryAddress, first, second)
		}
		shoptest.Agree(t, db)
	})
}
