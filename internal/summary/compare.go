package summary

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/internal/store"
)

// Days returns the days of UTC with orders that have events after the given one, as far as
// the summaries include them. With 0 it returns all days with orders or summaries. It
// returns none as long as there are no summaries.
func Days(ctx context.Context, tx *sql.Tx, name string, after int64) ([]time.Time, error) {
	s := statements{name}
	position, _, err := counted(ctx, tx)
	if err != nil || position == 0 {
		return nil, err
	}
	query := "SELECT DISTINCT " + s.date("o.placed_at") +
		" FROM (SELECT DISTINCT order_id FROM order_events WHERE id > $1 AND id <= $2) AS c" +
		s.each("orders", "o", "id, placed_at", "o.id = c.order_id")
	args := []any{after, position}
	if after == 0 {
		query = "SELECT " + s.date("placed_at") + " FROM orders UNION SELECT " + s.date("since") + " FROM sales_slots" +
			" UNION SELECT " + s.date("since") + " FROM product_sales WHERE span = 'day'"
		args = nil
	}
	var days []time.Time
	err = store.Each(ctx, tx, func(rows *sql.Rows) error {
		var date string
		if err := rows.Scan(&date); err != nil {
			return err
		}
		day, err := time.Parse(time.DateOnly, date)
		days = append(days, day)
		return err //nolint:wrapcheck // the cause is clear
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("find the days: %w", err)
	}
	return days, nil
}

// date returns the expression for the day of UTC, such as 2026-11-01.
func (s statements) date(column string) string {
	return s.either("to_char("+column+" AT TIME ZONE 'UTC', 'YYYY-MM-DD')", "substr("+column+", 1, 10)")
}

// counted returns the position of the summaries, and the condition that an event e is in
// them.
func counted(ctx context.Context, tx *sql.Tx) (position int64, condition string, err error) {
	err = tx.QueryRowContext(ctx, "SELECT position FROM checkpoints WHERE name = '"+Checkpoint+"'").Scan(&position)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("find the summaries: %w", err)
	}
	gaps, err := readGaps(ctx, tx)
	return position, upTo(position, gaps), err
}

// upTo returns the condition that an event e is not after the position, and in none of the
// gaps.
func upTo(position int64, gaps []gap) string {
	var b strings.Builder
	fmt.Fprintf(&b, "e.id <= %d", position)
	for _, g := range gaps {
		fmt.Fprintf(&b, " AND NOT (e.id >= %d AND e.id <= %d)", g.first, g.last)
	}
	return b.String()
}

// Drift counts the errors in the summaries of a day.
type Drift struct {
	Slots      int64 // quarters of an hour that do not agree with the orders and their events
	Products   int64 // products whose day does not agree with the orders, or whose month is not the sum of its days
	Categories int64 // hours, days and months of categories that are not the sum of their products, and products that are filed elsewhere
}

// Compare finds the errors in the summaries of a day and, with month, those of its month.
func Compare(ctx context.Context, tx *sql.Tx, name string, day time.Time, month bool) (d Drift, err error) {
	s := statements{name}
	_, condition, err := counted(ctx, tx)
	if err != nil {
		return d, err
	}
	next := day.AddDate(0, 0, 1)
	first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		what, query string
		since, till time.Time
		into        *int64
		monthly     bool
	}{
		{"quarters of an hour", s.wrongSlots(condition), day, next, &d.Slots, false},
		{"products", s.wrongProducts(condition), day, next, &d.Products, false},
		{"categories", s.wrongCategories("day"), day, next, &d.Categories, false},
		{"categories by hour", s.wrongHours(condition), day, next, &d.Categories, false},
		{"products of the month", s.wrongMonths(), first, first.AddDate(0, 1, 0), &d.Products, true},
		{"categories of the month", s.wrongCategories("month"), first, first.AddDate(0, 1, 0), &d.Categories, true},
	} {
		if c.monthly && !month {
			continue
		}
		var wrong int64
		if err := tx.QueryRowContext(ctx, c.query, c.since, c.till).Scan(&wrong); err != nil {
			return d, fmt.Errorf("compare %s: %w", c.what, err)
		}
		*c.into += wrong
	}
	return d, nil
}

// counting joins the orders o of a day with those of their events e that are included.
func (s statements) counting(condition string) string { return "orders AS o" + s.eventsOf(condition) }

func (s statements) eventsOf(condition string) string {
	return s.each("order_events", "e", `kind, "to"`, "e.order_id = o.id AND "+condition+" AND "+Counts)
}

func (s statements) wrongSlots(condition string) string {
	return `
SELECT COUNT(*) FROM (
  SELECT since FROM (
    SELECT since, currency, orders, revenue, units FROM sales_slots WHERE since >= $1 AND since < $2
    UNION ALL
    SELECT ` + s.slot() + `, o.currency, -` + Sign + `, -` + Sign + ` * o.total_amount,
      -` + Sign + ` * (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS bigint) FROM order_items AS i WHERE i.order_id = o.id)
    FROM ` + s.counting(condition) + ` WHERE o.placed_at >= $1 AND o.placed_at < $2
  ) AS part GROUP BY since, currency HAVING SUM(orders) <> 0 OR ` + s.differ() + ` OR SUM(units) <> 0
) AS wrong`
}

