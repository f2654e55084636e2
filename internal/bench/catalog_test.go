package bench_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// size is the size of a shop.
type size struct{ products, customers, orders int }

var (
	fullSize = size{products: 10_000, customers: 4_000, orders: 30_000}
	testSize = size{products: 301, customers: 40, orders: 50}
)

// hot is the product that everybody buys.
func (s size) hot() int { return s.products / 2 }

const (
	plenty       = 1_000_000_000 // stock of every product
	linesPerCart = 3
)

// numbers defines a table n with the numbers 1 to $1.
const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)`

// stockUp fills a fresh database. Ids start at 1.
func stockUp(tb testing.TB, db *store.DB, s size) {
	tb.Helper()
	now := shop.Now()
	storetest.SQL(tb, db, `
INSERT INTO categories (created_at, updated_at, version, name, slug, position) VALUES ($1, $1, 1, 'Tables', 'tables', 0)`, now)
	storetest.SQL(tb, db, `
INSERT INTO products (created_at, updated_at, version, sku, name, name_folded, description, price, stock, is_active, category_id) `+numbers+`
SELECT $2, $2, 1, 'OAK-' || (100000 + i), 'Oak side table no. ' || i, 'oak side table no. ' || i,
  'Solid oak, oiled by hand, with a drawer that runs on waxed wood. Delivered flat, put up in ten minutes.',
  500 + (i * 37) % 20000, $3, true, (SELECT min(id) FROM categories) FROM n`, s.products, now, plenty)
	storetest.SQL(tb, db, `
INSERT INTO inventory_movements (created_at, quantity_change, balance_after, reason, actor, product_id)
SELECT created_at, stock, stock, 'initial', 'system', id FROM products ORDER BY id`)
	storetest.SQL(tb, db, `
INSERT INTO customers (created_at, updated_at, version, email, name, name_folded, address) `+numbers+`
SELECT $2, $2, 1, 'customer' || i || '@example.com', 'Customer no. ' || i, 'customer no. ' || i, i || ' Example Street
10115 Berlin' FROM n`, s.customers, now)
	for table, rows := range map[string]int{"products": s.products, "customers": s.customers} {
		if n := number(tb, db.SQL(), `SELECT count(*) FROM `+table+` WHERE id BETWEEN 1 AND $1`, rows); n != rows {
			tb.Fatalf("%s: expected the ids 1 to %d, got %d of them", table, rows, n)
		}
	}
	history(tb, db, s)
	fill(tb, db, s, spread, s.customers) // so that ANALYZE sees carts like those of the benchmark
	storetest.SQL(tb, db, `ANALYZE`)
	storetest.SQL(tb, db, `DELETE FROM cart_items`)
}

// history adds orders of the past. Without them the database would plan its checks of
// foreign keys for empty tables, and keep these plans while the tables fill.
func history(tb testing.TB, db *store.DB, s size) {
	tb.Helper()
	past := shop.Now().AddDate(0, 0, -7)
	storetest.SQL(tb, db, `
INSERT INTO orders (created_at, updated_at, version, status, total_amount, currency, placed_at, customer_id) `+numbers+`
SELECT $2, $2, 4, 'delivered', 0, 'EUR', $2, i % $3 + 1 FROM n`, s.orders, past, s.customers)
	storetest.SQL(tb, db, `
INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)
SELECT o.created_at, p.sku, p.name, 2, p.price, o.id, p.id
FROM orders AS o JOIN products AS p ON p.id IN (o.id * 3 % $1 + 1, (o.id * 3 + 1) % $1 + 1, (o.id * 3 + 2) % $1 + 1)
ORDER BY o.id, p.id`, s.products)
	for _, statement := range []string{
		`INSERT INTO inventory_movements (created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)
SELECT i.created_at, -i.quantity, p.stock - sum(i.quantity) OVER (PARTITION BY p.id ORDER BY i.id), 'sale', 'system', p.id, i.id
FROM order_items AS i JOIN products AS p ON p.id = i.product_id ORDER BY i.id`,
		`UPDATE products SET stock = (SELECT sum(quantity_change) FROM inventory_movements WHERE product_id = products.id)`,
		`UPDATE orders SET total_amount = (SELECT sum(price * quantity) FROM order_items WHERE order_id = orders.id)`,
		`INSERT INTO order_events (created_at, kind, "to", actor, order_id)
SELECT created_at, 'placed', 'pending', 'system', id FROM orders ORDER BY id`,
	} {
		storetest.SQL(tb, db, statement)
	}
}

