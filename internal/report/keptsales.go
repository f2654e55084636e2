package report

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
)

// units are those of an order AS o.
const units = "(SELECT CAST(COALESCE(SUM(i.quantity), 0) AS bigint) FROM order_items AS i WHERE i.order_id = o.id)"

// keptSales adds up what was sold in each of the spans, by currency, from the
// summaries. The error is errMoved when they are not where k says.
func keptSales(ctx context.Context, client *ent.Client, k *kept, spans []span) ([]inCurrency, error) {
	name := client.Dialect()
	whole, rest := inSlots(spans)
	wholes, args := table(name, whole, 1)
	rests, more := table(name, rest, 1+len(args))
	args = append(append(args, more...), k.position)
	position := fmt.Sprintf("$%d", len(args))
	rows, err := collect(ctx, access.ReportsRead, client, readInCurrency, `
WITH whole AS (`+wholes+`), rest AS (`+rests+`), fresh AS (`+k.fresh(position)+`), part AS (
  SELECT w.n, s.currency, s.orders, s.revenue, s.units
  FROM whole AS w `+ranged(name, "sales_slots", "currency, orders, revenue, units", "")+`
  UNION ALL
  SELECT w.n, o.currency, f.sign, f.sign * o.total_amount, f.sign * `+units+`
  FROM `+freshOrders(name)+` JOIN whole AS w ON o.placed_at >= w.since AND o.placed_at < w.till
  UNION ALL
  SELECT w.n, o.currency, 1, o.total_amount, `+units+` FROM rest AS w `+placed(name)+`
)
SELECT n, currency, CAST(SUM(orders) AS bigint), `+netOf(name, "revenue")+`, `+netOf(name, "units")+`
FROM part GROUP BY n, currency HAVING SUM(orders) <> 0`+guarded("'', runs, 0, 0"), args...)
	if err != nil {
		return nil, fmt.Errorf("read the summaries: %w", err)
	}
	last := len(rows) - 1
	for i := range rows {
		if rows[i].part == guard {
			if rows[i].sales.Orders != k.runs {
				return nil, errMoved
			}
			rows[i] = rows[last]
			return rows[:last], nil
		}
	}
	return nil, errMoved
}

// salesIn adds up what was sold in each of the spans, by currency.
func salesIn(ctx context.Context, client *ent.Client, spans []span, orders func() ([]inCurrency, error)) (out []inCurrency, err error) {
	err = fromKept(ctx, client, func(k *kept) (err error) {
		out, err = keptSales(ctx, client, k, spans)
		return err
	}, func() (err error) {
		out, err = orders()
		return err
	})
	return out, err
}
