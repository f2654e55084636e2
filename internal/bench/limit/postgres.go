package limit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// checkout does everything in one statement, which is its own transaction. It is all or
// nothing: if stock would go below zero its CHECK fails the whole statement, and if the
// cart is empty or a product is not for sale the order has no total, which the column
// refuses. It locks the products in the order in which the join finds them.
const checkout = `
WITH cart AS (
  DELETE FROM cart_items WHERE customer_id = $1 RETURNING id, product_id, quantity
), sold AS (
  UPDATE products AS p SET stock = p.stock - cart.quantity FROM cart
  WHERE p.id = cart.product_id AND p.is_active AND p.deleted_at IS NULL
  RETURNING p.id, p.sku, p.name, p.price, p.stock, cart.quantity, cart.id AS line
), placed AS (
  INSERT INTO orders (created_at, updated_at, version, status, total_amount, currency, placed_at, delivery_address, customer_id)
  SELECT $2, $2, 1, 'pending', CASE WHEN count(*) = (SELECT count(*) FROM cart) THEN sum(price * quantity)::bigint END, $3, $2,
    (SELECT address FROM customers WHERE id = $1), $1
  FROM sold
  RETURNING id, total_amount, delivery_address
), items AS (
  INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)
  SELECT $2, sold.sku, sold.name, sold.quantity, sold.price, placed.id, sold.id
  FROM sold, placed ORDER BY sold.line
  RETURNING id, sku, product_name, quantity, price, product_id
), movements AS (
  INSERT INTO inventory_movements (created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)
  SELECT $2, -items.quantity, sold.stock, 'sale', $4, items.product_id, items.id
  FROM items JOIN sold ON sold.id = items.product_id
), event AS (
  INSERT INTO order_events (created_at, kind, "to", actor, order_id)
  SELECT $2, 'placed', 'pending', $4, id FROM placed
), entry AS (
  INSERT INTO audit_entries
    (created_at, actor, actor_kind, staff_id, staff_email, request_id, ip, action, resource, record_id, changes)
  SELECT $2, $4, 'staff', 1, $4, $5, $6, 'checkout', 'orders', id, jsonb_build_array(
    jsonb_build_object('field', 'customer_id', 'before', NULL, 'after', $1::bigint),
    jsonb_build_object('field', 'status', 'before', NULL, 'after', 'pending'),
    jsonb_build_object('field', 'total_amount', 'before', NULL, 'after', total_amount),
    jsonb_build_object('field', 'currency', 'before', NULL, 'after', $3::text),
    jsonb_build_object('field', 'placed_at', 'before', NULL, 'after', $7::text),
    jsonb_build_object('field', 'delivery_address', 'before', NULL, 'after', delivery_address),
    jsonb_build_object('field', 'items', 'before', NULL, 'after', (
      SELECT jsonb_agg(jsonb_build_object('product_id', id, 'sku', sku, 'quantity', quantity, 'price', price) ORDER BY line)
      FROM sold)))
  FROM placed
)
SELECT placed.id, placed.total_amount, placed.delivery_address, items.id, items.sku, items.product_name, items.quantity, items.price, items.product_id
FROM placed, items ORDER BY items.id`

var errNothing = errors.New("checkout: nothing was sold")

func place(ctx context.Context, pool *pgxpool.Pool, customer int64) (*Order, error) {
	now := time.Now().UTC().Truncate(time.Microsecond)
	rows, err := pool.Query(ctx, checkout, customer, now, currency, actor, requestID, address, now.Format(time.RFC3339Nano))
	if err != nil {
		return nil, fmt.Errorf("checkout: %w", err)
	}
	defer rows.Close()
	var (
		id, total int64
		deliver   string
	)
	items := make([]OrderItem, 0, 4)
	for rows.Next() {
		i := OrderItem{CreatedAt: now}
		if err := rows.Scan(&id, &total, &deliver, &i.ID, &i.SKU, &i.ProductName, &i.Quantity, &i.Price, &i.ProductID); err != nil {
			return nil, fmt.Errorf("checkout: %w", err)
		}
		i.OrderID = id
		items = append(items, i)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("checkout: %w", err)
	}
	if len(items) == 0 {
		return nil, errNothing
	}
	return placedOrder(id, customer, total, now, deliver, items), nil
}
