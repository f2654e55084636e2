package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// AppendOnly refuses to change or delete records (KindConflict): they are history.
func AppendOnly() ent.Hook { return refuse(updates|deletions, "are never changed or deleted") }

// AppendOnlyBut is AppendOnly for records that may contain personal data in one field. In a
// context of Erasing, an update of only that field is allowed.
func AppendOnlyBut(field string) ent.Hook {
	refuse := AppendOnly()
	return func(next ent.Mutator) ent.Mutator {
		refused := refuse(next)
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if m.Op().Is(updates) && erasing(ctx) && only(m, field) {
				return next.Mutate(ctx, m)
			}
			return refused.Mutate(ctx, m)
		})
	}
}

// only reports whether the mutation sets the field and changes nothing else.
func only(m ent.Mutation, field string) bool {
	fields := m.Fields()
	return len(fields) == 1 && fields[0] == field && len(m.AddedFields())+len(m.ClearedFields()) == 0 &&
		len(m.AddedEdges())+len(m.RemovedEdges())+len(m.ClearedEdges()) == 0
}

type erasingKey struct{}

// Erasing returns a context in which personal data may be removed from records that are
// otherwise never changed. It is for package personal; lint forbids other uses.
func Erasing(ctx context.Context) context.Context {
	return context.WithValue(ctx, erasingKey{}, true)
}

func erasing(ctx context.Context) bool {
	is, _ := ctx.Value(erasingKey{}).(bool)
	return is
}

// NeverDeleted refuses to delete records (KindConflict).
func NeverDeleted() ent.Hook { return refuse(deletions, "are never deleted") }

func refuse(ops ent.Op, why string) ent.Hook {
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		if m.Op().Is(ops) {
			return nil, shop.Conflictf("records of %s %s", m.Type(), why)
		}
		return next(ctx)
	})
}
