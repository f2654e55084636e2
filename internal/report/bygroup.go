package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// Share is the part of the sales that one product or category has.
type Share struct {
	ID      int64
	Revenue shop.Money
	Units   int64
}

// Measure is what shares are compared by.
type Measure string

// The measures, by the names of their columns.
const (
	Revenue Measure = "revenue"
	Units   Measure = "units"
)

// of is the measure of the share.
func (s Share) of(by Measure) int64 {
	if by == Units {
		return s.Units
	}
	return int64(s.Revenue)
}

// Best says which of the shares are asked for: so many of the largest.
type Best struct {
	By    Measure
	Limit int
}

// order sorts rows (id, revenue, units) by it, the largest first. The other measure and
// the id break ties.
func (b Best) order() string {
	if b.By == Units {
		return "units DESC, revenue DESC, id"
	}
	return "revenue DESC, units DESC, id"
}

// compare is that order.
func (b Best) compare(x, y Share) int {
	revenue, units := cmp.Compare(y.Revenue, x.Revenue), cmp.Compare(y.Units, x.Units)
	if b.By == Units {
		revenue, units = units, revenue
	}
	return cmp.Or(revenue, units, cmp.Compare(x.ID, y.ID))
}

// Shares are the largest shares, and what all of them come to, those that are left out
// included.
type Shares[T any] struct {
	Items   []T
	Revenue shop.Money
	Units   int64
}

// ProductSales is what was sold of a product.
type ProductSales struct {
	Share
	SKU, Name string // current values
}

// CategorySales is what was sold of the products that are in a category now, without those
// in its subcategories.
type CategorySales struct {
	Share
	Name string
	Path string // names from the top, such as "Garden / Tools"
}

// itemsOf joins orders AS o with their items.
func itemsOf(name string) string {
	return summary.Each(name, "order_items", "i", "product_id, price, quantity", "i.order_id = o.id")
}

// lines adds up the order lines of a period by product, from the orders: a table line
// (product_id, revenue, units).
func lines(name string, p Period, currency shop.Currency) (text string, a arguments) {
	text = `
WITH line AS (
  SELECT i.product_id, ` + sumOf(name, summary.LineAmount) + ` AS revenue, ` + sumOf(name, "i.quantity") + ` AS units
  FROM orders AS o` + itemsOf(name) + `
  WHERE o.placed_at >= ` + a.add(p.From) + ` AND o.placed_at < ` + a.add(p.To) + `
    AND o.currency = ` + a.add(string(currency)) + ` AND ` + sold + `
  GROUP BY i.product_id
)`
	return text, a
}

// settled is the expression for no unsettled products; see shares.
const settled = "0"

// shares finds the largest rows of part (id, revenue, units), the last of the tables. The
// error is errMoved when the summaries are not at the position of k, or when unsettled is
// not 0, and errUnknown when a sum is unknown.
func shares(
	ctx context.Context, client *ent.Client, k *kept, tables, unsettled string, a arguments, best Best,
) (*Shares[Share], error) {
	name := client.Dialect()
	text := tables + `, whole AS (
  SELECT id, revenue, units, ` + sumOver(name, "revenue") + ` AS all_revenue, ` + sumOver(name, "units") + ` AS all_units
  FROM part ORDER BY ` + unknownFirst + best.order() + ` LIMIT ` + a.add(best.Limit) + `
)
SELECT id, revenue, units, all_revenue, all_units FROM whole`
	if k != nil {
		text += guarded("runs + " + unsettled + ", 0, 0, 0")
	}
	out, runs := &Shares[Share]{}, int64(-1)
	found, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, s *Share) error {
		var all Share
		if err := rows.Scan(&s.ID, &s.Revenue, &s.Units, &all.Revenue, &all.Units); err != nil {
			return err
		}
		if s.ID == guard {
			runs = int64(s.Revenue)
		} else {
			out.Revenue, out.Units = all.Revenue, all.Units
		}
		return nil
	}, text, a...)
	if err != nil {
		return nil, err
	}
	if k != nil && runs != k.runs {
		return nil, errMoved
	}
	if slices.ContainsFunc(found, isUnknown) {
		return nil, errUnknown
	}
	out.Items = best.sorted(found)
	return out, nil
}

// ByProduct returns the products that sold best in a period.
func ByProduct(
	ctx context.Context, client *ent.Client, p Period, currency shop.Currency, best Best,
) (*Shares[ProductSales], error) {
	orders := func() (*Shares[Share], error) {
		tables, a := lines(client.Dialect(), p, currency)
		tables += ", part AS (SELECT product_id AS id, revenue, units FROM line)"
		return shares(ctx, client, nil, tables, settled, a, best)
	}
	in, ok := inDays(p)
	summaries := func(k *kept) (*Shares[Share], error) {
		if !ok {
			return orders()
		}
		if top, short, err := keptTop(ctx, client, k, &in, string(currency), best); short || err != nil {
			return top, err
		}
		tables, a := keptLines(client.Dialect(), k, &in, string(currency))
		return shares(ctx, client, k, tables, settled, a, best)
	}
	found, err := fromKept(ctx, client, summaries, orders)
	if err != nil {
		return nil, fmt.Errorf("sales by product: %w", err)
	}
	out := &Shares[ProductSales]{Items: make([]ProductSales, len(found.Items)), Revenue: found.Revenue, Units: found.Units}
	for i, s := range found.Items {
		out.Items[i].Share = s
	}
	return out, nameProducts(ctx, client, out.Items)
}

// ByCategory returns what the categories sold in a period.
func ByCategory(
	ctx context.Context, client *ent.Client, p Period, currency shop.Currency, best Best,
) (*Shares[CategorySales], error) {
	name := client.Dialect()
	days, _ := inDays(p)
	in := days.byHour()
	found, err := fromKept(ctx, client, func(k *kept) (*Shares[Share], error) {
		tables, unsettled, a := keptCategories(name, k, &in, string(currency))
		in = days // should products have moved
		return shares(ctx, client, k, tables, unsettled, a, best)
	}, func() (*Shares[Share], error) {
		tables, a := lines(name, p, currency)
		return shares(ctx, client, nil, tables+`, part AS (
  SELECT p.category_id AS id, `+sumOf(name, "line.revenue")+` AS revenue, `+sumOf(name, "line.units")+` AS units
  FROM line JOIN products AS p ON p.id = line.product_id GROUP BY p.category_id
)`, settled, a, best)
	})
	if err != nil {
		return nil, fmt.Errorf("sales by category: %w", err)
	}
	out := &Shares[CategorySales]{Items: make([]CategorySales, len(found.Items)), Revenue: found.Revenue, Units: found.Units}
	for i, s := range found.Items {
		out.Items[i].Share = s
	}
	return out, nameCategories(ctx, client, out.Items)
}

func isUnknown(s Share) bool { return s.Revenue == unknown }

// sorted are shares, the largest first, without the guard.
func (b Best) sorted(shares []Share) []Share {
	shares = slices.DeleteFunc(shares, func(s Share) bool { return s.ID == guard })
	slices.SortFunc(shares, b.compare)
	return shares
}
