package report

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// collect runs a query and reads its rows, after checking the viewer's permission, because
// ent's policies do not see SQL. PostgreSQL plans it for its arguments, because a day and a
// year need different plans.
func collect[T any](
	ctx context.Context, needed access.Permission, client *ent.Client, read func(*sql.Rows, *T) error, query string, args ...any,
) ([]T, error) {
	if err := access.Check(ctx, needed); err != nil {
		return nil, err
	}
	return store.All(store.Replan(ctx), client, read, query, args...)
}

// tooMuch is the value of a sum that exceeds shop.MaxMoney.
const tooMuch = int64(shop.MaxMoney) + 1

// Exact returns a sum, or nil when it exceeds shop.MaxMoney.
func Exact[T ~int64](sum T) *T {
	if int64(sum) >= tooMuch {
		return nil
	}
	return &sum
}

// sumOf is the SQL for an exact sum, or tooMuch when it exceeds shop.MaxMoney. On
// PostgreSQL it is a numeric, and capped. SQLite's SUM fails above 2^63, so TOTAL is used,
// which adds doubles: these hold every integer up to 2^53, and no larger sum of such
// integers looks smaller.
func sumOf(name, expression string) string { return cut(name, expression, "") }

// sumOver is sumOf over all rows of an answer, whatever its limit.
func sumOver(name, expression string) string { return cut(name, expression, " OVER ()") }

func cut(name, expression, over string) string {
	if name == dialect.Postgres {
		return fmt.Sprintf("CAST(LEAST(COALESCE(SUM(%s)%s, 0), %d) AS bigint)", expression, over, tooMuch)
	}
	return fmt.Sprintf("CAST(MIN(TOTAL(%s)%s, %d) AS bigint)", expression, over, tooMuch)
}

// units is the SQL for the units of an order AS o.
const units = "(SELECT CAST(COALESCE(SUM(i.quantity), 0) AS bigint) FROM order_items AS i WHERE i.order_id = o.id)"

// figures returns the columns of Sales for orders AS o.
func figures(name string) string {
	return "COUNT(*), " + sumOf(name, "o.total_amount") + ", " + sumOf(name, units)
}

// sold is the condition that orders AS o count as sales.
const sold = "o.status <> 'cancelled'"

// quoted returns a state as an SQL literal.
func quoted(status shop.OrderStatus) string { return "'" + string(status) + "'" }
