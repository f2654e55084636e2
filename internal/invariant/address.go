package invariant

import (
	"context"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// AddressChanged is the note in the timeline for a change of the address. Only the audit
// trail contains the address itself.
const AddressChanged = "Delivery address changed"

// DeliveryAddress keeps the address of an order from changing after it has left the shop.
//
// The address is changed only by UpdateOne, not together with the status, and with the
// condition that the status is one of shop.Unsent. When the order is shipped at the same
// time, the address is either changed before that, or the change is refused with
// KindConflict naming the status. A `note` event in the same transaction records the
// change. The erasure of personal data clears the address in any state.
func DeliveryAddress() ent.Hook {
	return on(func(ctx context.Context, m *ent.OrderMutation, next proceed) (ent.Value, error) {
		switch {
		case m.Op().Is(ent.OpCreate), !touches(m, order.FieldDeliveryAddress):
			return next(ctx)
		case erasing(ctx) && m.DeliveryAddressCleared():
			return next(ctx)
		case touches(m, order.FieldStatus):
			return nil, shop.Invalidf(order.FieldDeliveryAddress, "cannot be changed together with the status")
		}
		if err := refuseBulk(m, order.FieldDeliveryAddress); err != nil {
			return nil, err
		}
		return readdress(ctx, m, next)
	})
}

// readdress changes where the order is sent, and records the change.
func readdress(ctx context.Context, m *ent.OrderMutation, next proceed) (ent.Value, error) {
	if err := inTransaction(m); err != nil {
		return nil, err
	}
	changing, err := underway(ctx, m)
	if err != nil {
		return nil, err
	}
	m.Where(order.StatusIn(shop.Unsent...))
	ctx, changing = audit.As(ctx, audit.Address), audit.As(changing, audit.Address)
	id, _ := m.ID()
	client := ent.ClientOf(ctx, m)
	var updated ent.Value
	err = allOrNothing(changing, client, func() error {
		if updated, err = next(ctx); err != nil {
			return outrun(changing, client, id, err, func(now shop.OrderStatus) *shop.Error {
				if slices.Contains(shop.Unsent, now) {
					return nil
				}
				return shop.AlreadySent(now)
			})
		}
		return record(WithNote(changing, AddressChanged), client, id, shop.EventNote, nil, nil)
	})
	if err != nil {
		return nil, err
	}
	return updated, nil
}
