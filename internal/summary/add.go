package summary

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
)

// add adds orders to the sums, and takes them out.
func add(ctx context.Context, tx *ent.Client, changes []change, now time.Time) error {
	if len(changes) == 0 {
		return nil
	}
	s := statements{postgres: tx.Dialect() == dialect.Postgres}
	list, args := s.changes(changes)
	args = append([]any{now}, args...)
	for _, statement := range []string{
		s.slots(list),
		s.products(list, "day", s.day()),
		s.products(list, "month", s.month()),
	} {
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return fmt.Errorf("add to the summaries: %w", err)
		}
	}
	return nil
}

// statements are SQL for one of the databases.
type statements struct{ postgres bool }

// lineAmount is what package report takes a line for: cut, so that nothing
// overflows whatever somebody has done to the table.
const lineAmount = "CASE WHEN i.price > 9007199254740991 / i.quantity THEN 9007199254740992 ELSE i.price * i.quantity END"

// changes is a table of orders and signs, with its arguments, of which the first
// is $2.
func (s statements) changes(changes []change) (table string, args []any) {
	if !s.postgres {
		var b strings.Builder
		for i, c := range changes {
			separator := byte(',')
			if i == 0 {
				separator = '['
			}
			fmt.Fprintf(&b, "%c[%d,%d]", separator, c.order, c.sign)
		}
		return "(SELECT value->>0 AS order_id, value->>1 AS sign FROM json_each($2)) AS c", []any{b.String() + "]"}
	}
	orders, signs := make([]int64, len(changes)), make([]int64, len(changes))
	for i, c := range changes {
		orders[i], signs[i] = c.order, c.sign
	}
	return "unnest($2::bigint[], $3::bigint[]) AS c (order_id, sign)", []any{orders, signs}
}

// orders and items look each row up by index: either planner takes reading the
// whole table for cheap.
func (s statements) orders() string {
	if s.postgres {
		return " CROSS JOIN LATERAL (SELECT id, placed_at, currency, total_amount FROM orders WHERE id = c.order_id OFFSET 0) AS o"
	}
	return " CROSS JOIN orders AS o ON o.id = c.order_id"
}

func (s statements) items() string {
	if s.postgres {
		return " CROSS JOIN LATERAL (SELECT product_id, price, quantity FROM order_items WHERE order_id = o.id OFFSET 0) AS i"
	}
	return " CROSS JOIN order_items AS i ON i.order_id = o.id"
}

// The beginning of the quarter of an hour, the day and the month in which an
// order was placed. SQLite has times as texts in UTC.
func (s statements) slot() string {
	if s.postgres {
		return "to_timestamp(floor(extract(epoch FROM o.placed_at) / 900) * 900)"
	}
	return "substr(o.placed_at, 1, 14) || printf('%02d', CAST(substr(o.placed_at, 15, 2) AS integer) / 15 * 15) || ':00+00:00'"
}

func (s statements) day() string {
	if s.postgres {
		return "date_trunc('day', o.placed_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'"
	}
	return "substr(o.placed_at, 1, 10) || ' 00:00:00+00:00'"
}

func (s statements) month() string {
	if s.postgres {
		return "date_trunc('month', o.placed_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'"
	}
	return "substr(o.placed_at, 1, 7) || '-01 00:00:00+00:00'"
}

// now is the first argument.
func (s statements) now() string {
	if s.postgres {
		return "$1::timestamptz"
	}
	return "$1"
}

func (s statements) slots(list string) string {
	return `
INSERT INTO sales_slots (created_at, since, currency, orders, revenue, units)
SELECT ` + s.now() + `, since, currency, SUM(sign), SUM(sign * total), SUM(sign * units) FROM (
  SELECT ` + s.slot() + ` AS since, o.currency, c.sign, o.total_amount AS total,
    (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS bigint) FROM order_items AS i WHERE i.order_id = o.id) AS units
  FROM ` + list + s.orders() + `
) AS counted
GROUP BY since, currency HAVING SUM(sign) <> 0 OR SUM(sign * total) <> 0 OR SUM(sign * units) <> 0
ON CONFLICT (since, currency) DO UPDATE SET orders = sales_slots.orders + excluded.orders,
  revenue = sales_slots.revenue + excluded.revenue, units = sales_slots.units + excluded.units`
}

func (s statements) products(list, span, since string) string {
	return `
INSERT INTO product_sales (created_at, span, since, currency, product_id, revenue, units)
SELECT ` + s.now() + `, '` + span + `', since, currency, product_id, SUM(sign * amount), SUM(sign * quantity) FROM (
  SELECT ` + since + ` AS since, o.currency, i.product_id, c.sign, ` + lineAmount + ` AS amount, i.quantity
  FROM ` + list + s.orders() + s.items() + `
) AS counted
GROUP BY since, currency, product_id HAVING SUM(sign * quantity) <> 0 OR SUM(sign * amount) <> 0
ON CONFLICT (span, since, currency, product_id) DO UPDATE SET
  revenue = product_sales.revenue + excluded.revenue, units = product_sales.units + excluded.units`
}
