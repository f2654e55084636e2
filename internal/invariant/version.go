package invariant

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// fieldVersion is the field of mixin Mutable.
const fieldVersion = "version"

// RaiseVersion raises a record's version by one with every update. A version
// given by the caller is refused: it is a condition (Where), not a value.
func RaiseVersion() ent.Hook {
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		switch {
		case m.Op().Is(ent.OpCreate):
			if v, ok := m.Field(fieldVersion); ok && v != int64(1) {
				return nil, shop.Invalidf(fieldVersion, "starts at 1")
			}
		case m.Op().Is(updates):
			if touches(m, fieldVersion) {
				return nil, shop.Invalidf(fieldVersion, "is raised by every update and cannot be set")
			}
			if err := m.AddField(fieldVersion, int64(1)); err != nil {
				return nil, fmt.Errorf("raise version: %w", err)
			}
		}
		return next(ctx)
	})
}

// conditional is a mutation that takes conditions.
type conditional interface {
	ent.Mutation

	WhereP(ps ...func(*sql.Selector))
}

// FirstLook makes an UpdateOne whose conditions no row met say so. Ent asks the
// database a second time whether there is such a row, and when somebody else
// commits in between and makes the conditions true, it takes an update that was
// never made for one that changed nothing, which succeeds.
func FirstLook() ent.Hook {
	return on(func(ctx context.Context, m conditional, next proceed) (ent.Value, error) {
		if m.Op().Is(ent.OpUpdateOne) {
			met := sql.ExprP("TRUE") // to the UPDATE, not to the question after it
			m.WhereP(func(s *sql.Selector) {
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
