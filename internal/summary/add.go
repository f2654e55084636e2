package summary

import (
	"context"
	"time"

	"github.com/storekeeper/storekeeper/ent"
)

// add adds the events of runs to every sum: the amounts of their orders and lines, and the
// changes of their products.
func add(ctx context.Context, tx *ent.Client, runs []run, now time.Time) error {
	if len(runs) == 0 {
		return nil
	}
	s := statements{tx.Dialect()}
	table, args := s.numbers(columns(runs, func(r run) []int64 { return []int64{r.first, r.last} })...)
	return s.write(ctx, tx, s.counted(table)+", "+s.moved(table), append([]any{now}, args...),
		s.tallyOrders(), s.addSlots(), s.addProducts(), s.addCategories(), s.addFilings(), s.tallyScarce(), s.addScarce(), dropScarce)
}

// counted defines the tables from which everything is added up: the orders with events in
// runs (sold), their lines (line), these by product and day (sale), and their products
// (touched). Orders that were placed and cancelled within runs are included, because of
// their products.
func (s statements) counted(runs string) string {
	return `
WITH changed AS (
  SELECT e.order_id, SUM(` + Sign + `) AS sign FROM ` + runs +
		s.each("order_events", "e", `order_id, kind, "to"`, "e.id >= n.a AND e.id <= n.b AND "+Counts) + `
  GROUP BY e.order_id
), sold AS MATERIALIZED (
  SELECT o.id, c.sign, ` + s.slot() + ` AS slot, ` + s.hour() + ` AS hour,
    ` + s.day() + ` AS day, ` + s.month() + ` AS month, o.currency, o.total_amount
  FROM changed AS c` + s.each("orders", "o", "id, placed_at, currency, total_amount", "o.id = c.order_id") + `
), line AS MATERIALIZED (
  SELECT o.sign, o.slot, o.hour, o.day, o.month, o.currency, i.product_id, ` + LineAmount + ` AS amount, i.quantity
  FROM sold AS o` + s.each("order_items", "i", "product_id, price, quantity", "i.order_id = o.id") + `
), sale AS MATERIALIZED (
  SELECT day, month, currency, product_id,
    ` + Sum(s.dialect, "sign * amount") + ` AS revenue, CAST(SUM(sign * quantity) AS bigint) AS units
  FROM line GROUP BY day, month, currency, product_id
), touched AS MATERIALIZED (` + s.products("(SELECT DISTINCT product_id AS a FROM line) AS n") + `)`
}

// products selects the products n.a with their categories, the categories under which they
// are filed, and whether they are scarce.
func (s statements) products(of string) string {
	return `
  SELECT p.id, p.category_id, (SELECT f.category_id FROM product_filings AS f WHERE f.product_id = p.id) AS filed, p.stock,
    ` + Scarce + ` AS scarce
  FROM ` + of + s.each("products", "p", "id, category_id, stock, low_stock_at, is_active, deleted_at", "p.id = n.a")
}

// Scarce is the SQL condition that a product is on sale, and out of stock or low.
const Scarce = "COALESCE(deleted_at IS NULL AND is_active AND (stock = 0 OR stock <= low_stock_at), FALSE)"

// addSlots and the following functions write rows in the order in which reports read them,
// so that rows that are read together share a page.
func (s statements) addSlots() string {
	return `
INSERT INTO sales_slots (created_at, since, currency, orders, revenue, units)
SELECT ` + s.now() + `, since, currency, SUM(orders), ` + s.revenue() + `, SUM(units) FROM (
  SELECT slot AS since, currency, sign AS orders, sign * total_amount AS revenue, 0 AS units FROM sold
  UNION ALL
  SELECT slot, currency, 0, 0, sign * quantity FROM line
) AS part
GROUP BY since, currency HAVING SUM(orders) <> 0 OR ` + s.revenue() + ` <> 0 OR SUM(units) <> 0
ORDER BY since
ON CONFLICT (since, currency) DO UPDATE SET orders = sales_slots.orders + excluded.orders,
  revenue = ` + grown("sales_slots") + `, units = sales_slots.units + excluded.units`
}

func (s statements) addProducts() string {
	return `
INSERT INTO product_sales (created_at, span, since, currency, product_id, revenue, units)
SELECT ` + s.now() + `, span, since, currency, product_id, revenue, units FROM (
  SELECT 'day' AS span, day AS since, currency, product_id, revenue, units FROM sale
  UNION ALL
  SELECT 'month', month, currency, product_id, ` + s.revenue() + `, SUM(units) FROM sale GROUP BY month, currency, product_id
) AS part
WHERE revenue <> 0 OR units <> 0
ORDER BY since, product_id
ON CONFLICT (span, since, currency, product_id) DO UPDATE SET
  revenue = ` + grown("product_sales") + `, units = product_sales.units + excluded.units`
}

// intoCategories adds parts to the sums of categories.
func (s statements) intoCategories(parts string) string {
	return `
INSERT INTO category_sales (created_at, span, since, currency, category_id, revenue, units)
SELECT ` + s.now() + `, span, since, currency, category_id, ` + s.revenue() + `, SUM(units) FROM (` + parts + `) AS part
GROUP BY span, since, currency, category_id HAVING ` + s.revenue() + ` <> 0 OR SUM(units) <> 0
ORDER BY span, since
ON CONFLICT (span, since, currency, category_id) DO UPDATE SET
  revenue = ` + grown("category_sales") + `, units = category_sales.units + excluded.units`
}

func (s statements) addCategories() string {
	const in, of = "COALESCE(t.filed, t.category_id) AS category_id", "JOIN touched AS t ON t.id = s.product_id"
	return s.intoCategories(`
  SELECT 'hour' AS span, s.hour AS since, s.currency, ` + in + `,
    s.sign * s.amount AS revenue, s.sign * s.quantity AS units FROM line AS s ` + of + `
  UNION ALL
  SELECT 'day', s.day, s.currency, ` + in + `, s.revenue, s.units FROM sale AS s ` + of + `
  UNION ALL
  SELECT 'month', s.month, s.currency, ` + in + `, s.revenue, s.units FROM sale AS s ` + of)
}

// addFilings files the products that are not filed yet.
func (s statements) addFilings() string {
	return `
INSERT INTO product_filings (created_at, product_id, category_id)
SELECT ` + s.now() + `, id, category_id FROM touched WHERE filed IS NULL ORDER BY id
ON CONFLICT (product_id) DO NOTHING`
}

func (s statements) addScarce() string {
	return `
INSERT INTO scarce_products (created_at, product_id, stock)
SELECT ` + s.now() + `, id, stock FROM touched WHERE scarce ORDER BY id
ON CONFLICT (product_id) DO UPDATE SET stock = excluded.stock WHERE scarce_products.stock <> excluded.stock`
}

const dropScarce = `
DELETE FROM scarce_products WHERE product_id IN (SELECT id FROM touched WHERE NOT scarce)`
