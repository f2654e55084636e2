package summary

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
)

// add counts the events of runs: what their orders and lines come to, in every
// sum, and what became of their products.
func add(ctx context.Context, tx *ent.Client, runs []run, now time.Time) error {
	if len(runs) == 0 {
		return nil
	}
	s := statements{postgres: tx.Dialect() == dialect.Postgres}
	table, args := s.numbers(columns(runs, func(r run) []int64 { return []int64{r.first, r.last} })...)
	return s.write(ctx, tx, s.counted(table)+", "+s.moved(table), append([]any{now}, args...),
		s.tallyOrders(), s.addSlots(), s.addProducts(), s.addCategories(), s.addFilings(), s.tallyScarce(), s.addScarce(), dropScarce)
}

// statements are SQL for one of the databases. The first argument of all is the
// present time.
type statements struct{ postgres bool }

// write runs what all begin with the same tables: as one statement that computes
// them once, or, on SQLite, which has no such statements, one after the other.
func (s statements) write(ctx context.Context, tx *ent.Client, tables string, args []any, writes ...string) error {
	if s.postgres {
		var b strings.Builder
		b.WriteString(tables)
		for i, write := range writes {
			fmt.Fprintf(&b, ", write_%d AS (%s)", i, write)
		}
		writes = []string{b.String() + " SELECT 1"}
	}
	for _, write := range writes {
		if !s.postgres {
			write = tables + write
		}
		if _, err := tx.ExecContext(ctx, write, args...); err != nil {
			return fmt.Errorf("add to the summaries: %w", err)
		}
	}
	return nil
}

// columns turns rows into columns.
func columns[T any](rows []T, values func(T) []int64) [][]int64 {
	var out [][]int64
	for i, row := range rows {
		for j, v := range values(row) {
			if i == 0 {
				out = append(out, make([]int64, len(rows)))
			}
			out[j][i] = v
		}
	}
	return out
}

// numbers is a table n with columns a, b, ..., of the arguments after the first.
func (s statements) numbers(columns ...[]int64) (table string, args []any) {
	names, values := make([]string, len(columns)), make([]string, len(columns))
	for i := range columns {
		names[i] = string(rune('a' + i))
		values[i] = fmt.Sprintf("value->>%d AS %s", i, names[i])
		if s.postgres {
			values[i] = fmt.Sprintf("$%d::bigint[]", 2+i)
			args = append(args, columns[i])
		}
	}
	if s.postgres {
		return "unnest(" + strings.Join(values, ", ") + ") AS n (" + strings.Join(names, ", ") + ")", args
	}
	var b strings.Builder
	for i := range columns[0] {
		b.WriteString(map[bool]string{true: "[", false: ",["}[i == 0])
		for j := range columns {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprint(&b, columns[j][i])
		}
		b.WriteByte(']')
	}
	return "(SELECT " + strings.Join(values, ", ") + " FROM json_each($2)) AS n", []any{"[" + b.String() + "]"}
}

// each joins to every row before it the rows of a table that a condition on its
// columns finds, one by one by index: either planner takes reading the whole
// table for cheap.
func (s statements) each(columns, table, name, condition string) string {
	if s.postgres {
		return " CROSS JOIN LATERAL (SELECT " + columns + " FROM " + table + " AS " + name + " WHERE " + condition + " OFFSET 0) AS " + name
	}
	return " CROSS JOIN " + table + " AS " + name + " ON " + condition
}

// lineAmount is what package report takes a line for: cut, so that nothing
// overflows whatever somebody has done to the table.
const lineAmount = "CASE WHEN i.price > 9007199254740991 / i.quantity THEN 9007199254740992 ELSE i.price * i.quantity END"

// counted are the tables that everything is added up from: of the orders with
// events in runs (sold), of their lines (line), of these by product and day
// (sale), and of their products (touched). Orders that came and went are there,
// too, for the sake of their products.
func (s statements) counted(runs string) string {
	return `
WITH changed AS (
  SELECT e.order_id, SUM(` + sign + `) AS sign FROM ` + runs +
		s.each(`order_id, kind, "to"`, "order_events", "e", "e.id >= n.a AND e.id <= n.b AND ("+counts+")") + `
  GROUP BY e.order_id
), sold AS MATERIALIZED (
  SELECT o.id, c.sign, ` + s.slot("o.placed_at") + ` AS slot, ` + s.day("o.placed_at") + ` AS day, ` + s.month("o.placed_at") + ` AS month,
    o.currency, o.total_amount
  FROM changed AS c` + s.each("id, placed_at, currency, total_amount", "orders", "o", "o.id = c.order_id") + `
), line AS MATERIALIZED (
  SELECT o.sign, o.slot, o.day, o.month, o.currency, i.product_id, ` + lineAmount + ` AS amount, i.quantity
  FROM sold AS o` + s.each("product_id, price, quantity", "order_items", "i", "i.order_id = o.id") + `
), sale AS MATERIALIZED (
  SELECT day, month, currency, product_id,
    CAST(SUM(sign * amount) AS bigint) AS revenue, CAST(SUM(sign * quantity) AS bigint) AS units
  FROM line GROUP BY day, month, currency, product_id HAVING SUM(sign * quantity) <> 0 OR SUM(sign * amount) <> 0
), touched AS MATERIALIZED (` + s.products("(SELECT DISTINCT product_id AS a FROM line) AS n") + `)`
}

