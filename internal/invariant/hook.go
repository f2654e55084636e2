package invariant

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// updates are the operations that change records.
const updates = ent.OpUpdate | ent.OpUpdateOne

// deletions are the operations that remove records.
const deletions = ent.OpDelete | ent.OpDeleteOne

// proceed runs the following hooks, and finally the statement.
type proceed func(context.Context) (ent.Value, error)

// on returns a hook for one type of mutation: that of an entity, or an interface that is
// shared by the entities with a mixin.
func on[M any](body func(ctx context.Context, m M, next proceed) (ent.Value, error)) ent.Hook {
	return func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, mutation ent.Mutation) (ent.Value, error) {
			m, ok := mutation.(M)
			if !ok {
				return nil, fmt.Errorf("invariant: a hook for %T got %T", *new(M), mutation)
			}
			return body(ctx, m, func(ctx context.Context) (ent.Value, error) {
				return next.Mutate(ctx, mutation)
			})
		})
	}
}

// touches reports whether the mutation sets, adds to or clears a field.
func touches(m ent.Mutation, field string) bool {
	if _, set := m.Field(field); set {
		return true
	}
	if _, added := m.AddedField(field); added {
		return true
	}
	return m.FieldCleared(field)
}

// refuseBulk refuses a bulk update of a field whose rule needs the old values.
func refuseBulk(m ent.Mutation, field string) error {
	if m.Op().Is(ent.OpUpdate) && touches(m, field) {
		return shop.Invalidf(field, "cannot be changed for many records at once: update each by its id")
	}
	return nil
}

// transactional is implemented by all generated mutations.
type transactional interface {
	Transaction() any
	Type() string
}

// inTransaction refuses a mutation outside of a transaction, where its statements would be
// committed one by one.
func inTransaction(m transactional) error {
	if m.Transaction() == nil {
		return fmt.Errorf("invariant: writing this %s needs a transaction, see store.DB.Tx", m.Type())
	}
	return nil
}

// Exclusive locks the selected rows against changes and other locks until the transaction
// ends, but not against new references to them (FOR NO KEY UPDATE).
func Exclusive(s *sql.Selector) { lock(s, sql.LockNoKeyUpdate) }

// Shared locks the selected rows against changes until the transaction ends, but not
// against other shared locks (FOR SHARE).
func Shared(s *sql.Selector) { lock(s, sql.LockShare) }

// lock adds a row lock on PostgreSQL. SQLite needs none: see the package comment.
func lock(s *sql.Selector, strength sql.LockStrength) {
	if s.Dialect() == dialect.Postgres {
		s.For(strength)
	}
}