// kind says what the carts contain.
type kind int

const (
	spread kind = iota // three products that no other cart close to it has
	hot                // the hot product and two others
)

func (k kind) String() string { return [...]string{"spread", "hot"}[k] }

// fill puts three lines into the carts of the customers 1 to n, and empties all others. The
// order of the lines differs from cart to cart.
func fill(tb testing.TB, db *store.DB, s size, k kind, n int) {
	tb.Helper()
	storetest.SQL(tb, db, `DELETE FROM cart_items`)
	storetest.SQL(tb, db, `
INSERT INTO cart_items (created_at, quantity, customer_id, product_id) `+numbers+`,
line (l) AS (SELECT 0 UNION ALL SELECT l + 1 FROM line WHERE l < 2),
cart (customer, l, turn, nth) AS (SELECT i, l, (l + i) % 3, ((i - 1) * 3 + (l + i) % 3) % ($2 - 1) + 1 FROM n, line)
SELECT $3, 1 + (customer + l) % 3, customer,
  CASE WHEN $4 = 1 AND turn = 0 THEN $5 WHEN nth < $5 THEN nth ELSE nth + 1 END
FROM cart ORDER BY customer, l`, n, s.products, shop.Now(), int(k), s.hot())
}

func number(tb testing.TB, db *sql.DB, query string, args ...any) int {
	tb.Helper()
	var n int
	if err := db.QueryRowContext(context.Background(), query, args...).Scan(&n); err != nil {
		tb.Fatalf("%v\n%s", err, query)
	}
	return n
}

// offences are queries that count violations.
var offences = map[string]string{
	"products whose stock is not the sum of their movements": `
SELECT count(*) FROM products AS p JOIN (
  SELECT product_id, sum(quantity_change) AS moved FROM inventory_movements GROUP BY product_id
) AS m ON m.product_id = p.id WHERE p.stock <> m.moved`,
	"products whose stock is not the balance of their last movement": `
SELECT count(*) FROM products AS p
JOIN (SELECT product_id, max(id) AS id FROM inventory_movements GROUP BY product_id) AS last ON last.product_id = p.id
JOIN inventory_movements AS m ON m.id = last.id WHERE p.stock <> m.balance_after`,
	"movements whose balance does not follow from the one before": `
SELECT count(*) FROM (
  SELECT balance_after, sum(quantity_change) OVER (PARTITION BY product_id ORDER BY id) AS moved FROM inventory_movements
) AS m WHERE balance_after <> moved`,
	"orders whose total is not that of their items": `
SELECT count(*) FROM orders AS o LEFT JOIN (
  SELECT order_id, sum(price * quantity) AS total, count(*) AS lines FROM order_items GROUP BY order_id
) AS i ON i.order_id = o.id WHERE i.total IS NULL OR i.total <> o.total_amount OR i.lines <> 3`,
	"items without their sale": `
SELECT count(*) FROM order_items AS i LEFT JOIN inventory_movements AS m
ON m.order_item_id = i.id AND m.reason = 'sale' AND m.product_id = i.product_id AND m.quantity_change = -i.quantity
WHERE m.id IS NULL`,
	"orders without exactly one event": `
SELECT count(*) FROM orders AS o WHERE (SELECT count(*) FROM order_events AS e WHERE e.order_id = o.id AND e.kind = 'placed') <> 1`,
	"lines left in carts": `SELECT count(*) FROM cart_items`,
}

// verify checks that nothing was lost or sold twice.
func verify(tb testing.TB, db *store.DB) {
	tb.Helper()
	for what, query := range offences {
		if n := number(tb, db.SQL(), query); n != 0 {
			tb.Errorf("%d %s", n, what)
		}
	}
}

// orders returns the number of orders.
func orders(tb testing.TB, db *store.DB) int {
	tb.Helper()
	return number(tb, db.SQL(), `SELECT count(*) FROM orders`)
}

// customerPath returns the path of a resource of the operation's customer. Operation 0 is
// for the first customer.
func customerPath(operation int, rest string) string {
	return fmt.Sprintf("/api/v1/customers/%d%s", operation+1, rest)
}
