package summary

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
)

// Days are the days of UTC that have orders with events after the given one, as
// far as the summaries count; with 0, all days with orders or summaries. There
// are none as long as there are no summaries.
func Days(ctx context.Context, tx *sql.Tx, name string, after int64) ([]time.Time, error) {
	s := statements{postgres: name == dialect.Postgres}
	position, _, err := counted(ctx, tx)
	if err != nil || position == 0 {
		return nil, err
	}
	query := "SELECT DISTINCT " + s.date("o.placed_at") +
		" FROM (SELECT DISTINCT order_id FROM order_events WHERE id > $1 AND id <= $2) AS c" + s.orders()
	args := []any{after, position}
	if after == 0 {
		query = "SELECT " + s.date("placed_at") + " FROM orders UNION SELECT " + s.date("since") + " FROM sales_slots" +
			" UNION SELECT " + s.date("since") + " FROM product_sales WHERE span = 'day'"
		args = nil
	}
	var days []time.Time
	err = scan(ctx, tx, query, args, func(rows *sql.Rows) error {
		var date string
		if err := rows.Scan(&date); err != nil {
			return err
		}
		day, err := time.Parse(time.DateOnly, date)
		days = append(days, day)
		return err //nolint:wrapcheck // says it all
	})
	if err != nil {
		return nil, fmt.Errorf("find the days: %w", err)
	}
	return days, nil
}

// date is the day of UTC as 2026-11-01.
func (s statements) date(column string) string {
	if s.postgres {
		return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
	}
	return "substr(" + column + ", 1, 10)"
}

// counted is up to where the summaries count, and the condition that an event e
// is in them.
func counted(ctx context.Context, tx *sql.Tx) (position int64, condition string, err error) {
	err = tx.QueryRowContext(ctx, "SELECT position FROM checkpoints WHERE name = '"+Checkpoint+"'").Scan(&position)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("find the summaries: %w", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "e.id <= %d", position)
	err = scan(ctx, tx, "SELECT first_id, last_id FROM event_gaps", nil, func(rows *sql.Rows) error {
		var g gap
		if err := rows.Scan(&g.first, &g.last); err != nil {
			return err
		}
		fmt.Fprintf(&b, " AND NOT (e.id >= %d AND e.id <= %d)", g.first, g.last)
		return nil
	})
	return position, b.String(), err
}

// Compare counts the quarters of an hour of a day whose summary is not what the
// orders and their events say, and the products whose day is not; with month, the
// products whose month is not the sum of its days, too.
func Compare(ctx context.Context, tx *sql.Tx, name string, day time.Time, month bool) (slots, products int64, err error) {
	s := statements{postgres: name == dialect.Postgres}
	_, condition, err := counted(ctx, tx)
	if err != nil {
		return 0, 0, err
	}
	next := day.AddDate(0, 0, 1)
	if err := tx.QueryRowContext(ctx, s.wrongSlots(condition), day, next).Scan(&slots); err != nil {
		return 0, 0, fmt.Errorf("compare quarters of an hour: %w", err)
	}
	if err := tx.QueryRowContext(ctx, s.wrongProducts(condition), day, next).Scan(&products); err != nil {
		return 0, 0, fmt.Errorf("compare products: %w", err)
	}
	if !month {
		return slots, products, nil
	}
	var more int64
	first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	if err := tx.QueryRowContext(ctx, wrongMonths, first, first.AddDate(0, 1, 0)).Scan(&more); err != nil {
		return 0, 0, fmt.Errorf("compare the month: %w", err)
	}
	return slots, products + more, nil
}

// counting joins to the orders o of a day the signs of those of their events that
// are counted.
func (s statements) counting(condition string) string {
	condition = "e.order_id = o.id AND " + condition + " AND (e.kind = 'placed' OR e.kind = 'transition' AND e.\"to\" = 'cancelled')"
	if s.postgres {
		return "orders AS o CROSS JOIN LATERAL (SELECT " + sign + " AS sign FROM order_events AS e WHERE " + condition + " OFFSET 0) AS c"
	}
	return "orders AS o CROSS JOIN (SELECT e.id, e.order_id, e.kind, e.\"to\", " + sign + " AS sign FROM order_events AS e) AS c ON " +
		strings.ReplaceAll(condition, "e.", "c.")
}

func (s statements) wrongSlots(condition string) string {
	return `
SELECT COUNT(*) FROM (
  SELECT since FROM (
    SELECT since, currency, orders, revenue, units FROM sales_slots WHERE since >= $1 AND since < $2
    UNION ALL
    SELECT ` + s.slot() + `, o.currency, -c.sign, -c.sign * o.total_amount,
      -c.sign * (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS bigint) FROM order_items AS i WHERE i.order_id = o.id)
    FROM ` + s.counting(condition) + ` WHERE o.placed_at >= $1 AND o.placed_at < $2
  ) AS part GROUP BY since, currency HAVING SUM(orders) <> 0 OR SUM(revenue) <> 0 OR SUM(units) <> 0
) AS wrong`
}

func (s statements) wrongProducts(condition string) string {
	return `
SELECT COUNT(*) FROM (
  SELECT product_id FROM (
    SELECT since, currency, product_id, revenue, units FROM product_sales WHERE span = 'day' AND since >= $1 AND since < $2
    UNION ALL
    SELECT ` + s.day() + `, o.currency, i.product_id, -c.sign * ` + lineAmount + `, -c.sign * i.quantity
    FROM ` + s.counting(condition) + s.items() + ` WHERE o.placed_at >= $1 AND o.placed_at < $2
  ) AS part GROUP BY since, currency, product_id HAVING SUM(revenue) <> 0 OR SUM(units) <> 0
) AS wrong`
}

// wrongMonths counts the products whose month is not the sum of its days.
const wrongMonths = `
SELECT COUNT(*) FROM (
  SELECT product_id FROM (
    SELECT currency, product_id, revenue, units FROM product_sales WHERE span = 'day' AND since >= $1 AND since < $2
    UNION ALL
    SELECT currency, product_id, -revenue, -units FROM product_sales WHERE span = 'month' AND since >= $1 AND since < $2
  ) AS part GROUP BY currency, product_id HAVING SUM(revenue) <> 0 OR SUM(units) <> 0
) AS wrong`

// scan calls read for every row of the answer.
func scan(ctx context.Context, tx *sql.Tx, query string, args []any, read func(*sql.Rows) error) (err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
