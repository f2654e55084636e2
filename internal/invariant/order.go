package invariant

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// OrderTransition keeps an order's status to the table in package shop.
//
// An order is created pending and gets its `placed` event. Its status changes only by
// UpdateOne and by compare-and-set: the update has the status that was read as a condition.
// So when two people change it at the same time, one succeeds. The other gets
// shop.InvalidTransition or, if the new status also leads to theirs, shop.LostTransition,
// even when they update a stale entity. The same transaction writes a `transition` event,
// and a cancellation returns the stock of every item, exactly once.
func OrderTransition() ent.Hook {
	return on(func(ctx context.Context, m *ent.OrderMutation, next proceed) (ent.Value, error) {
		if err := refuseBulk(m, order.FieldStatus); err != nil {
			return nil, err
		}
		to, ok := m.Status()
		switch {
		case m.Op().Is(ent.OpCreate):
			if ok && to != shop.Pending {
				return nil, shop.Invalidf(order.FieldStatus, "an order starts as %s, not as %s", shop.Pending, to)
			}
			return place(ctx, m, next)
		case m.Op().Is(ent.OpUpdateOne) && ok:
			return transition(ctx, m, to, next)
		default:
			return next(ctx)
		}
	})
}

// place creates the order and the first event of its timeline.
func place(ctx context.Context, m *ent.OrderMutation, next proceed) (ent.Value, error) {
	if err := inTransaction(m); err != nil {
		return nil, err
	}
	v, err := next(ctx)
	if err != nil {
		return nil, err
	}
	o, ok := v.(*ent.Order)
	if !ok {
		return nil, unexpected(v)
	}
	recording, err := underway(ctx, m)
	if err != nil {
		return nil, err
	}
	to := shop.Pending
	event := timeline(recording, ent.ClientOf(ctx, m), o.ID, shop.EventPlaced, nil, &to)
	if id := eventIDFrom(ctx); id > 0 {
		event.SetID(id)
	}
	return o, save(recording, event)
}

// transition changes the status, records it, and gives the stock of a cancelled order back.
func transition(ctx context.Context, m *ent.OrderMutation, to shop.OrderStatus, next proceed) (ent.Value, error) {
	if err := inTransaction(m); err != nil {
		return nil, err
	}
	moving, err := underway(ctx, m)
	if err != nil {
		return nil, err
	}
	from, err := m.OldStatus(moving) // for UpdateOne of an entity its own status, which may be stale; otherwise that of the database
	if err != nil {
		return nil, err
	}
	if !from.CanBecome(to) {
		return nil, shop.InvalidTransition(from, to)
	}
	m.Where(order.StatusEQ(from))
	id, _ := m.ID()
	client := ent.ClientOf(ctx, m)
	var updated ent.Value
	err = allOrNothing(ctx, client, func() error {
		if updated, err = next(audit.As(ctx, actionOf(to))); err != nil {
			return outrun(moving, client, id, err, func(now shop.OrderStatus) *shop.Error {
				switch {
				case now == from:
					return nil
				case now.CanBecome(to):
					return shop.LostTransition(from, now, to)
				default:
					return shop.InvalidTransition(now, to)
				}
			})
		}
		if err := record(moving, client, id, shop.EventTransition, &from, &to); err != nil {
			return err
		}
		if to == shop.Cancelled {
			return restock(moving, client, id)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return updated, nil
}

// actionOf returns the action of a transition in the audit trail.
func actionOf(to shop.OrderStatus) string {
	if to == shop.Cancelled {
		return audit.Cancel
	}
	return audit.Transition
}

// outrun explains an update of an order that matched no row. If somebody else changed the
// status first, it returns the error from refusal. If refusal returns nil, another
// condition of the caller failed, and it returns err.
func outrun(
	ctx context.Context, client *ent.Client, id int64, err error, refusal func(now shop.OrderStatus) *shop.Error,
) error {
	if !ent.IsNotFound(err) {
		return err
	}
	now, failed := client.Order.Get(ctx, id)
	switch {
	case ent.IsNotFound(failed):
		return err
	case failed != nil:
		return fmt.Errorf("read the order again: %w", failed)
	}
	if refused := refusal(now.Status); refused != nil {
		return refused
	}
	return err
}

// restock gives the stock of all items of a cancelled order back. Doing it twice would
// violate the unique key of order item and reason.
func restock(ctx context.Context, client *ent.Client, orderID int64) error {
	items, err := client.OrderItem.Query().
		Where(orderitem.OrderID(orderID)).
		Order(orderitem.ByID()).
		Select(orderitem.FieldID, orderitem.FieldProductID, orderitem.FieldQuantity).
		All(ctx)
	if err != nil {
		return fmt.Errorf("read the items to restock: %w", err)
	}
	lines := make([]stock.Line, len(items))
	for i, item := range items {
		lines[i] = stock.Line{
			ProductID: item.ProductID, Change: item.Quantity, Reason: shop.Cancellation, OrderItemID: item.ID,
		}
	}
	_, err = stock.Post(ctx, client, lines)
	return err
}

// record adds an event to the order's timeline.
func record(ctx context.Context, client *ent.Client, orderID int64, kind shop.EventKind, from, to *shop.OrderStatus) error {
	return save(ctx, timeline(ctx, client, orderID, kind, from, to))
}

// timeline returns an event to be created.
func timeline(
	ctx context.Context, client *ent.Client, orderID int64, kind shop.EventKind, from, to *shop.OrderStatus,
) *ent.OrderEventCreate {
	return client.OrderEvent.Create().
		SetOrderID(orderID).
		SetKind(kind).
		SetNillableFrom(from).
		SetNillableTo(to).
		SetNillableNote(noteFrom(ctx)).
		SetActor(string(shop.ActorFrom(ctx)))
}

func save(ctx context.Context, event *ent.OrderEventCreate) error {
	if err := event.Exec(ctx); err != nil {
		return fmt.Errorf("record the event: %w", err)
	}
	return nil
}
