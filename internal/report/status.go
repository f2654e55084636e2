package report

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// Without summaries, up to this many orders of a state are counted one by one: reading five
// times 25,000 index entries takes 25 ms. SQLite counts more of them, because it has no
// estimate for larger numbers.
const (
	maxCountPostgres = 25_000
	maxCountSQLite   = 100_000
)

// StatusCount is how many orders are in a state.
type StatusCount struct {
	Status shop.OrderStatus
	Count  int64
	// Estimated says that there are no summaries, and more orders than are counted one by
	// one. Count is then the estimate of PostgreSQL's planner; on SQLite, which has none,
	// it is one more than the number that is counted.
	Estimated bool
}

// ByStatus counts the orders in every state, in the order of shop.OrderStatuses.
func ByStatus(ctx context.Context, client *ent.Client) ([]StatusCount, error) {
	out, err := fromKept(ctx, client, func(k *kept) ([]StatusCount, error) {
		return keptByStatus(ctx, client, k)
	}, func() ([]StatusCount, error) {
		return countByStatus(ctx, client)
	})
	if err != nil {
		return nil, fmt.Errorf("count orders by status: %w", err)
	}
	return out, nil
}

// keptByStatus is ByStatus from the tallies and the events that they do not include. The
// error is errMoved when the summaries are not at the position of k.
func keptByStatus(ctx context.Context, client *ent.Client, k *kept) ([]StatusCount, error) {
	counts := map[string]int64{}
	var a arguments
	text := `
WITH moved AS (` + k.events(client.Dialect(), &a, `e."from", e."to"`, summary.Moves) + `)
SELECT name, CAST(SUM(n) AS bigint)
FROM (SELECT name, number AS n FROM tallies UNION ALL ` + summary.Came + " UNION ALL " + summary.Left + `) AS part
GROUP BY name
UNION ALL
SELECT '', runs FROM checkpoints WHERE name = '` + summary.Checkpoint + "'"
	_, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, n *int64) error {
		var name string
		if err := rows.Scan(&name, n); err != nil {
			return err
		}
		counts[name] = *n
		return nil
	}, text, a...)
	if err != nil {
		return nil, err
	}
	if counts[""] != k.runs {
		return nil, errMoved
	}
	out := make([]StatusCount, len(shop.OrderStatuses))
	for i, status := range shop.OrderStatuses {
		out[i] = StatusCount{Status: status, Count: counts[string(status)]}
	}
	return out, nil
}

// countByStatus is ByStatus from the orders.
func countByStatus(ctx context.Context, client *ent.Client) ([]StatusCount, error) {
	most := int64(maxCountSQLite)
	if client.Dialect() == dialect.Postgres {
		most = maxCountPostgres
	}
	counts := make([]string, len(shop.OrderStatuses))
	for i, status := range shop.OrderStatuses {
		counts[i] = fmt.Sprintf(`SELECT %d AS n, %s AS status, COUNT(*) AS orders FROM (%s LIMIT %d) AS counted`,
			i, quoted(status), inState(status), most+1)
	}
	out, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, c *StatusCount) error {
		var n int
		return rows.Scan(&n, &c.Status, &c.Count)
	}, strings.Join(counts, " UNION ALL ")+" ORDER BY n")
	if err != nil {
		return nil, err
	}
	for i := range out {
		c := &out[i]
		c.Estimated = c.Count > most
		if c.Estimated && client.Dialect() == dialect.Postgres {
			planned, err := client.Planned(ctx, inState(c.Status))
			if err != nil {
				return nil, fmt.Errorf("estimate a number of orders: %w", err)
			}
			c.Count = max(c.Count, planned)
		}
	}
	return out, nil
}

func inState(status shop.OrderStatus) string {
	return "SELECT 1 FROM orders WHERE status = " + quoted(status)
}
