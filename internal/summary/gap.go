package summary

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
)

// gap is a range of ids without events at the time when the checkpoint passed it.
type gap struct {
	id          int64 // 0 for a gap that is not stored
	first, last int64
	noted       time.Time
}

func readGaps(ctx context.Context, tx store.Querier) (out []gap, err error) {
	err = store.Each(ctx, tx, func(rows *sql.Rows) error {
		var g gap
		if err := rows.Scan(&g.id, &g.first, &g.last, &g.noted); err != nil {
			return err
		}
		out = append(out, g)
		return nil
	}, "SELECT id, first_id, last_id, created_at FROM event_gaps ORDER BY first_id")
	if err != nil {
		return nil, fmt.Errorf("read gaps: %w", err)
	}
	return out, nil
}

// underway returns when the oldest PostgreSQL transaction began that may still write order
// events: nextval locks the sequence until the end of its transaction, and writing locks
// the table. It returns no row if that cannot be determined: if such a transaction belongs
// to another role or is prepared, which hides its age; if the statements of this
// transaction do not see what was committed before each of them; if ids are not assigned in
// order; or if this transaction itself is not in pg_locks, as on systems that only imitate
// that view.
const underway = `
SELECT MIN(a.xact_start) FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (l.relation IN ('order_events'::regclass, 'order_events_id_seq'::regclass)
    OR l.relation = 'checkpoints'::regclass AND l.pid = pg_backend_pid())
HAVING COUNT(*) = COUNT(a.xact_start) AND bool_or(l.relation = 'checkpoints'::regclass)
  AND current_setting('transaction_isolation') = 'read committed'
  AND (SELECT seqcache FROM pg_sequence WHERE seqrelid = 'order_events_id_seq'::regclass) = 1`

// waitedFor returns a time. Gaps that were noted before it cannot be filled any more,
// because every transaction that had taken an id by then has ended. It must be called
// before the events are read, so that no event of these transactions is missed. Like the
// gaps, it uses PostgreSQL's clock. On SQLite transactions take ids one after another, so
// no gap is ever filled.
func waitedFor(ctx context.Context, tx *ent.Client, gaps []gap, now time.Time) (time.Time, error) {
	if tx.Dialect() != dialect.Postgres {
		return now.Add(time.Microsecond), nil
	}
	now, err := store.Clock(ctx, tx, now)
	if err != nil {
		return time.Time{}, err
	}
	oldest := now.Add(-waits)
	if len(gaps) == 0 {
		return oldest, nil
	}
	err = store.Each(ctx, tx, func(rows *sql.Rows) error {
		var began time.Time
		if err := rows.Scan(&began); err != nil {
			return err
		}
		if began.After(oldest) {
			oldest = began
		}
		return nil
	}, underway)
	if err != nil {
		return time.Time{}, fmt.Errorf("look for what is under way: %w", err)
	}
	return oldest, nil
}

// without removes runs of events from gaps, and drops gaps that are too old to wait for.
// Both are ordered by id. A run lies in one gap, or in several adjacent ones.
func without(gaps []gap, found []run, oldest time.Time) (out []gap) {
	for _, g := range gaps {
		for len(found) > 0 && found[0].last < g.first {
			found = found[1:]
		}
		rest := g
		for _, r := range found {
			if r.first > g.last {
				break
			}
			if rest.first < r.first {
				out = appendYoung(out, gap{first: rest.first, last: r.first - 1, noted: g.noted}, oldest)
			}
			rest = gap{first: r.last + 1, last: g.last, noted: g.noted}
		}
		if rest.first <= rest.last {
			out = appendYoung(out, rest, oldest)
		}
	}
	return out
}

// between returns the gaps between a position and the runs after it.
func between(position int64, runs []run, now time.Time) (out []gap) {
	for _, r := range runs {
		if r.first > position+1 {
			out = append(out, gap{first: position + 1, last: r.first - 1, noted: now})
		}
		position = r.last
	}
	return out
}

func appendYoung(gaps []gap, g gap, oldest time.Time) []gap {
	if g.noted.Before(oldest) {
		return gaps
	}
	return append(gaps, g)
}

// writeGaps stores the difference between the gaps before and after.
func writeGaps(ctx context.Context, tx *ent.Client, before, after []gap) error {
	kept, noted := map[int64]bool{}, map[time.Time][]gap{}
	for _, g := range after {
		if g.id == 0 {
			noted[g.noted] = append(noted[g.noted], g)
		}
		kept[g.id] = true
	}
	var closed []string
	for _, g := range before {
		if !kept[g.id] {
			closed = append(closed, strconv.FormatInt(g.id, 10))
		}
	}
	if len(closed) > 0 {
		if _, err := tx.ExecContext(ctx, "DELETE FROM event_gaps WHERE id IN ("+strings.Join(closed, ", ")+")"); err != nil {
			return fmt.Errorf("close gaps: %w", err)
		}
	}
	s := statements{tx.Dialect()}
	for at, gaps := range noted {
		table, args := s.numbers(columns(gaps, func(g gap) []int64 { return []int64{g.first, g.last} })...)
		_, err := tx.ExecContext(ctx, "INSERT INTO event_gaps (created_at, first_id, last_id) SELECT "+s.now()+", a, b FROM "+table,
			append([]any{at}, args...)...)
		if err != nil {
			return fmt.Errorf("note gaps: %w", err)
		}
	}
	return nil
}
