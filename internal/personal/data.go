package personal

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/invariant"
	lines "github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Data is everything that the shop holds about a customer, oldest first.
type Data struct {
	Customer *ent.Customer
	Cart     *cart.Cart
	Orders   []*ent.Order
	Items    map[int64][]*lines.Item     // by order
	Events   map[int64][]*ent.OrderEvent // by order
	Entries  []*ent.AuditEntry
}

// Of returns the data of a customer, who may be deleted. Errors: KindNotFound,
// KindForbidden.
func Of(ctx context.Context, client *ent.Client, id int64) (*Data, error) {
	ctx, err := access.Allow(invariant.WithDeleted(ctx), access.DataExport)
	if err != nil {
		return nil, err
	}
	d := &Data{Items: map[int64][]*lines.Item{}, Events: map[int64][]*ent.OrderEvent{}}
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
	ids := make([]int64, len(d.Orders))
	for i, o := range d.Orders {
		ids[i] = o.ID
	}
	for some := range slices.Chunk(ids, ordersAtOnce) {
		if err := d.readOrders(ctx, client, some); err != nil {
			return nil, err
		}
	}
	for _, some := range about(id, ids) {
		entries, err := client.AuditEntry.Query().Where(some).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the audit trail: %w", err)
		}
		d.Entries = append(d.Entries, entries...)
	}
	slices.SortFunc(d.Entries, func(a, b *ent.AuditEntry) int { return cmp.Compare(a.ID, b.ID) })
	return d, nil
}

// readOrders reads the items and the timelines of orders.
func (d *Data) readOrders(ctx context.Context, client *ent.Client, ids []int64) error {
	items, err := lines.Items(ctx, client, ids...)
	if err != nil {
		return err
	}
	maps.Copy(d.Items, items)
	events, err := client.OrderEvent.Query().Where(orderevent.OrderIDIn(ids...)).Order(orderevent.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read the timelines: %w", err)
	}
	for _, e := range events {
		d.Events[e.OrderID] = append(d.Events[e.OrderID], e)
	}
	return nil
}

// ordersAtOnce is the number of orders in one look-up by their ids. If a query has only the
// customer instead, the databases may scan everybody's orders.
const ordersAtOnce = 500

// about returns conditions that together select the entries of the trail about a customer
// and their orders. No entry meets two of them.
func about(id int64, orderIDs []int64) []predicate.AuditEntry {
	all := []predicate.AuditEntry{auditentry.And(auditentry.Resource(customers), auditentry.RecordID(id))}
	for some := range slices.Chunk(orderIDs, ordersAtOnce) {
		all = append(all, auditentry.And(auditentry.Resource(orders), auditentry.RecordIDIn(some...)))
	}
	return all
}

// The names of the resources in the audit trail.
const (
	customers = "customers"
	orders    = "orders"
)
