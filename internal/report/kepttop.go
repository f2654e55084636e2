package report

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// The best-selling products of a period are found without reading the others, by the three
// phases of Cao and Wang (Efficient top-K query calculation in distributed networks, 2004):
//
//  1. The best products of every month and single day are at the front of an index. The
//     totals of those that look best give a lower bound for the last product of the answer.
//  2. That bound is divided among the sums. A product that has less than its part in each
//     of them has less in total, and is not in the answer. The others are the candidates.
//  3. The sums of the candidates are looked up one by one.
//
// If all products sell about equally well, there are too many candidates, and all sums are
// read.
const maxCandidates = 2_000

// maxTop is the most that are looked for in this way. So many more make candidates of
// all that sells.
const maxTop = 100

// head is one of the best of the n-th sums.
type head struct {
	n             int
	product, sold int64
}

// keptTop finds the best-selling products in this way. It reports false when that is not
// possible, or not faster than reading all sums.
func keptTop(
	ctx context.Context, client *ent.Client, k *kept, in *keptShares, currency string, best Best,
) (*Shares[Share], bool, error) {
	if best.Limit > maxTop {
		return nil, false, nil
	}
	all := in.sums()
	least, ok, err := dividing(ctx, client, in, all, currency, best)
	for range attempts {
		if err != nil || !ok {
			return nil, false, err
		}
		top, candidates, err := candidatesOf(ctx, client, k, in, all, least, currency, best)
		if err != nil || candidates > maxCandidates || len(top.Items) < best.Limit {
			return nil, false, err
		}
		last := top.Items[best.Limit-1].of(best.By)
		if last >= least {
			return top, true, nil
		}
		// The last one turned out to be smaller than it looked, because of what the
		// summaries do not include yet, or of the ends of the period.
		least, ok = divide(all, in, last)
	}
	return nil, false, nil
}

// dividing does the first phase, and divides what it finds among the sums.
func dividing(
	ctx context.Context, client *ent.Client, in *keptShares, all []sums, currency string, best Best,
) (least int64, ok bool, err error) {
	limit := best.Limit
	front := Best{By: best.By, Limit: 2*limit + 10}
	heads, err := headsOf(ctx, client, all, currency, front)
	if err != nil {
		return 0, false, err
	}
	found, together := make([]int, len(all)), map[int64]int64{}
	for i := range all {
		all[i].least = 0
	}
	for _, h := range heads {
		found[h.n]++
		if found[h.n] == 1 || h.sold < all[h.n].least {
			all[h.n].least = h.sold
		}
		together[h.product] = min(together[h.product]+h.sold, tooMuch)
	}
	for i := range all {
		if found[i] < front.Limit {
			all[i].least = 0 // there are no more
		}
	}
	if len(together) < limit {
		return 0, false, nil
	}
	products := slices.SortedFunc(maps.Keys(together), func(a, b int64) int {
		return cmp.Or(cmp.Compare(together[b], together[a]), cmp.Compare(a, b))
	})
	wholes, err := wholeOf(ctx, client, all, currency, best.By, products[:min(2*limit, len(products))])
	if err != nil || len(wholes) < limit {
		return 0, false, err
	}
	slices.SortFunc(wholes, func(a, b int64) int { return cmp.Compare(b, a) })
	least, ok = divide(all, in, in.lower(wholes[limit-1]))
	return least, ok, nil
}

// lower is what a sum of the days may be without the ends of the period, to guess:
// too low a guess makes some more candidates, and one too high another search of all.
func (k *keptShares) lower(sold int64) int64 {
	if len(k.rest) == 0 {
		return sold
	}
	var ends time.Duration
	for _, s := range k.rest {
		ends += s.till.Sub(s.since)
	}
	part := ends.Hours() / k.inside.till.Sub(k.inside.since).Hours()
	return sold - sold/32 - int64(part/2*float64(sold))
}

// wholeOf looks up what products come to in all of the sums.
func wholeOf(
	ctx context.Context, client *ent.Client, all []sums, currency string, by Measure, products []int64,
) ([]int64, error) {
	name := client.Dialect()
	var a arguments
	money := a.add(currency)
	net := netRevenue(name, "s.revenue")
	if by == Units {
		net = netOf(name, "s.units")
	}
	text := "WITH sums AS (" + a.sums(name, all) + ") SELECT " + net +
		" FROM (SELECT id FROM products WHERE id IN (" + numbers(products) + ")) AS c CROSS JOIN sums AS w" +
		summary.Each(name, "product_sales", "s", string(by), ofSums(money)+" AND s.product_id = c.id") + " GROUP BY c.id"
	found, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, sold *int64) error {
		return rows.Scan(sold)
	}, text, a...)
	if err != nil {
		return nil, fmt.Errorf("add up what sold best: %w", err)
	}
	return found, nil
}

// divide gives every one of the sums its part of what was sold, by how well it sells,
// and one day's part to the odd lines.
func divide(all []sums, in *keptShares, sold int64) (least int64, ok bool) {
	if sold <= 0 {
		return 0, false
	}
	whole := new(big.Int)
	for _, s := range all {
		whole.Add(whole, big.NewInt(max(s.least, 1)))
	}
	odd := new(big.Int).Div(whole, big.NewInt(int64(in.inside.till.Sub(in.inside.since)/day)))
	whole.Add(whole, odd.Add(odd, big.NewInt(1)))
	for i := range all {
		part := new(big.Int).Mul(big.NewInt(sold), big.NewInt(max(all[i].least, 1)))
		all[i].least = max(part.Div(part, whole).Int64(), 1)
	}
	return sold, true
}

