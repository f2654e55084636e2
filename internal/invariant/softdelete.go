package invariant

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/intercept"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/shop"
)

type withDeletedKey struct{}

// WithDeleted returns a context in which queries also find deleted records, and updates may
// change them.
func WithDeleted(ctx context.Context) context.Context {
	return context.WithValue(ctx, withDeletedKey{}, true)
}

func seesDeleted(ctx context.Context) bool {
	sees, _ := ctx.Value(withDeletedKey{}).(bool)
	return sees
}

type holdingKey struct{}

// Holding returns a context in which queries lock the records that they find, as Exclusive
// does, if their entity has soft delete.
func Holding(ctx context.Context) context.Context {
	return context.WithValue(ctx, holdingKey{}, true)
}

// HideDeleted excludes deleted records from queries, edges and counts, unless the context
// is WithDeleted. It locks the others if the context is Holding.
func HideDeleted() ent.Interceptor {
	return intercept.TraverseFunc(func(ctx context.Context, q intercept.Query) error {
		if ctx.Value(holdingKey{}) != nil {
			q.WhereP(Exclusive)
		}
		if !seesDeleted(ctx) {
			q.WhereP(living)
		}
		return nil
	})
}

// living selects the records that are not deleted.
func living(s *sql.Selector) { s.Where(sql.IsNull(s.C(audit.FieldDeletedAt))) }

// softDeleted is a mutation of an entity with mixin SoftDelete.
type softDeleted interface {
	ent.Mutation

	SetOp(op ent.Op)
	SetDeletedAt(at time.Time)
	DeletedAtCleared() bool
	WhereP(ps ...func(*sql.Selector))
	Client() *ent.Client
	Transaction() any
}

// MarkDeleted turns deletions into updates that set deleted_at, so that they pass every
// hook on updates. It also excludes deleted records from updates: an UpdateOne reports that
// there is no such record, unless it restores the record or the context is WithDeleted.
func MarkDeleted() ent.Hook {
	return on(func(ctx context.Context, m softDeleted, next proceed) (ent.Value, error) {
		switch {
		case m.Op().Is(deletions):
			m.SetOp(ent.OpUpdate)
			m.SetDeletedAt(shop.Now())
			m.WhereP(living)
			return ent.ClientOf(ctx, m).Mutate(ctx, m)
		case m.Op().Is(updates) && !m.DeletedAtCleared() && !seesDeleted(ctx):
			m.WhereP(living)
		case m.Op().Is(ent.OpCreate) && touches(m, audit.FieldDeletedAt):
			return nil, shop.Invalidf(audit.FieldDeletedAt, "cannot be given for a new record")
		}
		return next(ctx)
	})
}
