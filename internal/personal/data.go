package personal

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Data is everything that the shop holds about a customer, oldest first.
type Data struct {
	Customer *ent.Customer
	Cart     *cart.Cart
	Orders   []*ent.Order
	Items    map[int64][]*ent.OrderItem  // by order
	Events   map[int64][]*ent.OrderEvent // by order
	Entries  []*ent.AuditEntry
}

// Of reads it, of a deleted customer too. Errors: KindNotFound,
// KindForbidden.
func Of(ctx context.Context, client *ent.Client, id int64) (*Data, error) {
	ctx, err := access.Allow(invariant.WithDeleted(ctx), access.DataExport)
	if err != nil {
		return nil, err
	}
	d := &Data{Items: map[int64][]*ent.OrderItem{}, Events: map[int64][]*ent.OrderEvent{}}
	if d.Customer, err = client.Customer.Query().Where(customer.ID(id)).Only(ctx); ent.IsNotFound(err) {
		return nil, shop.NotFound("customer", id)
	}
	if err != nil {
		return nil, fmt.Errorf("read the customer: %w", err)
	}
	if d.Cart, err = cart.View(ctx, client, id); err != nil {
		return nil, err
	}
	if d.Orders, err = client.Order.Query().Where(order.CustomerID(id)).Order(order.ByID()).All(ctx); err != nil {
		return nil, fmt.Errorf("read the orders: %w", err)
	}
	items, err := client.OrderItem.Query().Where(orderitem.HasOrderWith(order.CustomerID(id))).Order(orderitem.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the items: %w", err)
	}
	for _, i := range items {
		d.Items[i.OrderID] = append(d.Items[i.OrderID], i)
	}
	events, err := client.OrderEvent.Query().Where(orderevent.HasOrderWith(order.CustomerID(id))).Order(orderevent.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the timelines: %w", err)
	}
	for _, e := range events {
		d.Events[e.OrderID] = append(d.Events[e.OrderID], e)
	}
	if d.Entries, err = client.AuditEntry.Query().Where(about(id)).Order(auditentry.ByID()).All(ctx); err != nil {
		return nil, fmt.Errorf("read the audit trail: %w", err)
	}
	return d, nil
}

// about selects the entries of the trail about a customer and their orders.
func about(id int64) predicate.AuditEntry {
	return auditentry.Or(
		auditentry.And(auditentry.Resource(customers), auditentry.RecordID(id)),
		auditentry.And(auditentry.Resource(orders), func(s *sql.Selector) {
			theirs := sql.Dialect(s.Dialect()).Select(order.FieldID).From(sql.Table(order.Table))
			s.Where(sql.In(s.C(auditentry.FieldRecordID), theirs.Where(sql.EQ(theirs.C(order.FieldCustomerID), id))))
		}),
	)
}

// The resources as the trail names them.
const (
	customers = "customers"
	orders    = "orders"
)
