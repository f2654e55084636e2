package report

import (
	"context"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// keptSales adds up what was sold in each of the spans, by currency, from the summaries.
// The error is errMoved when they are not at the position of k, and errUnknown when a sum
// is unknown.
func keptSales(ctx context.Context, client *ent.Client, k *kept, spans []span) ([]inCurrency, error) {
	name := client.Dialect()
	whole, rest := wholly(spans, slot)
	var a arguments
	text := `
WITH whole AS (` + a.spans(name, whole) + `), rest AS (` + a.spans(name, rest) + `), fresh AS (` + k.fresh(name, &a) + `), part AS (
  SELECT w.n, s.currency, s.orders, s.revenue, s.units
  FROM whole AS w` + summary.Each(name, "sales_slots", "s", "currency, orders, revenue, units", ranged) + `
  UNION ALL
  SELECT w.n, o.currency, f.sign, f.sign * o.total_amount, f.sign * ` + units + `
  FROM fresh AS f` + freshOrders(name) + ` JOIN whole AS w ON o.placed_at >= w.since AND o.placed_at < w.till
  UNION ALL
  SELECT w.n, o.currency, 1, o.total_amount, ` + units + ` FROM rest AS w` + placed(name) + `
)
SELECT n, currency, CAST(SUM(orders) AS bigint), ` + netRevenue(name, "revenue") + `, ` + netOf(name, "units") + `
FROM part GROUP BY n, currency HAVING SUM(orders) <> 0` + guarded("'', runs, 0, 0")
	rows, err := collect(ctx, access.ReportsRead, client, readInCurrency, text, a...)
	if err != nil {
		return nil, fmt.Errorf("read the summaries: %w", err)
	}
	i := slices.IndexFunc(rows, func(row inCurrency) bool { return row.part == guard })
	if i < 0 || rows[i].sales.Orders != k.runs {
		return nil, errMoved
	}
	rows = slices.Delete(rows, i, i+1)
	if slices.ContainsFunc(rows, func(row inCurrency) bool { return row.sales.Revenue == unknown }) {
		return nil, errUnknown
	}
	return rows, nil
}

// salesIn adds up what was sold in each of the spans, by currency, from the summaries or
// from the orders.
func salesIn(ctx context.Context, client *ent.Client, spans []span, orders func() ([]inCurrency, error)) ([]inCurrency, error) {
	return fromKept(ctx, client, func(k *kept) ([]inCurrency, error) {
		return keptSales(ctx, client, k, spans)
	}, orders)
}
