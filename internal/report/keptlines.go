package report

import (
	"slices"
	"time"

	"github.com/storekeeper/storekeeper/internal/summary"
)

// day is the length of a day of UTC.
const day = 24 * time.Hour

// keptShares divides a period into whole months and days of UTC, and what has to be added
// to or subtracted from them: the n of hours and rests is 1 or -1.
type keptShares struct {
	months, days, hours, rest []span
	inside                    span // the months and days together
}

// byHour moves whole hours out of the rests, which are read order by order.
func (k *keptShares) byHour() keptShares {
	out := *k
	out.hours, out.rest = wholly(k.rest, time.Hour)
	return out
}

// inDays divides a period into whole days of UTC and rests. It reports false when the rests
// are as long as the period. The ends of the period are rounded to the nearest midnight, so
// that each rest is half a day at most.
func inDays(p Period) (k keptShares, ok bool) {
	from, to := p.From.Add(day/2).Truncate(day).UTC(), p.To.Add(day/2).Truncate(day).UTC()
	if !from.Before(to) {
		k.rest = []span{{1, p.From, p.To}}
		return k, false
	}
	k.inside = span{1, from, to}
	k.rest = appendSpans(nil, span{1, p.From, from}, span{-1, from, p.From}, span{1, to, p.To}, span{-1, p.To, to})
	whole := p.To.Sub(p.From)
	for _, rest := range k.rest {
		whole -= rest.till.Sub(rest.since)
	}
	first, last := monthOf(from), monthOf(to)
	if first.Before(from) {
		first = first.AddDate(0, 1, 0)
	}
	if !first.Before(last) {
		k.days = []span{k.inside}
		return k, whole > 0
	}
	k.months = []span{{1, first, last}}
	k.days = appendSpans(nil, span{1, from, first}, span{1, last, to})
	return k, true
}

func monthOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// sums are the rows of a summary of products or categories for one day or month.
type sums struct {
	span  string // "day" or "month"
	since time.Time
	least int64 // revenue or units, where only what sold best is looked for
}

// sums returns those of the months and days.
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

// ofSums is the condition that rows AS s of a summary belong to sums AS w.
func ofSums(currency string) string {
	return "s.span = w.span AND s.since = w.since AND s.currency = " + currency
}

// beside defines the tables that complete the days and hours to the period: fresh, and odd,
// which has the lines (product_id, revenue, units) of orders that the summaries do not
// include, that are in the period but in none of the days and hours, or that are in the
// days but not in the period.
func (k *kept) beside(name string, a *arguments, in *keptShares, currency string) string {
	counted := appendSpans(slices.Clone(in.hours), in.inside)
	return `rest AS (` + a.spans(name, in.rest) + `), counted AS (` + a.spans(name, counted) + `), fresh AS (` + k.fresh(name, a) + `),
odd AS (
  SELECT i.product_id, w.n * f.sign * ` + summary.LineAmount + ` AS revenue, w.n * f.sign * i.quantity AS units
  FROM fresh AS f` + freshOrders(name) + ` JOIN counted AS w ON o.placed_at >= w.since AND o.placed_at < w.till` + itemsOf(name) + `
  WHERE o.currency = ` + currency + `
  UNION ALL
  SELECT i.product_id, w.n * ` + summary.LineAmount + `, w.n * i.quantity
  FROM rest AS w` + placed(name) + itemsOf(name) + `
  WHERE o.currency = ` + currency + `
)`
}

// keptLines adds up the lines of a period's orders by product, from the sums of all
// products.
func keptLines(name string, k *kept, in *keptShares, currency string) (text string, a arguments) {
	money := a.add(currency)
	summed := func(spans, kind string) string {
		condition := ranged + " AND s.span = '" + kind + "' AND s.currency = " + money
		return "SELECT s.product_id, s.revenue, s.units FROM " + spans + " AS w" +
			summary.Each(name, "product_sales", "s", "product_id, revenue, units", condition)
	}
	text = `
WITH months AS (` + a.spans(name, in.months) + `), days AS (` + a.spans(name, in.days) + `),
` + k.beside(name, &a, in, money) + `, sale AS (
  ` + summed("months", "month") + `
  UNION ALL
  ` + summed("days", "day") + `
  UNION ALL
  SELECT product_id, revenue, units FROM odd
), part AS (
  SELECT product_id AS id, ` + netRevenue(name, "revenue") + ` AS revenue, ` + netOf(name, "units") + ` AS units
  FROM sale GROUP BY product_id HAVING SUM(units) <> 0
)`
	return text, a
}

// keptCategories adds up the lines of a period's orders by category, from the sums of
// categories. Products that were moved to another category since the summaries were updated
// take their sums along, except the sums of hours. unsettled counts those that have sums of
// hours: there must be none.
func keptCategories(name string, k *kept, in *keptShares, currency string) (text, unsettled string, a arguments) {
	unsettled = settled
	if len(in.hours) > 0 {
		unsettled = "(SELECT COUNT(*) FROM moved)"
	}
	money := a.add(currency)
	ofHours := "s.span = 'hour' AND " + ranged + " AND s.currency = " + money
	text = `
WITH sums AS (` + a.sums(name, in.sums()) + `), hours AS (` + a.spans(name, in.hours) + `),
` + k.beside(name, &a, in, money) + `, moved AS (
  SELECT f.product_id, f.category_id AS was, p.category_id AS becomes
  FROM (SELECT DISTINCT product_id FROM product_changes) AS c
  JOIN product_filings AS f ON f.product_id = c.product_id JOIN products AS p ON p.id = c.product_id
  WHERE f.category_id <> p.category_id
), along AS (
  SELECT m.was, m.becomes, s.revenue, s.units FROM moved AS m CROSS JOIN sums AS w` +
		summary.Each(name, "product_sales", "s", "revenue, units", ofSums(money)+" AND s.product_id = m.product_id") + `
), sale AS (
  SELECT s.category_id, s.revenue, s.units FROM sums AS w` +
		summary.Each(name, "category_sales", "s", "category_id, revenue, units", ofSums(money)) + `
  UNION ALL
  SELECT s.category_id, w.n * s.revenue, w.n * s.units FROM hours AS w` +
		summary.Each(name, "category_sales", "s", "category_id, revenue, units", ofHours) + `
  UNION ALL
  SELECT s.category_id, o.revenue, o.units FROM odd AS o` + summary.Each(name, "products", "s", "category_id", "s.id = o.product_id") + `
  UNION ALL
  SELECT was, -revenue, -units FROM along
  UNION ALL
  SELECT becomes, revenue, units FROM along
), part AS (
  SELECT category_id AS id, ` + netRevenue(name, "revenue") + ` AS revenue, ` + netOf(name, "units") + ` AS units
  FROM sale GROUP BY category_id HAVING SUM(units) <> 0
)`
	return text, unsettled, a
}
