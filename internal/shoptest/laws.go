package shoptest

import (
	"database/sql"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// laws are queries for what no shop may contain. Each returns a text for every violation.
var laws = []struct{ name, query string }{
	{"stock is the sum of the movements", `
SELECT 'product ' || p.id || ' has ' || p.stock || ', the ledger says ' || coalesce(sum(m.quantity_change), 0)
FROM products p LEFT JOIN inventory_movements m ON m.product_id = p.id
GROUP BY p.id, p.stock HAVING p.stock <> coalesce(sum(m.quantity_change), 0)`},
	{"stock is the balance after the last movement", `
SELECT 'product ' || p.id || ' has ' || p.stock || ', movement ' || m.id || ' left ' || m.balance_after
FROM products p JOIN inventory_movements m ON m.product_id = p.id
WHERE m.id = (SELECT max(id) FROM inventory_movements l WHERE l.product_id = p.id) AND m.balance_after <> p.stock`},
	{"each balance follows from the one before", `
SELECT 'movement ' || id || ' leaves ' || balance_after || ', ' || (before + quantity_change) || ' expected'
FROM (SELECT m.*, coalesce(lag(balance_after) OVER (PARTITION BY product_id ORDER BY id), 0) AS before FROM inventory_movements m) x
WHERE balance_after <> before + quantity_change`},
	{"time follows the ledger", `
SELECT 'movement ' || id || ' is before its predecessor'
FROM (SELECT id, created_at, lag(created_at) OVER (PARTITION BY product_id ORDER BY id) AS before FROM inventory_movements) x
WHERE created_at < before`},
	{"stock is never negative", `
SELECT 'product ' || id || ' has ' || stock FROM products WHERE stock < 0
UNION ALL SELECT 'movement ' || id || ' leaves ' || balance_after FROM inventory_movements WHERE balance_after < 0`},
	{"every item has one sale of its quantity", `
SELECT 'item ' || i.id || ' of ' || i.quantity || ' has ' || count(m.id) || ' sales of ' || coalesce(sum(m.quantity_change), 0)
FROM order_items i LEFT JOIN inventory_movements m
  ON m.order_item_id = i.id AND m.reason = 'sale' AND m.product_id = i.product_id
GROUP BY i.id, i.quantity HAVING count(m.id) <> 1 OR sum(m.quantity_change) <> -i.quantity`},
	{"the items of cancelled orders, and no others, have one cancellation of their quantity", `
SELECT 'item ' || i.id || ' of a ' || o.status || ' order has ' || count(m.id)
  || ' cancellations of ' || coalesce(sum(m.quantity_change), 0)
FROM order_items i JOIN orders o ON o.id = i.order_id LEFT JOIN inventory_movements m
  ON m.order_item_id = i.id AND m.reason = 'cancellation' AND m.product_id = i.product_id
GROUP BY i.id, i.quantity, o.status
HAVING count(m.id) <> CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END OR coalesce(sum(m.quantity_change), i.quantity) <> i.quantity`},
	{"an item comes back once at most, no more of it than was sold, and once its order has left", `
SELECT 'item ' || i.id || ' of ' || i.quantity || ' of a ' || o.status || ' order came back ' || count(*)
  || ' times: ' || sum(m.quantity_change)
FROM inventory_movements m JOIN order_items i ON i.id = m.order_item_id JOIN orders o ON o.id = i.order_id
WHERE m.reason NOT IN ('sale', 'cancellation', 'damage') GROUP BY i.id, i.quantity, o.status
HAVING count(*) <> 1 OR max(m.reason) <> 'return' OR max(m.product_id) <> max(i.product_id)
  OR sum(m.quantity_change) < 1 OR sum(m.quantity_change) > i.quantity OR o.status NOT IN ('shipped', 'delivered')`},
	{"of what came back of an item, no more is damaged than came back", `
SELECT 'item ' || i.id || ', of which ' || coalesce(max(b.quantity_change), 0) || ' came back, has damage of ' || sum(m.quantity_change)
FROM inventory_movements m JOIN order_items i ON i.id = m.order_item_id
LEFT JOIN inventory_movements b ON b.order_item_id = i.id AND b.reason = 'return'
WHERE m.reason = 'damage' GROUP BY i.id
HAVING count(*) <> 1 OR max(m.quantity_change) > -1 OR -sum(m.quantity_change) > coalesce(max(b.quantity_change), 0)
  OR max(m.product_id) <> max(i.product_id) OR max(m.created_at) < max(b.created_at)`},
	{"an order tells of everything that came back", `
SELECT 'order ' || o.id || ' tells of ' || (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind = 'return')
  || ' returns, its items of ' || count(m.id)
FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
LEFT JOIN inventory_movements m ON m.order_item_id = i.id AND m.reason = 'return'
GROUP BY o.id HAVING count(m.id) <> (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind = 'return')`},
	{"an order's total is that of its items", `
SELECT 'order ' || o.id || ' has ' || o.total_amount || ', its items ' || coalesce(sum(i.price * i.quantity), 0)
FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
GROUP BY o.id, o.total_amount HAVING o.total_amount <> coalesce(sum(i.price * i.quantity), 0)`},
	{"an order's timeline begins with its placing and leads to its status", `
SELECT 'order ' || o.id || ' is ' || o.status || ', its timeline says ' || coalesce(e."to", 'nothing')
FROM orders o LEFT JOIN order_events e
  ON e.id = (SELECT max(id) FROM order_events l WHERE l.order_id = o.id AND l.kind IN ('placed', 'transition'))
WHERE e.id IS NULL OR e."to" <> o.status
UNION ALL
SELECT 'order ' || o.id || ' was placed ' || count(e.id) || ' times'
FROM orders o LEFT JOIN order_events e ON e.order_id = o.id AND e.kind = 'placed'
GROUP BY o.id HAVING count(e.id) <> 1`},
	{"each transition starts where the one before ended", `
SELECT 'event ' || id || ' goes from ' || coalesce("from", 'nothing') || ', not from ' || coalesce(before, 'nothing')
FROM (SELECT e.*, lag("to") OVER (PARTITION BY order_id ORDER BY id) AS before FROM order_events e WHERE kind IN ('placed', 'transition')) x
WHERE coalesce("from", '') <> coalesce(before, '')`},
	{"parents live", `
SELECT 'category ' || c.id || ' lies below deleted ' || p.id FROM categories c JOIN categories p ON p.id = c.parent_id
WHERE c.deleted_at IS NULL AND p.deleted_at IS NOT NULL
UNION ALL
SELECT 'product ' || c.id || ' is in deleted ' || p.id FROM products c JOIN categories p ON p.id = c.category_id
WHERE c.deleted_at IS NULL AND p.deleted_at IS NOT NULL`},
	{"categories are a tree", `
WITH RECURSIVE top (id) AS (
  SELECT id FROM categories WHERE parent_id IS NULL
  UNION SELECT c.id FROM categories c JOIN top ON c.parent_id = top.id
)
SELECT 'category ' || id || ' hangs in a circle' FROM categories WHERE id NOT IN (SELECT id FROM top)`},
}

// Lawful fails the test for every violation of the laws in the database. It reads the
// tables itself, independently of package reconcile.
func Lawful(t testing.TB, db *store.DB) {
	t.Helper()
	for _, law := range laws {
		err := store.Each(storetest.Context(t), db.SQL(), func(rows *sql.Rows) error {
			var text string
			err := rows.Scan(&text)
			t.Errorf("%s: %s", law.name, text)
			return err
		}, law.query)
		if err != nil {
			t.Errorf("%s: %v", law.name, err)
		}
	}
}
