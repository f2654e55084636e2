package invariant

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// The times of a record's creation (mixin Base) and of its last edit (mixin Mutable).
const (
	fieldCreatedAt = "created_at"
	fieldUpdatedAt = "updated_at"
)

// RaiseVersion increments a record's version with every update. An update of only the quiet
// fields changes neither the version nor the time of the last edit. A version that the
// caller sets is refused: it is a condition (Where), not a value. The last edit of a new
// record is its creation.
func RaiseVersion(quiet ...string) ent.Hook {
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		switch {
		case m.Op().Is(ent.OpCreate):
			if err := firstVersion(m); err != nil {
				return nil, err
			}
		case m.Op().Is(updates):
			if touches(m, audit.FieldVersion) {
				return nil, shop.Invalidf(audit.FieldVersion, "is raised by every update and cannot be set")
			}
			if onlyOf(m, quiet) {
				if err := m.ResetField(fieldUpdatedAt); err != nil {
					return nil, fmt.Errorf("keep the time of the last edit: %w", err)
				}
				return next(ctx)
			}
			if err := m.AddField(audit.FieldVersion, int64(1)); err != nil {
				return nil, fmt.Errorf("raise version: %w", err)
			}
		}
		return next(ctx)
	})
}

// firstVersion checks the version of a new record, and sets the time of its last edit to
// that of its creation.
func firstVersion(m ent.Mutation) error {
	if v, ok := m.Field(audit.FieldVersion); ok && v != int64(1) {
		return shop.Invalidf(audit.FieldVersion, "starts at 1")
	}
	created, ok := m.Field(fieldCreatedAt)
	if !ok {
		return nil
	}
	if err := m.SetField(fieldUpdatedAt, created); err != nil {
		return fmt.Errorf("set the time of the last edit: %w", err)
	}
	return nil
}

// onlyOf reports whether the update changes at least one of the fields, and no other.
func onlyOf(m ent.Mutation, fields []string) bool {
	changed := slices.Concat(m.Fields(), m.AddedFields(), m.ClearedFields())
	changed = slices.DeleteFunc(changed, func(name string) bool { return name == fieldUpdatedAt })
	return len(changed) > 0 && !slices.ContainsFunc(changed, func(name string) bool { return !slices.Contains(fields, name) })
}

// conditional is a mutation with conditions.
type conditional interface {
	ent.Mutation

	WhereP(ps ...func(*sql.Selector))
}

// FirstLook makes an UpdateOne fail with ent's not-found error when no row met its
// conditions. After such an UPDATE ent looks for a row that meets them. If somebody else's
// commit made them true in between, ent would mistake the failed update for one that
// changed nothing, and report success.
func FirstLook() ent.Hook {
	return on(func(ctx context.Context, m conditional, next proceed) (ent.Value, error) {
		if m.Op().Is(ent.OpUpdateOne) {
			met := sql.ExprP("TRUE")         // true in the UPDATE, and false in the query after it
			m.WhereP(func(s *sql.Selector) { //nolint:contextcheck // the statement has its own
				if audit.Previewing(s.Context()) {
					return
				}
				s.Where(met)
				met = sql.False()
			})
		}
		return next(ctx)
	})
}
