package report

import (
	"fmt"
	"time"
)

// day is that of UTC.
const day = 24 * time.Hour

// keptShares are whole months and days of UTC, and the rest of a period.
type keptShares struct {
	months, days, rest []span
	inside             span // what months and days make together
}

// inDays divides a period. It is false when there is no whole day in it.
func inDays(p Period) (k keptShares, ok bool) {
	from, to := ceil(p.From, day), p.To.UTC().Truncate(day)
	if !from.Before(to) {
		return k, false
	}
	k.inside = span{0, from, to}
	k.rest = appendSpan(appendSpan(nil, span{0, p.From, from}), span{0, to, p.To})
	first, last := monthOf(from), monthOf(to)
	if first.Before(from) {
		first = first.AddDate(0, 1, 0)
	}
	if !first.Before(last) {
		k.days = []span{k.inside}
		return k, true
	}
	k.months = []span{{0, first, last}}
	k.days = appendSpan(appendSpan(nil, span{0, from, first}), span{0, last, to})
	return k, true
}

// keptLines adds up the lines of a period's orders by product, from the
// summaries: a table line (product_id, revenue, units), as the one of parts.
func keptLines(name string, k *kept, in *keptShares, currency string) (text string, args []any) {
	var tables [3]string
	for i, spans := range [][]span{in.months, in.days, in.rest} {
		one, more := table(name, spans, 1+len(args))
		tables[i], args = one, append(args, more...)
	}
	args = append(args, k.position, in.inside.since, in.inside.till, currency)
	n := len(args)
	position, since, till, money := n-3, n-2, n-1, n
	summed := func(spans, kind string) string {
		return "SELECT s.product_id, s.revenue, s.units FROM " + spans + " AS w " +
			ranged(name, "product_sales", "product_id, revenue, units", fmt.Sprintf(" AND span = '%s' AND currency = $%d", kind, money))
	}
	return `
WITH months AS (` + tables[0] + `), days AS (` + tables[1] + `), rest AS (` + tables[2] + `),
fresh AS (` + k.fresh(position) + `), sale AS (
  ` + summed("months", "month") + `
  UNION ALL
  ` + summed("days", "day") + `
  UNION ALL
  SELECT i.product_id, f.sign * ` + lineAmount + `, f.sign * i.quantity
  FROM ` + freshOrders(name) + ` ` + itemsOf(name) + fmt.Sprintf(`
  WHERE o.placed_at >= $%d AND o.placed_at < $%d AND o.currency = $%d
  UNION ALL
  SELECT i.product_id, `, since, till, money) + lineAmount + `, i.quantity
  FROM rest AS w ` + placed(name) + ` ` + itemsOf(name) + fmt.Sprintf(`
  WHERE o.currency = $%d
), line AS (
  SELECT product_id, `, money) + netOf(name, "revenue") + ` AS revenue, ` + netOf(name, "units") + ` AS units
  FROM sale GROUP BY product_id HAVING SUM(units) <> 0
)`, args
}

func monthOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}
