package invariant

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
)

// NamedAs gives a new record whose text field is empty the text of another of its fields. The
// field needs a default, so that it may be left out.
func NamedAs(name, other string) ent.Hook {
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		if own, _ := m.Field(name); m.Op().Is(ent.OpCreate) && own == "" {
			if text, given := m.Field(other); given {
				if err := m.SetField(name, text); err != nil {
					return nil, fmt.Errorf("set %s: %w", name, err)
				}
			}
		}
		return next(ctx)
	})
}
