package report

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Share is the part of the sales that one product or category has.
type Share struct {
	ID      int64
	Revenue shop.Money
	Units   int64
}

// Shares are the largest shares, by revenue, and what all of them come to, those
// that are left out included.
type Shares[T any] struct {
	Items   []T
	Revenue shop.Money
	Units   int64
}

// ProductSales is what was sold of a product.
type ProductSales struct {
	Share
	SKU, Name string // as they are now
}

// CategorySales is what was sold of the products that are in a category now,
// those in the categories below it not included.
type CategorySales struct {
	Share
	Name string
	Path string // names from the top, as "Garden / Tools"
}

// itemsOf joins the items to orders AS o, order by order, so that no others are
// read: either planner takes reading all of them for cheap.
func itemsOf(name string) string {
	if name == dialect.Postgres {
		return "CROSS JOIN LATERAL (SELECT product_id, price, quantity FROM order_items WHERE order_id = o.id OFFSET 0) AS i"
	}
	return "CROSS JOIN order_items AS i ON i.order_id = o.id"
}

// parts adds up the lines of a period's orders by product, and these by what is
// selected from line. The largest come first.
func parts(name, selected string) string {
	return `
WITH line AS (
  SELECT i.product_id, ` + sumOf(name, lineAmount) + ` AS revenue, ` + sumOf(name, "i.quantity") + ` AS units
  FROM orders AS o ` + itemsOf(name) + `
  WHERE o.placed_at >= $1 AND o.placed_at < $2 AND o.currency = $3 AND ` + sold + `
  GROUP BY i.product_id
), part AS (` + selected + `
), whole AS (
  SELECT id, revenue, units, ` + sumOver(name, "revenue") + ` AS all_revenue, ` + sumOver(name, "units") + ` AS all_units
  FROM part ORDER BY revenue DESC, units DESC, id LIMIT $4
)`
}

// ByProduct is what sold best in a period.
func ByProduct(
	ctx context.Context, client *ent.Client, p Period, currency shop.Currency, limit int,
) (*Shares[ProductSales], error) {
	out := &Shares[ProductSales]{Items: []ProductSales{}}
	rows, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, s *ProductSales) error {
		return rows.Scan(&s.ID, &s.Revenue, &s.Units, &out.Revenue, &out.Units, &s.SKU, &s.Name)
	}, parts(client.Dialect(), `SELECT product_id AS id, revenue, units FROM line`)+`
SELECT w.id, w.revenue, w.units, w.all_revenue, w.all_units, p.sku, p.name
FROM whole AS w JOIN products AS p ON p.id = w.id
ORDER BY w.revenue DESC, w.units DESC, w.id`, p.From, p.To, string(currency), limit)
	if err != nil {
		return nil, fmt.Errorf("sales by product: %w", err)
	}
	out.Items = append(out.Items, rows...)
	return out, bounded(int64(out.Revenue), out.Units) // no part is larger than the whole
}

// ByCategory is what the categories sold in a period.
func ByCategory(
	ctx context.Context, client *ent.Client, p Period, currency shop.Currency, limit int,
) (*Shares[CategorySales], error) {
	out := &Shares[CategorySales]{Items: []CategorySales{}}
	name := client.Dialect()
	rows, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, s *CategorySales) error {
		return rows.Scan(&s.ID, &s.Revenue, &s.Units, &out.Revenue, &out.Units)
	}, parts(name, `
  SELECT p.category_id AS id, `+sumOf(name, "line.revenue")+` AS revenue, `+sumOf(name, "line.units")+` AS units
  FROM line JOIN products AS p ON p.id = line.product_id GROUP BY p.category_id`)+`
SELECT id, revenue, units, all_revenue, all_units FROM whole ORDER BY revenue DESC, units DESC, id`,
		p.From, p.To, string(currency), limit)
	if err != nil {
		return nil, fmt.Errorf("sales by category: %w", err)
	}
	out.Items = append(out.Items, rows...)
	if err := bounded(int64(out.Revenue), out.Units); err != nil {
		return nil, err
	}
	return out, nameCategories(ctx, client, out.Items)
}

func nameCategories(ctx context.Context, client *ent.Client, items []CategorySales) error {
	ids := make([]int64, len(items))
	for i := range items {
		ids[i] = items[i].ID
	}
	names, err := ways(ctx, client, ids)
	if err != nil {
		return err
	}
	for i := range items {
		way := names[items[i].ID]
		if len(way) > 0 {
			items[i].Name, items[i].Path = way[len(way)-1], strings.Join(way, " / ")
		}
	}
	return nil
}
