package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// slot is the time that one row of sales_slots sums up.
const slot = 15 * time.Minute

const (
	// maxFresh is the maximum number of events that a report counts besides the
	// summaries. If there are more, because nothing updates the summaries, the orders of
	// the period are read instead.
	maxFresh = 20_000
	// attempts is how often a report is started again because the summaries were updated
	// between its two statements.
	attempts = 5
)

// kept is the state of the summaries: how far they count.
type kept struct{ position, runs, last int64 }

// keptTo returns the position of the summaries, or nil when there are none or they are too
// far behind.
func keptTo(ctx context.Context, client *ent.Client) (*kept, error) {
	found, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, k *kept) error {
		return rows.Scan(&k.position, &k.runs, &k.last)
	}, `
SELECT position, runs, (SELECT COALESCE(MAX(id), 0) FROM order_events)
FROM checkpoints WHERE name = '`+summary.Checkpoint+`' AND EXISTS (SELECT 1 FROM tallies)`)
	if err != nil {
		return nil, fmt.Errorf("find the summaries: %w", err)
	}
	if len(found) == 0 || found[0].last-found[0].position > maxFresh {
		return nil, nil //nolint:nilnil // no usable summaries
	}
	return &found[0], nil
}

var (
	// errMoved says that the summaries have changed since keptTo.
	errMoved = errors.New("the summaries moved on")
	// errUnknown says that a sum was too large to be stored.
	errUnknown = errors.New("the summaries do not know")
)

// fromKept answers from the summaries if possible, and otherwise from the orders. Both give
// the same answer.
func fromKept[T any](
	ctx context.Context, client *ent.Client, summaries func(*kept) (T, error), orders func() (T, error),
) (out T, err error) {
	for range attempts {
		k, err := keptTo(ctx, client)
		if err != nil {
			return out, err
		}
		if k == nil {
			break
		}
		found, err := summaries(k)
		if errors.Is(err, errUnknown) {
			break
		}
		if !errors.Is(err, errMoved) {
			return found, err
		}
	}
	return orders()
}

// span is the time of the n-th part of an answer.
type span struct {
	n           int
	since, till time.Time
}

// wholly divides spans into whole multiples of d, such as hours, and the rest.
func wholly(spans []span, d time.Duration) (whole, rest []span) {
	for _, s := range spans {
		first, last := ceil(s.since, d), s.till.Truncate(d) // Truncate counts from a midnight of UTC
		if !first.Before(last) {
			rest = append(rest, s)
			continue
		}
		whole = append(whole, span{s.n, first, last})
		rest = appendSpans(rest, span{s.n, s.since, first}, span{s.n, last, s.till})
	}
	return whole, rest
}

// ceil returns the first multiple of d that is not before t.
func ceil(t time.Time, d time.Duration) time.Time {
	if cut := t.Truncate(d); cut.Before(t) {
		return cut.Add(d)
	}
	return t
}

// appendSpans appends those that are not empty.
func appendSpans(spans []span, more ...span) []span {
	for _, s := range more {
		if s.since.Before(s.till) {
			spans = append(spans, s)
		}
	}
	return spans
}

// fresh are the orders that the summaries do not include yet, or whose cancellation they do
// not include yet.
func (k *kept) fresh(name string, a *arguments) string {
	return k.events(name, a, "e.order_id, "+summary.Sign+" AS sign", summary.Counts)
}

// events are the events e that meet a condition and that the summaries do not include:
// those after their position, and those in their gaps.
func (k *kept) events(name string, a *arguments, columns, condition string) string {
	return "SELECT " + columns + " FROM order_events AS e WHERE e.id > " + a.add(k.position) + " AND " + condition +
		" UNION ALL SELECT " + columns + " FROM event_gaps AS g" + summary.Each(name, "order_events", "e",
		`order_id, kind, "from", "to"`, "e.id >= g.first_id AND e.id <= g.last_id AND "+condition)
}

// guard is the id of the row with the state of the summaries.
const guard = -1

// guarded adds that row to an answer, with further columns.
func guarded(columns string) string {
	return fmt.Sprintf(" UNION ALL SELECT %d, %s FROM checkpoints WHERE name = '%s'", guard, columns, summary.Checkpoint)
}

// freshOrders joins fresh AS f with its orders.
func freshOrders(name string) string {
	return summary.Each(name, "orders", "o", "id, placed_at, currency, total_amount", "o.id = f.order_id")
}

// ranged is the condition that rows AS s of a summary belong to spans AS w.
const ranged = "s.since >= w.since AND s.since < w.till"

// placed joins spans AS w with the orders that were placed in them and count.
func placed(name string) string {
	return summary.Each(name, "orders", "o", "id, currency, total_amount", "o.placed_at >= w.since AND o.placed_at < w.till AND "+sold)
}

// unknown stands for a sum that was too large to be kept. It is larger than any other, and
// sorted first, so that it cannot be missed.
const unknown = shop.Money(tooMuch + 1)

// unknownFirst sorts rows with such a sum first by whatever they are sorted.
var unknownFirst = fmt.Sprintf("CASE revenue WHEN %d THEN 0 ELSE 1 END, ", unknown)

// netOf is the sum of what may be negative, cut as sumOf's.
func netOf(name, expression string) string {
	least := "MIN"
	if name == dialect.Postgres {
		least = "LEAST"
	}
	return fmt.Sprintf("CAST(%s(COALESCE(%s, 0), %d) AS bigint)", least, summary.Exact(name, expression), tooMuch)
}

// netRevenue is the sum of stored revenues, or unknown.
func netRevenue(name, expression string) string {
	return fmt.Sprintf("CASE WHEN MAX(ABS(%s)) >= %d THEN %d ELSE %s END", expression, summary.Unknown, unknown, netOf(name, expression))
}
