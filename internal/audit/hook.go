package audit

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
)

// The actions of writes outside of an operation.
const (
	Create  = "create"
	Update  = "update"
	Delete  = "delete"
	Restore = "restore"
)

// The actions of operations.
const (
	Checkout      = "checkout"
	Transition    = "transition"
	Cancel        = "cancel"
	Note          = "note"
	Return        = "return"
	Address       = "address"
	StockAdjust   = "stock-adjust"
	StockReceive  = "stock-receive"
	StockCount    = "stock-count"
	Revert        = "revert"
	Erase         = "erase"
	Invite        = "invite"
	ResetPassword = "reset-password"
	EndSession    = "end-session"
)

const (
	updates   = ent.OpUpdate | ent.OpUpdateOne
	deletions = ent.OpDelete | ent.OpDeleteOne
)

// mutation is implemented by all generated mutations.
type mutation interface {
	ent.Mutation

	Client() *ent.Client
	Transaction() any
	IDs(ctx context.Context) ([]int64, error)
	WhereP(ps ...func(*sql.Selector))
}

// Hook records the changes of every entity whose mixin has it, except those annotated as
// unaudited. It belongs in the first mixin, so that it runs around every other hook: what
// these refuse is not recorded, and what they change is part of the entry.
func Hook() ent.Hook {
	return func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			t := ent.AuditedTypes[m.Type()]
			if t == nil || off(ctx) {
				return next.Mutate(ctx, m)
			}
			audited, ok := m.(mutation)
			if !ok {
				return next.Mutate(ctx, m)
			}
			if err := keepTimes(t, m); err != nil {
				return nil, err
			}
			switch {
			case m.Op().Is(ent.OpCreate):
				return create(ctx, t, audited, next)
			case m.Op().Is(updates):
				return update(ctx, t, audited, next)
			case m.Op().Is(deletions) && !t.SoftDelete: // with soft deletion it becomes an update, which runs this hook too
				return remove(ctx, t, audited, next)
			default:
				return next.Mutate(ctx, m)
			}
		})
	}
}
