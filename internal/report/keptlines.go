package report

import (
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
)

// day is that of UTC.
const day = 24 * time.Hour

// keptShares are whole months and days of UTC, and what has to be added to them,
// and taken away, to make a period of them: the n of a rest is 1 or -1.
type keptShares struct {
	months, days, rest []span
	inside             span // what months and days make together
}

// inDays divides a period. It is false when that would leave as much to be read as
// there is in it. Its ends go to the nearest midnights, so that each rest is half a
// day at most.
func inDays(p Period) (k keptShares, ok bool) {
	from, to := p.From.Add(day/2).Truncate(day).UTC(), p.To.Add(day/2).Truncate(day).UTC()
	if !from.Before(to) {
		return k, false
	}
	k.inside = span{0, from, to}
	for _, rest := range []span{{1, p.From, from}, {-1, from, p.From}, {1, to, p.To}, {-1, p.To, to}} {
		k.rest = appendSpan(k.rest, rest)
	}
	whole := p.To.Sub(p.From)
	for _, rest := range k.rest {
		whole -= rest.till.Sub(rest.since)
	}
	if whole <= 0 {
		return k, false
	}
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

func monthOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// sums are the rows of a summary of products or categories that are of one day or
// month.
type sums struct {
	span  string // "day" or "month"
	since time.Time
	least int64 // revenue, where only what sold best is looked for
}

// sums are those of the months and days.
func (k *keptShares) sums() (all []sums) {
	for _, s := range k.months {
		for t := s.since; t.Before(s.till); t = t.AddDate(0, 1, 0) {
			all = append(all, sums{span: "month", since: t})
		}
	}
	for _, s := range k.days {
		for t := s.since; t.Before(s.till); t = t.AddDate(0, 0, 1) {
			all = append(all, sums{span: "day", since: t})
		}
	}
	return all
}

// arguments collects those of a statement.
type arguments []any

// add returns the name of the argument.
func (a *arguments) add(value any) string {
	*a = append(*a, value)
	return fmt.Sprintf("$%d", len(*a))
}

// spans makes rows of spans.
func (a *arguments) spans(name string, spans []span) string {
	text, more := table(name, spans, 1+len(*a))
	*a = append(*a, more...)
	return text
}

// sums makes rows (n, span, since, least) of sums.
func (a *arguments) sums(name string, all []sums) string {
	if name != dialect.Postgres {
		var b strings.Builder
		for i, s := range all {
			fmt.Fprintf(&b, "%s[%d,%q,%q,%d]", map[bool]string{true: "[", false: ","}[i == 0], i, s.span, s.since.Format(written), s.least)
		}
		return "SELECT value->>0 AS n, value->>1 AS span, value->>2 AS since, value->>3 AS least FROM json_each(" +
			a.add(b.String()+"]") + ")"
	}
	n, names, since, least := make([]int64, len(all)), make([]string, len(all)), make([]time.Time, len(all)), make([]int64, len(all))
	for i, s := range all {
		n[i], names[i], since[i], least[i] = int64(i), s.span, s.since, s.least
	}
	return fmt.Sprintf("SELECT n, span, since, least FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::bigint[])"+
		" AS u (n, span, since, least)", a.add(n), a.add(names), a.add(since), a.add(least))
}

// each joins to every row before it the rows of a table AS s that a condition on
// its columns finds, one by one by index.
func each(name, table, columns, condition string) string {
	if name == dialect.Postgres {
		return "CROSS JOIN LATERAL (SELECT " + columns + " FROM " + table + " AS s WHERE " + condition + " OFFSET 0) AS s"
	}
	return "CROSS JOIN " + table + " AS s ON " + condition
}

// ofSums is the condition on rows AS s of a summary that they belong to sums AS w.
func ofSums(currency string) string {
	return "s.span = w.span AND s.since = w.since AND s.currency = " + currency
}

// beside are the tables of what makes a period of its days: fresh, and odd, the
// lines (product_id, revenue, units) of orders that the summaries do not know, or
// that are not in the days, or in the days and not in the period.
func (k *kept) beside(name string, a *arguments, in *keptShares, currency string) string {
	rest := a.spans(name, in.rest)
	fresh := k.fresh(a.add(k.position))
	return `rest AS (` + rest + `), fresh AS (` + fresh + `), odd AS (
  SELECT i.product_id, f.sign * ` + lineAmount + ` AS revenue, f.sign * i.quantity AS units
  FROM ` + freshOrders(name) + ` ` + itemsOf(name) + `
  WHERE o.placed_at >= ` + a.add(in.inside.since) + ` AND o.placed_at < ` + a.add(in.inside.till) + ` AND o.currency = ` + currency + `
  UNION ALL
  SELECT i.product_id, w.n * ` + lineAmount + `, w.n * i.quantity
  FROM rest AS w ` + placed(name) + ` ` + itemsOf(name) + `
  WHERE o.currency = ` + currency + `
)`
}

// keptLines adds up the lines of a period's orders by product, from the sums of
// every product: a table line (product_id, revenue, units), as lines.
func keptLines(name string, k *kept, in *keptShares, currency string) (text string, a arguments) {
	money := a.add(currency)
	months, days := a.spans(name, in.months), a.spans(name, in.days)
	beside := k.beside(name, &a, in, money)
	summed := func(spans, kind string) string {
		return "SELECT s.product_id, s.revenue, s.units FROM " + spans + " AS w " +
			ranged(name, "product_sales", "product_id, revenue, units", " AND span = '"+kind+"' AND currency = "+money)
	}
	return `
WITH months AS (` + months + `), days AS (` + days + `), ` + beside + `, sale AS (
  ` + summed("months", "month") + `
  UNION ALL
  ` + summed("days", "day") + `
  UNION ALL
  SELECT product_id, revenue, units FROM odd
), line AS (
  SELECT product_id, ` + netOf(name, "revenue") + ` AS revenue, ` + netOf(name, "units") + ` AS units
  FROM sale GROUP BY product_id HAVING SUM(units) <> 0
)`, a
}

// keptCategories adds them up by category, from the sums of categories: a table
// line (id, revenue, units). Products that have left the category in which they
// are filed, and of which the summaries do not know yet, take their sums along.
func keptCategories(name string, k *kept, in *keptShares, currency string) (text string, a arguments) {
	money := a.add(currency)
	all := a.sums(name, in.sums())
	beside := k.beside(name, &a, in, money)
	return `
WITH sums AS (` + all + `), ` + beside + `, moved AS (
  SELECT f.product_id, f.category_id AS was, p.category_id AS becomes
  FROM (SELECT DISTINCT product_id FROM product_changes) AS c
  JOIN product_filings AS f ON f.product_id = c.product_id JOIN products AS p ON p.id = c.product_id
  WHERE f.category_id <> p.category_id
), along AS (
  SELECT m.was, m.becomes, s.revenue, s.units FROM moved AS m CROSS JOIN sums AS w ` +
		each(name, "product_sales", "revenue, units", ofSums(money)+" AND s.product_id = m.product_id") + `
), sale AS (
  SELECT s.category_id, s.revenue, s.units FROM sums AS w ` +
		each(name, "category_sales", "category_id, revenue, units", ofSums(money)) + `
  UNION ALL
  SELECT s.category_id, o.revenue, o.units FROM odd AS o ` + each(name, "products", "category_id", "s.id = o.product_id") + `
  UNION ALL
  SELECT was, -revenue, -units FROM along
  UNION ALL
  SELECT becomes, revenue, units FROM along
), line AS (
  SELECT category_id AS id, ` + netOf(name, "revenue") + ` AS revenue, ` + netOf(name, "units") + ` AS units
  FROM sale GROUP BY category_id HAVING SUM(units) <> 0
)`, a
}
