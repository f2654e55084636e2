package invariant

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Fold keeps fold.Text of a text field in the field with fold.Suffix, or "" where the text is
// null. Writing the folded text without the text is refused with KindInvalid.
func Fold(name string) ent.Hook {
	folded := name + fold.Suffix
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		value, given := m.Field(name)
		text, _ := value.(string)
		switch {
		case given, m.FieldCleared(name):
			if err := m.SetField(folded, fold.Text(text)); err != nil {
				return nil, fmt.Errorf("fold %s: %w", name, err)
			}
		case m.Op().Is(updates) && touches(m, folded):
			return nil, shop.Invalidf(folded, "follows %s: set that", name)
		}
		return next(ctx)
	})
}
