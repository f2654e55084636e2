package throttle

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/loginthrottle"
	"github.com/storekeeper/storekeeper/internal/access"
)

// maxRows is the approximate maximum number of rows; the table may have a batch more.
const maxRows = 100_000

const (
	every = 512  // new rows between two sweeps
	batch = 2000 // rows removed at once: more than are added in between
)

// prune sweeps the table now and then, as rows are added.
func (t *Throttle) prune(ctx context.Context, tx *ent.Client, created []*ent.LoginThrottle) error {
	for _, row := range created {
		if row.ID%every == 0 {
			_, err := t.sweep(ctx, tx, maxRows)
			return err
		}
	}
	return nil
}

// Sweep removes a batch of expired rows. If there are none but the table is still too
// large, it removes a batch of the oldest rows. It returns how many it removed.
// Housekeeping calls it until there is nothing left to do.
func (t *Throttle) Sweep(ctx context.Context) (removed int, err error) {
	err = t.db.Tx(access.System(ctx), func(ctx context.Context, tx *ent.Client) error {
		removed, err = t.sweep(ctx, tx, maxRows)
		return err
	})
	return removed, err
}

func (t *Throttle) sweep(ctx context.Context, tx *ent.Client, most int) (int, error) {
	expired, err := tx.LoginThrottle.Query().Where(loginthrottle.ExpiresAtLT(t.now())).
		Order(loginthrottle.ByExpiresAt()).Limit(batch).IDs(ctx)
	if err != nil {
		return 0, fmt.Errorf("find old attempts: %w", err)
	}
	if len(expired) == 0 {
		total, err := tx.LoginThrottle.Query().Count(ctx)
		if err != nil {
			return 0, fmt.Errorf("count attempts: %w", err)
		}
		if total <= most {
			return 0, nil
		}
		// The rows that expire first are the oldest; those of trusted addresses expire
		// last.
		if expired, err = tx.LoginThrottle.Query().Order(loginthrottle.ByExpiresAt(), loginthrottle.ByID(sql.OrderAsc())).
			Limit(min(batch, total-most)).IDs(ctx); err != nil {
			return 0, fmt.Errorf("find old attempts: %w", err)
		}
	}
	removed, err := tx.LoginThrottle.Delete().Where(loginthrottle.IDIn(expired...)).Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("remove old attempts: %w", err)
	}
	return removed, nil
}
