package summary

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// The tallies of scarce products. Those of orders have the names of their states.
const (
	OutOfStock = "out_of_stock"
	LowStock   = "low_stock"
)

// tallyAnew computes the tallies of everything that is counted up to the position, except
// gaps, and of the scarce products. Afterwards all tallies exist, even those that are zero.
func tallyAnew(ctx context.Context, tx *ent.Client, position int64, gaps []gap, now time.Time) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM tallies"); err != nil {
		return fmt.Errorf("forget the tallies: %w", err)
	}
	s := statements{tx.Dialect()}
	names := []string{"('" + OutOfStock + "')", "('" + LowStock + "')"}
	for _, status := range shop.OrderStatuses {
		names = append(names, "('"+string(status)+"')")
	}
	parts := []string{
		"SELECT column1 AS name, 0 AS n FROM (VALUES " + strings.Join(names, ", ") + ") AS v",
		"SELECT " + level("stock") + ", 1 FROM scarce_products",
	}
	if _, err := tx.ExecContext(ctx, s.intoTallies(parts...), now); err != nil {
		return fmt.Errorf("tally scarce products: %w", err)
	}
	var runs []run
	first := int64(1)
	for _, g := range gaps {
		runs, first = append(runs, run{first, g.first - 1}), g.last+1
	}
	runs = append(runs, run{first, position})
	table, args := s.numbers(columns(runs, func(r run) []int64 { return []int64{r.first, r.last} })...)
	return s.write(ctx, tx, "WITH "+s.moved(table), append([]any{now}, args...), s.tallyOrders())
}

// tallied reports whether there are tallies. There are none before the first step, nor in a
// shop that was summarised before tallies existed.
func tallied(ctx context.Context, tx *ent.Client) (is bool, err error) {
	err = store.Each(ctx, tx, func(rows *sql.Rows) error { return rows.Scan(&is) }, "SELECT EXISTS (SELECT 1 FROM tallies)")
	if err != nil {
		return false, fmt.Errorf("find the tallies: %w", err)
	}
	return is, nil
}

// moved is a table of the states that orders entered and left with the events in runs.
func (s statements) moved(runs string) string {
	return `moved AS (SELECT e."from", e."to" FROM ` + runs +
		s.each("order_events", "e", `"from", "to", kind`, "e.id >= n.a AND e.id <= n.b AND "+Moves) + `)`
}

// Moves is the SQL condition on an event e that it changes the state of its order.
const Moves = "e.kind IN ('placed', 'transition')"

// tallyOrders adds the rows of moved to the tallies.
func (s statements) tallyOrders() string {
	return s.intoTallies(Came, Left)
}

// Came and Left select what is added to the tallies of the states that the orders of a
// table moved entered and left.
const (
	Came = `SELECT "to" AS name, 1 AS n FROM moved`
	Left = `SELECT "from", -1 FROM moved WHERE "from" IS NOT NULL`
)

// tallyScarce adds the changes of scarce products in touched to the tallies, before the
// products are written.
func (s statements) tallyScarce() string {
	return s.intoTallies(
		"SELECT "+level("stock")+" AS name, 1 AS n FROM touched WHERE scarce",
		"SELECT "+level("s.stock")+", -1 FROM touched AS t JOIN scarce_products AS s ON s.product_id = t.id",
	)
}

// level returns the SQL for the tally that a scarce product belongs to.
func level(stock string) string {
	return "CASE WHEN " + stock + " = 0 THEN '" + OutOfStock + "' ELSE '" + LowStock + "' END"
}

// intoTallies adds parts with the columns name and n to the tallies.
func (s statements) intoTallies(parts ...string) string {
	return `
INSERT INTO tallies (created_at, name, number)
SELECT ` + s.now() + `, name, CAST(SUM(n) AS bigint) FROM (` + strings.Join(parts, " UNION ALL ") + `) AS part
GROUP BY name
ON CONFLICT (name) DO UPDATE SET number = tallies.number + excluded.number`
}

// CompareTallies counts the tallies that differ from the orders and the scarce products. In
// a shop without tallies none can be wrong.
func CompareTallies(ctx context.Context, tx *sql.Tx) (wrong int64, err error) {
	position, condition, err := counted(ctx, tx)
	if err != nil || position == 0 {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `
WITH moved AS (SELECT e."from", e."to" FROM order_events AS e WHERE `+Moves+` AND NOT (`+condition+`))
SELECT COUNT(*) FROM (
  SELECT name FROM (`+strings.Join([]string{
		"SELECT name, number AS n FROM tallies", Came, Left,
		"SELECT status, -COUNT(*) FROM orders GROUP BY status",
		"SELECT " + level("stock") + ", -COUNT(*) FROM scarce_products GROUP BY 1",
	}, " UNION ALL ")+`) AS part GROUP BY name HAVING SUM(n) <> 0
) AS wrong WHERE EXISTS (SELECT 1 FROM tallies)`).Scan(&wrong)
	if err != nil {
		return 0, fmt.Errorf("compare the tallies: %w", err)
	}
	return wrong, nil
}
