package summary

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// run is a range of ids of order events without missing ones, including both ends.
type run struct{ first, last int64 }

// step is the result of one transaction.
type step struct {
	position int64
	read     int64 // events after the position at its beginning
	more     bool  // there may be more changes of products
	gaps     []gap
}

// advance counts the next events, late events, and the changes of products. It only counts
// what its first statements have read. What is committed between them and the later
// statements would otherwise be counted twice.
func advance(ctx context.Context, tx *ent.Client, limit int) (*step, error) {
	if err := settle(ctx, tx); err != nil {
		return nil, err
	}
	position, err := lock(ctx, tx)
	if err != nil {
		return nil, err
	}
	now := shop.Now()
	known, err := readGaps(ctx, tx)
	if err != nil {
		return nil, err
	}
	oldest, err := waitedFor(ctx, tx, known, now)
	if err != nil {
		return nil, err
	}
	if err := begin(ctx, tx, position, known, now); err != nil {
		return nil, err
	}
	s := &step{}
	late, next, err := s.find(ctx, tx, position, limit)
	if err != nil {
		return nil, err
	}
	noted, err := store.Clock(ctx, tx, now)
	if err != nil {
		return nil, err
	}
	s.gaps = without(slices.Concat(known, between(position, next, noted)), late, oldest)
	s.position = position
	if len(next) > 0 {
		s.position = next[len(next)-1].last
	}
	if err := add(ctx, tx, append(late, next...), now); err != nil {
		return nil, err
	}
	if s.more, err = lookAgain(ctx, tx, upTo(s.position, s.gaps), now); err != nil {
		return nil, err
	}
	if err := writeGaps(ctx, tx, known, s.gaps); err != nil {
		return nil, err
	}
	if s.position != position {
		_, err = tx.ExecContext(ctx, "UPDATE checkpoints SET position = $1 WHERE name = '"+Checkpoint+"'", s.position)
	}
	if err != nil {
		return nil, fmt.Errorf("move the checkpoint: %w", err)
	}
	return s, nil
}

// begin creates what the steps build on, if it does not exist yet.
func begin(ctx context.Context, tx *ent.Client, position int64, gaps []gap, now time.Time) error {
	if position == 0 {
		if err := allScarce(ctx, tx, now); err != nil {
			return err
		}
	}
	done, err := tallied(ctx, tx)
	if err != nil || done && position != 0 {
		return err
	}
	return tallyAnew(ctx, tx, position, gaps, now)
}

// settle adjusts PostgreSQL's settings for a step: it may take seconds, waits for a step of
// another server, sorts in memory, and is planned for its actual size, from one event to a
// million.
func settle(ctx context.Context, tx *ent.Client) error {
	if tx.Dialect() != dialect.Postgres {
		return nil
	}
	for _, setting := range []string{
		"statement_timeout = 0", "lock_timeout = 0", "work_mem = '64MB'", "jit = off", "plan_cache_mode = force_custom_plan",
	} {
		if _, err := tx.ExecContext(ctx, "SET LOCAL "+setting); err != nil {
			return fmt.Errorf("set %s: %w", setting, err)
		}
	}
	return nil
}

// find returns the events in gaps, and at most limit events after the position.
func (s *step) find(ctx context.Context, tx *ent.Client, position int64, limit int) (late, next []run, err error) {
	err = store.Each(ctx, tx, func(rows *sql.Rows) error {
		var r run
		var events int64
		var after bool
		if err := rows.Scan(&r.first, &r.last, &events, &after); err != nil {
			return err
		}
		if after {
			next = append(next, r)
			s.read += events
		} else {
			late = append(late, r)
		}
		return nil
	}, `
SELECT MIN(id), MAX(id), COUNT(*), is_next FROM (
  SELECT id, is_next, id - ROW_NUMBER() OVER (ORDER BY id) AS run FROM (
    SELECT e.id, FALSE AS is_next FROM event_gaps AS g JOIN order_events AS e ON e.id >= g.first_id AND e.id <= g.last_id
    UNION ALL
    SELECT id, TRUE FROM (SELECT id FROM order_events WHERE id > $1 ORDER BY id LIMIT $2) AS next
  ) AS seen
) AS numbered GROUP BY is_next, run ORDER BY 1`, position, limit)
	if err != nil {
		return nil, nil, fmt.Errorf("find order events: %w", err)
	}
	return late, next, nil
}

// Counts is the condition that an event e changes whether its order counts. Sign is 1 for
// an event after which it does, and -1 for one after which it does not.
const (
	Counts = "(e.kind = 'placed' OR e.kind = 'transition' AND e.\"to\" = 'cancelled')"
	Sign   = "CASE WHEN e.kind = 'placed' THEN 1 WHEN e.kind = 'transition' AND e.\"to\" = 'cancelled' THEN -1 ELSE 0 END"
)
