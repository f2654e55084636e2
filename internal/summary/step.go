package summary

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// change is an order that comes to the sums, or leaves them.
type change struct {
	order int64
	sign  int64
}

// event is an order event as it is read: every id counts, to see the gaps.
type event struct {
	id int64
	change
}

// step is what one transaction does.
type step struct {
	position int64
	read     int
	changes  []change
	gaps     []gap
}

// advance counts the next events, and those that were late. It decides by what
// its first statements have read: what is committed between them and the later
// ones is not counted, because it would be again.
func advance(ctx context.Context, tx *ent.Client, limit int) (*step, error) {
	position, err := lock(ctx, tx)
	if err != nil {
		return nil, err
	}
	s := &step{position: position}
	known, err := readGaps(ctx, tx)
	if err != nil {
		return nil, err
	}
	late, err := events(ctx, tx, `SELECT e.id, e.order_id, `+sign+` FROM event_gaps AS g
JOIN order_events AS e ON e.id >= g.first_id AND e.id <= g.last_id ORDER BY e.id`)
	if err != nil {
		return nil, err
	}
	next, err := events(ctx, tx, `SELECT id, order_id, `+sign+` FROM order_events AS e WHERE id > $1 ORDER BY id LIMIT $2`, position, limit)
	if err != nil {
		return nil, err
	}
	s.read = len(next)
	s.take(late)
	s.take(next)
	now := shop.Now()
	s.gaps = without(known, late, now.Add(-waits))
	for _, e := range next {
		if e.id > s.position+1 {
			s.gaps = append(s.gaps, gap{first: s.position + 1, last: e.id - 1, noted: now})
		}
		s.position = e.id
	}
	if err := add(ctx, tx, s.changes, now); err != nil {
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

// sign is 1 for an event from which its order counts, -1 for one from which it
// does not, and 0 for others.
const sign = "CASE WHEN e.kind = 'placed' THEN 1 WHEN e.kind = 'transition' AND e.\"to\" = 'cancelled' THEN -1 ELSE 0 END"

func events(ctx context.Context, tx *ent.Client, query string, args ...any) (out []event, err error) {
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var e event
		if err := rows.Scan(&e.id, &e.order, &e.sign); err != nil {
			return err
		}
		out = append(out, e)
		return nil
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read order events: %w", err)
	}
	return out, nil
}

func (s *step) take(found []event) {
	for _, e := range found {
		if e.sign != 0 {
			s.changes = append(s.changes, e.change)
		}
	}
}
