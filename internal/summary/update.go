package summary

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Checkpoint is the name of the summaries' checkpoint: the last order event that they
// include.
const Checkpoint = "sales"

const (
	// atOnce is how many events a step reads. On SQLite others wait for the step, so it
	// reads few there.
	atOnce, few = 400_000, 1_000
	// waits is how long to wait for an event whose id was passed, if the database does
	// not say that there is nothing left to wait for. No checkout takes that long. If an
	// event comes even later, only reconcile finds it.
	waits = time.Hour
)

// Options configure Update and Rebuild.
type Options struct {
	// Progress is called after every step with how many events are done.
	Progress func(stage string, done, total int64)
	// While is called before anything is read, and before every further step. When it
	// reports false, Update ends, and what was done so far is kept.
	While func(ctx context.Context) (bool, error)
	// AtOnce is how many events a step reads. The default depends on the database.
	AtOnce int
}

// Result is what was done.
type Result struct {
	Events   int64 `json:"events"`   // events that were read
	Position int64 `json:"position"` // the last event that is included
	Gaps     int   `json:"gaps"`     // ranges of ids that are still waited for
}

// complete fills in what is not set.
func (o *Options) complete(name string) {
	switch {
	case o.AtOnce > 0:
	case name == dialect.Postgres:
		o.AtOnce = atOnce
	default:
		o.AtOnce = few
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	if o.While == nil {
		o.While = func(context.Context) (bool, error) { return true, nil }
	}
}

// Update counts the events that exist when it begins, and reads the products that have
// changed. Only the system may call it, because it bypasses ent and its policies.
func Update(ctx context.Context, db *store.DB, o Options) (*Result, error) {
	if err := access.CheckSystem(ctx); err != nil {
		return nil, err
	}
	o.complete(db.Dialect())
	out := &Result{}
	if more, err := o.While(ctx); err != nil || !more {
		return out, err
	}
	from, last, idle, err := state(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("summarise: %w", err)
	}
	if idle {
		out.Position = from
		return out, nil
	}
	for {
		began := time.Now()
		var s *step
		err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
			s, err = advance(ctx, tx, o.AtOnce)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("summarise: %w", err)
		}
		out.Events += s.read
		out.Position, out.Gaps = s.position, len(s.gaps)
		total := max(last-from, 1)
		if (s.read < int64(o.AtOnce) || s.position >= last) && !s.more {
			o.Progress("summaries", total, total)
			return out, nil
		}
		o.Progress("summaries", min(s.position-from, total), total)
		if db.Dialect() == dialect.SQLite {
			giveWay(ctx, time.Since(began)/2)
		}
		if more, err := o.While(ctx); err != nil || !more {
			return out, err
		}
	}
}

// giveWay pauses between two steps on SQLite. Other programs that wait to write only check
// for the lock from time to time, and would hardly ever find it free.
func giveWay(ctx context.Context, pause time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

// Rebuild computes the summaries again from the first event. Until it is done, reports read
// the orders.
func Rebuild(ctx context.Context, db *store.DB, o Options) (*Result, error) {
	if err := access.CheckSystem(ctx); err != nil {
		return nil, err
	}
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		if _, err := lock(ctx, tx); err != nil {
			return err
		}
		for _, statement := range []string{
			"DELETE FROM sales_slots", "DELETE FROM product_sales", "DELETE FROM category_sales", "DELETE FROM product_filings",
			"DELETE FROM event_gaps", "DELETE FROM tallies",
			"UPDATE checkpoints SET position = 0 WHERE name = '" + Checkpoint + "'",
		} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("forget the summaries: %w", err)
	}
	return Update(ctx, db, o)
}

// state returns the position of the summaries, the id of the last event, and whether there
// is nothing to do.
func state(ctx context.Context, db *store.DB) (position, last int64, idle bool, err error) {
	found, waiting := false, false
	err = store.Each(ctx, db.Reader, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(&position, &last, &waiting)
	}, `SELECT position, (SELECT COALESCE(MAX(id), 0) FROM order_events),
  EXISTS (SELECT 1 FROM event_gaps) OR EXISTS (SELECT 1 FROM product_changes) OR NOT EXISTS (SELECT 1 FROM tallies)
FROM checkpoints WHERE name = '`+Checkpoint+`'`)
	if err == nil && !found {
		err = store.Each(ctx, db.Reader, func(rows *sql.Rows) error { return rows.Scan(&last) },
			"SELECT COALESCE(MAX(id), 0) FROM order_events")
	}
	return position, last, found && position >= last && !waiting, err
}

// lock creates the checkpoint if it is missing, locks it, and returns its position. Every
// change of the summaries begins with it.
func lock(ctx context.Context, tx *ent.Client) (position int64, err error) {
	now := shop.Now()
	_, err = tx.ExecContext(ctx, `INSERT INTO checkpoints (created_at, name, position, runs, moved_at)
VALUES ($1, '`+Checkpoint+`', 0, 0, $1) ON CONFLICT (name) DO NOTHING`, now)
	if err != nil {
		return 0, fmt.Errorf("make the checkpoint: %w", err)
	}
	err = store.Each(ctx, tx, func(rows *sql.Rows) error { return rows.Scan(&position) },
		`UPDATE checkpoints SET runs = runs + 1, moved_at = $1 WHERE name = '`+Checkpoint+`' RETURNING position`, now)
	if err != nil {
		return 0, fmt.Errorf("lock the checkpoint: %w", err)
	}
	return position, nil
}
