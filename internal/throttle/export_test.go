package throttle

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
)

// SweepTo is Sweep with another number of rows to keep.
func SweepTo(ctx context.Context, t *Throttle, most int) (removed int, err error) {
	err = t.db.Tx(access.System(ctx), func(ctx context.Context, tx *ent.Client) error {
		removed, err = t.sweep(ctx, tx, most)
		return err
	})
	return removed, err
}
