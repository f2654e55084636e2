package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// AppendOnly refuses to change or delete records with KindConflict: what is
// written is history.
func AppendOnly() ent.Hook { return refuse(updates|deletions, "are never changed or deleted") }

// NeverDeleted refuses to delete records with KindConflict.
func NeverDeleted() ent.Hook { return refuse(deletions, "are never deleted") }

func refuse(ops ent.Op, why string) ent.Hook {
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		if m.Op().Is(ops) {
			return nil, shop.Conflictf("records of %s %s", m.Type(), why)
		}
		return next(ctx)
	})
}
