package summary

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
)

// A step reads at most someChanges changes of products. On SQLite, where others wait for the
// step, it moves at most fewMoves products to other categories: to move what was sold of a
// product in a year takes some 5 ms.
const someChanges, fewMoves = 1_000, 10

// move is a product whose category is not the one under which it is filed.
type move struct{ product, was, is int64 }

// lookAgain moves the products that have a ProductChange to their present categories, and
// finds out whether they are scarce. counted is the condition that an event e is in the
// sums. It reports whether there may be more changes. A change that is committed later has
// a row of its own, which remains.
func lookAgain(ctx context.Context, tx *ent.Client, counted string, now time.Time) (more bool, err error) {
	most := someChanges
	if tx.Dialect() == dialect.SQLite {
		most = fewMoves
	}
	var (
		ids      []string
		products []int64
		moves    []move
		moved    = map[int64]bool{}
	)
	err = store.Each(ctx, tx, func(rows *sql.Rows) error {
		var id int64
		var m move
		if err := rows.Scan(&id, &m.product, &m.was, &m.is); err != nil {
			return err
		}
		if m.was != 0 && m.was != m.is && !moved[m.product] {
			if len(moves) == most {
				more = true
				return nil
			}
			moves, moved[m.product] = append(moves, m), true
		}
		ids, products = append(ids, strconv.FormatInt(id, 10)), append(products, m.product)
		return nil
	}, `
SELECT c.id, c.product_id, COALESCE(f.category_id, 0), COALESCE(p.category_id, 0)
FROM (SELECT id, product_id FROM product_changes ORDER BY id LIMIT $1) AS c
LEFT JOIN products AS p ON p.id = c.product_id LEFT JOIN product_filings AS f ON f.product_id = c.product_id
ORDER BY c.id`, someChanges)
	if err != nil {
		return false, fmt.Errorf("read the changes of products: %w", err)
	}
	if len(ids) == 0 {
		return false, nil
	}
	s := statements{tx.Dialect()}
	if err := s.refile(ctx, tx, moves, counted, now); err != nil {
		return false, err
	}
	table, args := s.numbers(products)
	distinct := "(SELECT DISTINCT a FROM " + table + ") AS n"
	err = s.write(ctx, tx, "WITH touched AS ("+s.products(distinct)+")", append([]any{now}, args...),
		s.tallyScarce(), s.addScarce(), dropScarce)
	if err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM product_changes WHERE id IN ("+strings.Join(ids, ", ")+")"); err != nil {
		return false, fmt.Errorf("forget the changes of products: %w", err)
	}
	return more || len(ids) == someChanges, nil
}

// refile moves everything that was ever sold of products from one category to another. The
// sums of products are by day and month; sums by hour are computed from the order lines.
func (s statements) refile(ctx context.Context, tx *ent.Client, moves []move, counted string, now time.Time) error {
	if len(moves) == 0 {
		return nil
	}
	table, args := s.numbers(columns(moves, func(m move) []int64 { return []int64{m.product, m.was, m.is} })...)
	args = append([]any{now}, args...)
	sums := "s.span = c.span AND s.since = c.since AND s.currency = c.currency AND s.product_id = n.a"
	lines := s.each("order_items", "i", "order_id, price, quantity", "i.product_id = n.a") +
		s.each("orders", "o", "id, placed_at, currency", "o.id = i.order_id") + s.eventsOf(counted)
	err := s.write(ctx, tx, `
WITH sale AS MATERIALIZED (
  SELECT n.b AS was, n.c AS becomes, s.span, s.since, s.currency, s.revenue, s.units
  FROM `+table+` JOIN category_sales AS c ON c.category_id = n.b AND c.span IN ('day', 'month')`+
		s.each("product_sales", "s", "span, since, currency, revenue, units", sums)+`
  UNION ALL
  SELECT n.b, n.c, 'hour', `+s.hour()+`, o.currency, `+Sign+` * `+LineAmount+`, `+Sign+` * i.quantity
  FROM `+table+lines+`
)`, args, s.intoCategories(`
  SELECT span, since, currency, was AS category_id, -revenue AS revenue, -units AS units FROM sale
  UNION ALL
  SELECT span, since, currency, becomes, revenue, units FROM sale`))
	if err != nil {
		return err
	}
	// Unless the list is made a table, SQLite may read all filings, and the list for each of them.
	filings := "WITH moved AS MATERIALIZED (SELECT a, c FROM " + table + ")" +
		" UPDATE product_filings SET category_id = moved.c FROM moved WHERE product_filings.product_id = moved.a"
	if s.postgres() { // PostgreSQL requires a type for every argument
		filings += " AND $1::timestamptz IS NOT NULL"
	}
	if _, err := tx.ExecContext(ctx, filings, args...); err != nil {
		return fmt.Errorf("file products: %w", err)
	}
	return nil
}

// allScarce reads every product, before the first step.
func allScarce(ctx context.Context, tx *ent.Client, now time.Time) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM scarce_products"); err != nil {
		return fmt.Errorf("forget scarce products: %w", err)
	}
	s := statements{tx.Dialect()}
	_, err := tx.ExecContext(ctx, "INSERT INTO scarce_products (created_at, product_id, stock) SELECT "+s.now()+
		", id, stock FROM products WHERE "+Scarce+" ORDER BY id", now)
	if err != nil {
		return fmt.Errorf("find scarce products: %w", err)
	}
	return nil
}