// headsOf are the best of each of the sums.
func headsOf(ctx context.Context, client *ent.Client, all []sums, currency string, best Best) ([]head, error) {
	name := client.Dialect()
	var a arguments
	money := a.add(currency)
	rows := a.sums(name, all)
	n, by := a.add(best.Limit), string(best.By)
	// The order of the index, backwards, so that nothing is sorted.
	front := "FROM product_sales AS s WHERE " + ofSums(money) + " ORDER BY s." + by + " DESC, s.product_id DESC LIMIT " + n
	heads := "CROSS JOIN product_sales AS s ON s.id IN (SELECT s.id " + front + ")"
	if name == dialect.Postgres {
		heads = "CROSS JOIN LATERAL (SELECT s.product_id, s." + by + " " + front + ") AS s"
	}
	found, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, h *head) error {
		return rows.Scan(&h.n, &h.product, &h.sold)
	}, "WITH sums AS ("+rows+") SELECT w.n, s.product_id, s."+by+" FROM sums AS w "+heads, a...)
	if err != nil {
		return nil, fmt.Errorf("find the best of each day and month: %w", err)
	}
	return found, nil
}

// candidatesOf is the second phase and the third. The error is errMoved when the summaries
// are not at the position of k, and errUnknown when a sum is unknown.
func candidatesOf(
	ctx context.Context, client *ent.Client, k *kept, in *keptShares, all []sums, least int64, currency string, best Best,
) (top *Shares[Share], candidates int64, err error) {
	name := client.Dialect()
	var a arguments
	money := a.add(currency)
	text := `
WITH sums AS (` + a.sums(name, all) + `), ` + k.beside(name, &a, in, money) + `, candidate AS (
  SELECT DISTINCT product_id FROM (
    SELECT s.product_id FROM sums AS w ` + firsts(name, best.By, ofSums(money)) + `
    UNION ALL
    SELECT product_id FROM odd GROUP BY product_id HAVING ` + atLeastAbout(name, string(best.By), a.add(oddPart(all, least))) + `
  ) AS any_of LIMIT ` + a.add(maxCandidates+1) + `
), sale AS (
  SELECT c.product_id, s.revenue, s.units FROM candidate AS c CROSS JOIN sums AS w` +
		summary.Each(name, "product_sales", "s", "revenue, units", ofSums(money)+" AND s.product_id = c.product_id") + `
  UNION ALL
  SELECT o.product_id, o.revenue, o.units FROM odd AS o JOIN candidate AS c ON c.product_id = o.product_id
), line AS (
  SELECT product_id AS id, ` + netRevenue(name, "revenue") + ` AS revenue, ` + netOf(name, "units") + ` AS units
  FROM sale GROUP BY product_id HAVING SUM(units) <> 0
), best AS (
  SELECT id, revenue, units FROM line ORDER BY ` + best.order() + ` LIMIT ` + a.add(best.Limit) + `
), whole AS (
  SELECT ` + netRevenue(name, "revenue") + ` AS revenue, ` + netOf(name, "units") + ` AS units FROM (
    SELECT s.revenue, s.units FROM sums AS w` + summary.Each(name, "category_sales", "s", "revenue, units", ofSums(money)) + `
    UNION ALL
    SELECT revenue, units FROM odd
  ) AS part
)
SELECT id, revenue, units, 0, 0 FROM best` + guarded("runs, (SELECT COUNT(*) FROM candidate),"+
		" (SELECT revenue FROM whole), (SELECT units FROM whole)")
	top, runs := &Shares[Share]{}, int64(-1)
	found, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, s *Share) error {
		var all Share
		if err := rows.Scan(&s.ID, &s.Revenue, &s.Units, &all.Revenue, &all.Units); err != nil {
			return err
		}
		if s.ID == guard {
			runs, candidates = int64(s.Revenue), s.Units
			top.Revenue, top.Units = all.Revenue, all.Units
		}
		return nil
	}, text, a...)
	if err != nil {
		return nil, 0, fmt.Errorf("look up the candidates: %w", err)
	}
	if runs != k.runs {
		return nil, 0, errMoved
	}
	if top.Revenue == unknown || slices.ContainsFunc(found, isUnknown) {
		return nil, 0, errUnknown
	}
	top.Items = best.sorted(found)
	return top, candidates, nil
}

// oddPart is what divide has left for the odd lines.
func oddPart(all []sums, sold int64) int64 {
	for _, s := range all {
		sold -= s.least - 1
	}
	return max(sold, 1)
}

// atLeastAbout is the condition that the sum of integers is at least so much. It is added up
// in doubles, which PostgreSQL does several times as fast as exactly, and may also hold for a
// sum that is smaller by a billionth of the integers: that is more than doubles lose of any
// million of them.
func atLeastAbout(name, amount, least string) string {
	sum := "TOTAL"
	if name == dialect.Postgres {
		sum, amount = "SUM", "CAST("+amount+" AS double precision)"
	}
	return fmt.Sprintf("%[1]s(%[2]s) + %[1]s(ABS(%[2]s)) / 1e9 >= %[3]s", sum, amount, least)
}

// firsts joins the products of sums AS w that have at least their part of it, of rows AS s
// of product_sales under a condition; of each sum no more than matter.
func firsts(name string, by Measure, condition string) string {
	condition += fmt.Sprintf(" AND s.%s >= w.least", by)
	if name == dialect.Postgres {
		return fmt.Sprintf("CROSS JOIN LATERAL (SELECT product_id FROM product_sales AS s WHERE %s ORDER BY %s DESC LIMIT %d) AS s",
			condition, by, maxCandidates+1)
	}
	return "CROSS JOIN product_sales AS s ON " + condition
}