// products are those of n.a, their categories, that in which they are filed, and
// whether they are scarce.
func (s statements) products(of string) string {
	return `
  SELECT p.id, p.category_id, (SELECT f.category_id FROM product_filings AS f WHERE f.product_id = p.id) AS filed, p.stock,
    ` + Scarce + ` AS scarce
  FROM ` + of + s.each("id, category_id, stock, low_stock_at, is_active, deleted_at", "products", "p", "p.id = n.a")
}

// Scarce says of a product on sale that it is out of stock or low.
const Scarce = "COALESCE(deleted_at IS NULL AND is_active AND (stock = 0 OR stock <= low_stock_at), FALSE)"

// The beginning of the quarter of an hour, the day and the month of a time.
// SQLite has times as texts in UTC.
func (s statements) slot(column string) string {
	if s.postgres {
		return "date_bin('15 minutes', " + column + ", '2000-01-01 00:00:00+00')"
	}
	return "substr(" + column + ", 1, 14) || printf('%02d', CAST(substr(" + column + ", 15, 2) AS integer) / 15 * 15) || ':00+00:00'"
}

func (s statements) day(column string) string {
	if s.postgres {
		return "date_bin('1 day', " + column + ", '2000-01-01 00:00:00+00')"
	}
	return "substr(" + column + ", 1, 10) || ' 00:00:00+00:00'"
}

func (s statements) month(column string) string {
	if s.postgres {
		return "date_trunc('month', " + column + " AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'"
	}
	return "substr(" + column + ", 1, 7) || '-01 00:00:00+00:00'"
}

func (s statements) now() string {
	if s.postgres {
		return "$1::timestamptz"
	}
	return "$1"
}

func (s statements) addSlots() string {
	return `
INSERT INTO sales_slots (created_at, since, currency, orders, revenue, units)
SELECT ` + s.now() + `, since, currency, SUM(orders), SUM(revenue), SUM(units) FROM (
  SELECT slot AS since, currency, sign AS orders, sign * total_amount AS revenue, 0 AS units FROM sold
  UNION ALL
  SELECT slot, currency, 0, 0, sign * quantity FROM line
) AS part
GROUP BY since, currency HAVING SUM(orders) <> 0 OR SUM(revenue) <> 0 OR SUM(units) <> 0
ON CONFLICT (since, currency) DO UPDATE SET orders = sales_slots.orders + excluded.orders,
  revenue = sales_slots.revenue + excluded.revenue, units = sales_slots.units + excluded.units`
}

func (s statements) addProducts() string {
	return `
INSERT INTO product_sales (created_at, span, since, currency, product_id, revenue, units)
SELECT ` + s.now() + `, span, since, currency, product_id, revenue, units FROM (
  SELECT 'day' AS span, day AS since, currency, product_id, revenue, units FROM sale
  UNION ALL
  SELECT 'month', month, currency, product_id, SUM(revenue), SUM(units) FROM sale GROUP BY month, currency, product_id
) AS part
WHERE revenue <> 0 OR units <> 0
ORDER BY since, product_id
ON CONFLICT (span, since, currency, product_id) DO UPDATE SET
  revenue = product_sales.revenue + excluded.revenue, units = product_sales.units + excluded.units`
}

// intoCategories adds parts to the sums of categories.
func (s statements) intoCategories(parts string) string {
	return `
INSERT INTO category_sales (created_at, span, since, currency, category_id, revenue, units)
SELECT ` + s.now() + `, span, since, currency, category_id, SUM(revenue), SUM(units) FROM (` + parts + `) AS part
GROUP BY span, since, currency, category_id HAVING SUM(revenue) <> 0 OR SUM(units) <> 0
ON CONFLICT (span, since, currency, category_id) DO UPDATE SET
  revenue = category_sales.revenue + excluded.revenue, units = category_sales.units + excluded.units`
}

func (s statements) addCategories() string {
	of := "COALESCE(t.filed, t.category_id) AS category_id, s.revenue, s.units FROM sale AS s JOIN touched AS t ON t.id = s.product_id"
	return s.intoCategories(`
  SELECT 'day' AS span, s.day AS since, s.currency, ` + of + `
  UNION ALL
  SELECT 'month', s.month, s.currency, ` + of)
}

// addFilings files the products that were not.
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