func (s statements) wrongProducts(condition string) string {
	return `
SELECT COUNT(*) FROM (
  SELECT product_id FROM (
    SELECT since, currency, product_id, revenue, units FROM product_sales WHERE span = 'day' AND since >= $1 AND since < $2
    UNION ALL
    SELECT ` + s.day() + `, o.currency, i.product_id, -` + Sign + ` * ` + LineAmount + `, -` + Sign + ` * i.quantity
    FROM ` + s.counting(condition) +
		s.each("order_items", "i", "product_id, price, quantity", "i.order_id = o.id") + ` WHERE o.placed_at >= $1 AND o.placed_at < $2
  ) AS part GROUP BY since, currency, product_id HAVING ` + s.differ() + ` OR SUM(units) <> 0
) AS wrong`
}

// wrongMonths counts the products whose month is not the sum of its days.
func (s statements) wrongMonths() string {
	return `
SELECT COUNT(*) FROM (
  SELECT product_id FROM (
    SELECT currency, product_id, revenue, units FROM product_sales WHERE span = 'day' AND since >= $1 AND since < $2
    UNION ALL
    SELECT currency, product_id, -revenue, -units FROM product_sales WHERE span = 'month' AND since >= $1 AND since < $2
  ) AS part GROUP BY currency, product_id HAVING ` + s.differ() + ` OR SUM(units) <> 0
) AS wrong`
}

// wrongCategories counts the categories whose sum differs from that of their products, and
// the products sold in this time that belong to another category.
func (s statements) wrongCategories(span string) string {
	return `
WITH part AS (
  SELECT s.since, s.currency, s.product_id, f.category_id AS filed, p.category_id, s.revenue, s.units
  FROM product_sales AS s JOIN products AS p ON p.id = s.product_id
  LEFT JOIN product_filings AS f ON f.product_id = s.product_id
  WHERE s.span = '` + span + `' AND s.since >= $1 AND s.since < $2
)
SELECT (SELECT COUNT(*) FROM (
  SELECT category_id FROM (
    SELECT since, currency, category_id, revenue, units FROM category_sales WHERE span = '` + span + `' AND since >= $1 AND since < $2
    UNION ALL
    SELECT since, currency, filed, -revenue, -units FROM part
  ) AS compared GROUP BY since, currency, category_id HAVING ` + s.differ() + ` OR SUM(units) <> 0
) AS wrong) + (
  SELECT COUNT(DISTINCT product_id) FROM part WHERE COALESCE(filed, 0) <> category_id
  AND NOT EXISTS (SELECT 1 FROM product_changes AS c WHERE c.product_id = part.product_id)
)`
}

// wrongHours counts the hours of categories that differ from what was sold of their
// products.
func (s statements) wrongHours(condition string) string {
	return `
SELECT COUNT(*) FROM (
  SELECT since FROM (
    SELECT since, currency, category_id, revenue, units FROM category_sales WHERE span = 'hour' AND since >= $1 AND since < $2
    UNION ALL
    SELECT ` + s.hour() + `, o.currency, (SELECT f.category_id FROM product_filings AS f WHERE f.product_id = i.product_id),
      -` + Sign + ` * ` + LineAmount + `, -` + Sign + ` * i.quantity
    FROM ` + s.counting(condition) +
		s.each("order_items", "i", "product_id, price, quantity", "i.order_id = o.id") + ` WHERE o.placed_at >= $1 AND o.placed_at < $2
  ) AS part GROUP BY since, currency, category_id HAVING ` + s.differ() + ` OR SUM(units) <> 0
) AS wrong`
}

// CompareScarce counts the products that are wrongly stored as scarce, wrongly not stored,
// or stored with a wrong stock. It leaves out products with changes that the summaries have
// not read yet.
func CompareScarce(ctx context.Context, tx *sql.Tx, name string) (wrong int64, err error) {
	s := statements{name}
	position, condition, err := counted(ctx, tx)
	if err != nil || position == 0 {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `
WITH changed AS (
  SELECT i.product_id FROM (SELECT DISTINCT e.order_id FROM order_events AS e WHERE NOT (`+condition+`)) AS n`+
		s.each("order_items", "i", "product_id", "i.order_id = n.order_id")+`
  UNION
  SELECT product_id FROM product_changes
)
SELECT COUNT(*) FROM (
  SELECT id FROM products AS p WHERE `+Scarce+`
    AND NOT EXISTS (SELECT 1 FROM scarce_products AS s WHERE s.product_id = p.id AND s.stock = p.stock)
  UNION ALL
  SELECT product_id FROM scarce_products AS s WHERE NOT EXISTS (
    SELECT 1 FROM products AS p WHERE p.id = s.product_id AND `+Scarce+`)
) AS wrong WHERE id NOT IN (SELECT product_id FROM changed)`).Scan(&wrong)
	if err != nil {
		return 0, fmt.Errorf("compare scarce products: %w", err)
	}
	return wrong, nil
}
