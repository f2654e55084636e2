package reconcile

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/storekeeper/storekeeper/internal/store"
)

// atOnce is how many orders, new movements or events are checked together. Orders, their
// items and their sales are stored side by side, so that narrow spans cost nothing extra.
func atOnce(context.Context, extent) (int64, error) { return 20_000, nil }

// itemBounds finds the first and the last item of a span of orders. Items of other orders
// may lie between them. The ids have 0 added because PostgreSQL would otherwise look for
// the least one by walking all items in order until it meets one of these orders.
const itemBounds = `
SELECT COALESCE(MIN(id + 0), 0), COALESCE(MAX(id + 0), 0) FROM order_items WHERE order_id > $1 AND order_id <= $2`

// orderDrifts returns the query for those of the selected orders that do not agree with
// their items. The argument which is a condition that selects orders by ID; movements is an
// additional condition on the movements. Amounts far beyond every limit are capped, so that
// no sum can overflow.
func orderDrifts(with, which, movements string) string {
	of := func(id string) string { return strings.ReplaceAll(which, "ID", id) }
	return `
WITH ` + with + `item AS (
  SELECT i.id, i.order_id,
    CASE WHEN i.price > 18014398509481982 / i.quantity THEN 18014398509481982 ELSE i.price * i.quantity END AS amount,
    COUNT(CASE WHEN m.reason = 'sale' THEN 1 END) AS sales,
    COUNT(CASE WHEN m.reason = 'cancellation' THEN 1 END) AS cancellations,
    COUNT(CASE WHEN m.reason = 'return' THEN 1 END) AS returns,
    COUNT(CASE WHEN m.reason = 'damage' THEN 1 END) AS damages,
    MAX(CASE WHEN m.reason = 'return' THEN m.quantity_change END) AS returned,
    MIN(CASE WHEN m.reason = 'damage' AND m.quantity_change >= -i.quantity THEN m.quantity_change END) AS damaged,
    COUNT(CASE WHEN m.product_id <> i.product_id OR CASE m.reason
      WHEN 'sale' THEN m.quantity_change <> -i.quantity
      WHEN 'return' THEN m.quantity_change < 1 OR m.quantity_change > i.quantity
      WHEN 'damage' THEN m.quantity_change > -1 OR m.quantity_change < -i.quantity
      ELSE m.quantity_change <> i.quantity END THEN 1 END) AS wrong
  FROM order_items AS i
  LEFT JOIN inventory_movements AS m ON m.order_item_id = i.id` + movements + ` AND m.reason IN ('sale', 'cancellation', 'return', 'damage')
  WHERE ` + of("i.order_id") + `
  GROUP BY i.id
), checked AS (
  SELECT o.id, o.status, o.total_amount, COALESCE(SUM(i.amount), 0) AS total,
    COUNT(CASE WHEN i.sales <> 1 OR i.wrong > 0 OR i.damages > i.returns OR -i.damaged > i.returned
      OR i.cancellations <> CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END
      OR i.returns > CASE WHEN o.status IN ('shipped', 'delivered') THEN 1 ELSE 0 END THEN 1 END) AS broken
  FROM orders AS o LEFT JOIN item AS i ON i.order_id = o.id
  WHERE ` + of("o.id") + `
  GROUP BY o.id
)
SELECT id, status, total_amount, CAST(total AS bigint), broken
FROM checked WHERE total_amount <> total OR broken > 0 ORDER BY id`
}

// spanDrifts finds the drifts in a span of orders. Given the bounds of the items, the
// database reads the movements as one range.
var spanDrifts = orderDrifts("", "ID > $1 AND ID <= $2", " AND m.order_item_id >= $3 AND m.order_item_id <= $4")

func (r *run) orders(ctx context.Context, p *page, s span) error {
	var first, last int64
	if err := p.tx.QueryRowContext(ctx, itemBounds, s.after, s.to).Scan(&first, &last); err != nil {
		return fmt.Errorf("find items: %w", err)
	}
	return r.listOrders(ctx, p, spanDrifts, s.after, s.to, first, last)
}

func (r *run) listOrders(ctx context.Context, p *page, query string, args ...any) error {
	return store.Each(ctx, p.tx, func(rows *sql.Rows) error {
		var d OrderDrift
		if err := rows.Scan(&d.OrderID, &d.Status, &d.Total, &d.ItemsTotal, &d.BrokenItems); err != nil {
			return err
		}
		if r.seen("order", d.OrderID) {
			return nil
		}
		r.report.OrderDrifts++
		if len(r.report.OrderList) < maxListed {
			r.report.OrderList = append(r.report.OrderList, d)
		}
		return nil
	}, query, args...)
}
