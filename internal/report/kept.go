package report

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// slot is the time that one row of sales_slots sums up.
const slot = 15 * time.Minute

const (
	// maxFresh bounds the events that a report counts besides the summaries. When
	// there are more, because nothing keeps them up to date, the orders of the
	// period are read instead.
	maxFresh = 20_000
	maxGaps  = 500
	// attempts bounds how often a report begins again because the summaries moved
	// on between its two statements.
	attempts = 5
)

// kept says up to where the summaries count, and what they have passed without
// counting it.
type kept struct {
	position, runs int64
	gaps           []gap
}

// gap is a range of ids of events, both ends in it.
type gap struct{ first, last int64 }

// keptTo is nil when the summaries are not there, or too far behind.
func keptTo(ctx context.Context, client *ent.Client) (*kept, error) {
	var (
		k    *kept
		last int64
	)
	gaps, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, g *gap) error {
		k = &kept{}
		return rows.Scan(&k.position, &k.runs, &last, &g.first, &g.last)
	}, fmt.Sprintf(`
SELECT c.position, c.runs, (SELECT COALESCE(MAX(id), 0) FROM order_events), COALESCE(g.first_id, 0), COALESCE(g.last_id, 0)
FROM checkpoints AS c LEFT JOIN (SELECT first_id, last_id FROM event_gaps ORDER BY id LIMIT %d) AS g ON 1 = 1
WHERE c.name = '`+summary.Checkpoint+`' AND EXISTS (SELECT 1 FROM tallies)`, maxGaps+1))
	if err != nil {
		return nil, fmt.Errorf("find the summaries: %w", err)
	}
	if k == nil || last-k.position > maxFresh || len(gaps) > maxGaps {
		return nil, nil //nolint:nilnil // none that are of use
	}
	for _, g := range gaps {
		if g.last > 0 {
			k.gaps = append(k.gaps, g)
		}
	}
	return k, nil
}

var (
	// errMoved says that the summaries are not where they were found to be.
	errMoved = errors.New("the summaries moved on")
	// errUnknown says that a sum was too large to be kept.
	errUnknown = errors.New("the summaries do not know")
)

// fromKept answers from the summaries, or else from the orders. Both say the
// same.
func fromKept(ctx context.Context, client *ent.Client, summaries func(*kept) error, orders func() error) error {
	for range attempts {
		k, err := keptTo(ctx, client)
		if err != nil {
			return err
		}
		if k == nil {
			break
		}
		err = summaries(k)
		if errors.Is(err, errUnknown) {
			break
		}
		if !errors.Is(err, errMoved) {
			return err
		}
	}
	return orders()
}

// fromDays answers from the summaries of days and months, or else from the orders.
func fromDays(
	ctx context.Context, client *ent.Client, p Period, summaries func(*kept, *keptShares) error, orders func() error,
) error {
	in, ok := inDays(p)
	if !ok {
		return orders()
	}
	return fromKept(ctx, client, func(k *kept) error { return summaries(k, &in) }, orders)
}

// span is a time that is a part of an answer: the n-th.
type span struct {
	n           int
	since, till time.Time
}

// inSlots divides spans into what whole quarters of an hour make of them, and
// the rest.
func inSlots(spans []span) (whole, rest []span) {
	for _, s := range spans {
		first, last := ceil(s.since, slot), s.till.Truncate(slot) // both count from a midnight of UTC
		if !first.Before(last) {
			rest = append(rest, s)
			continue
		}
		whole = append(whole, span{s.n, first, last})
		rest = appendSpan(rest, span{s.n, s.since, first})
		rest = appendSpan(rest, span{s.n, last, s.till})
	}
	return whole, rest
}

// ceil is the first multiple of d that is not before t.
func ceil(t time.Time, d time.Duration) time.Time {
	if cut := t.Truncate(d); cut.Before(t) {
		return cut.Add(d)
	}
	return t
}

func appendSpan(spans []span, s span) []span {
	if s.since.Before(s.till) {
		spans = append(spans, s)
	}
	return spans
}

// fresh are the orders that the summaries do not know of yet, or do not know to
// be cancelled.
func (k *kept) fresh(a *arguments) string {
	return "SELECT e.order_id, " + summary.Sign + " AS sign FROM order_events AS e WHERE " + summary.Counts + " AND " + k.unknown(a)
}

// unknown is the condition that the summaries do not know of an event e: it is after
// their position, or in a gap.
func (k *kept) unknown(a *arguments) string {
	var b strings.Builder
	b.WriteString("(e.id > " + a.add(k.position))
	for _, g := range k.gaps { // numbers in the text, so that PostgreSQL knows how few these are
		fmt.Fprintf(&b, " OR e.id >= %d AND e.id <= %d", g.first, g.last)
	}
	return b.String() + ")"
}

// guard is the number of the row that says where the summaries are.
const guard = -1

// guarded adds that row to an answer, with more columns.
func guarded(columns string) string {
	return fmt.Sprintf(" UNION ALL SELECT %d, %s FROM checkpoints WHERE name = '%s'", guard, columns, summary.Checkpoint)
}

// freshOrders joins their orders to fresh AS f.
func freshOrders(name string) string {
	return summary.Each(name, "orders", "o", "id, placed_at, currency, total_amount", "o.id = f.order_id")
}

// ranged is the condition on rows AS s of a summary that they belong to spans AS w.
const ranged = "s.since >= w.since AND s.since < w.till"

// placed joins the orders that were placed in spans AS w and count.
func placed(name string) string {
	return summary.Each(name, "orders", "o", "id, currency, total_amount", "o.placed_at >= w.since AND o.placed_at < w.till AND "+sold)
}

// unknown is what a sum says that was too large to be kept: more than any other says,
// so that it stands in front.
const unknown = shop.Money(tooMuch + 1)

// netOf is the sum of what may be negative, cut as sumOf's, or unknown.
func netOf(name, expression string) string {
	sum, least := summary.Exact(name, expression), "MIN"
	if name == dialect.Postgres {
		least = "LEAST"
	}
	return fmt.Sprintf("CASE WHEN MAX(ABS(%s)) >= %d THEN %d ELSE CAST(%s(COALESCE(%s, 0), %d) AS bigint) END",
		expression, summary.Unknown, unknown, least, sum, tooMuch)
}
