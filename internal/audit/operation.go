package audit

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// stockActions are the actions of people who move stock, by the reason that they give.
// Sales and cancellations are recorded with their orders, and initial stock with the
// creation of its product.
var stockActions = map[shop.MovementReason]string{
	shop.Receipt:    StockReceive,
	shop.Return:     StockAdjust,
	shop.Adjustment: StockAdjust,
	shop.Damage:     StockAdjust,
	shop.Stocktake:  StockCount,
}

// eventActions are the actions that are recorded only by an event of an order, by its kind.
var eventActions = map[shop.EventKind]string{shop.EventNote: Note, shop.EventReturn: Return}

// StockHook records stock that a person moves, as an operation on the product.
// The note stays in the movement.
func StockHook() ent.Hook {
	return after(func(ctx context.Context, m *ent.InventoryMovementMutation, moved *ent.InventoryMovement) error {
		action, manual := stockActions[moved.Reason]
		if !manual {
			return nil
		}
		units, err := Changed("stock", moved.BalanceAfter-moved.QuantityChange, moved.BalanceAfter)
		if err != nil {
			return err
		}
		reason, err := Changed("reason", nil, moved.Reason)
		if err != nil {
			return err
		}
		return Record(ctx, ent.ClientOf(ctx, m), action, "products", moved.ProductID, units, reason)
	})
}

// NoteHook records notes and returns as operations on their order. A note that belongs to
// another operation is part of the entry of that operation.
func NoteHook() ent.Hook {
	return after(func(ctx context.Context, m *ent.OrderEventMutation, event *ent.OrderEvent) error {
		action, told := eventActions[event.Kind]
		if !told || operationOf(ctx).action != "" {
			return nil
		}
		note, err := Changed("note", nil, event.Note)
		if err != nil {
			return err
		}
		return Record(ctx, ent.ClientOf(ctx, m), action, "orders", event.OrderID, note)
	})
}

// after returns a hook that calls do when a record has been created.
func after[M ent.Mutation, V any](do func(ctx context.Context, m M, created V) error) ent.Hook {
	return func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, mutation ent.Mutation) (ent.Value, error) {
			v, err := next.Mutate(ctx, mutation)
			m, ok := mutation.(M)
			if err != nil || !ok || !m.Op().Is(ent.OpCreate) {
				return v, err
			}
			created, ok := v.(V)
			if !ok {
				return v, fmt.Errorf("audit: unexpected result %T", v)
			}
			return v, do(ctx, m, created)
		})
	}
}

// TrailOnly refuses entries that this package does not write, because they would record
// something that did not happen.
func TrailOnly() ent.Hook {
	return func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if m.Op().Is(ent.OpCreate) {
				return nil, shop.Conflictf("audit entries are written by what they tell of")
			}
			return next.Mutate(ctx, m)
		})
	}
}
