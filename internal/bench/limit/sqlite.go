package limit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Lite does checkouts on one SQLite connection, whose statements are prepared once.
// Operations queue for it, because SQLite has one writer anyway. A plus sign before a
// parameter keeps SQLite from compiling the statement again for every value.
type Lite struct {
	mu   sync.Mutex
	conn *sql.Conn

	begin, commit, rollback        *sql.Stmt
	read, clear, order, take, item *sql.Stmt
	movement, event, entry         *sql.Stmt
}

// NewLite takes a connection from the pool permanently, and prepares its statements.
func NewLite(ctx context.Context, pool *sql.DB) (*Lite, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	l := &Lite{conn: conn}
	for text, stmt := range map[string]**sql.Stmt{
		`BEGIN IMMEDIATE`: &l.begin,
		`COMMIT`:          &l.commit,
		`ROLLBACK`:        &l.rollback,
		`SELECT p.id, p.sku, p.name, p.price, p.stock, c.quantity, (SELECT address FROM customers WHERE id = ?1)
		 FROM cart_items AS c JOIN products AS p ON p.id = c.product_id
		 WHERE c.customer_id = +?1 AND p.is_active AND p.deleted_at IS NULL ORDER BY c.id`: &l.read,
		`DELETE FROM cart_items WHERE customer_id = +?`: &l.clear,
		`INSERT INTO orders (created_at, updated_at, version, status, total_amount, currency, placed_at, delivery_address, customer_id)
		 VALUES (?1, ?1, 1, 'pending', ?2, ?3, ?1, ?4, ?5)`: &l.order,
		`UPDATE products SET stock = stock - ? WHERE id = ?`: &l.take,
		`INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)
		 VALUES (?, ?, ?, ?, ?, ?, ?)`: &l.item,
		`INSERT INTO inventory_movements
		 (created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)
		 VALUES (?, ?, ?, 'sale', ?, ?, ?)`: &l.movement,
		`INSERT INTO order_events (created_at, kind, "to", actor, order_id)
		 VALUES (?, 'placed', 'pending', ?, ?)`: &l.event,
		`INSERT INTO audit_entries
		 (created_at, actor, actor_kind, staff_id, staff_email, request_id, ip, action, resource, record_id, changes)
		 VALUES (?1, ?2, 'staff', 1, ?2, ?3, ?4, 'checkout', 'orders', ?5, ?6)`: &l.entry,
	} {
		if *stmt, err = conn.PrepareContext(ctx, text); err != nil { //nolint:sqlclosecheck // closed with the connection
			return nil, errors.Join(fmt.Errorf("prepare: %w", err), conn.Close())
		}
	}
	return l, nil
}

// Close closes the connection.
func (l *Lite) Close() error { return l.conn.Close() }

// Place turns the customer's cart into an order.
func (l *Lite) Place(ctx context.Context, customer int64) (*Order, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.begin.ExecContext(ctx); err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	order, err := l.place(ctx, customer)
	if err == nil {
		_, err = l.commit.ExecContext(ctx)
	}
	if err != nil {
		_, failed := l.rollback.ExecContext(context.WithoutCancel(ctx))
		return nil, errors.Join(fmt.Errorf("checkout: %w", err), failed)
	}
	return order, nil
}

// line is a line of the cart with the remaining stock of its product.
type line struct {
	OrderItem

	left int64
}

func (l *Lite) place(ctx context.Context, customer int64) (*Order, error) {
	now := time.Now().UTC().Truncate(time.Microsecond)
	lines, total, deliver, err := l.cart(ctx, customer)
	if err != nil {
		return nil, err
	}
	cleared, err := l.clear.ExecContext(ctx, customer)
	if err != nil {
		return nil, err
	}
	if n, err := cleared.RowsAffected(); err != nil || n == 0 || n != int64(len(lines)) {
		return nil, errors.Join(errNothing, err)
	}
	id, err := insert(ctx, l.order, now, total, currency, deliver, customer)
	if err != nil {
		return nil, err
	}
	items := make([]OrderItem, len(lines))
	for i := range lines {
		lines[i].OrderID, lines[i].CreatedAt = id, now
		if err := l.sell(ctx, &lines[i]); err != nil {
			return nil, err
		}
		items[i] = lines[i].OrderItem
	}
	if _, err := l.event.ExecContext(ctx, now, actor, id); err != nil {
		return nil, err
	}
	order := placedOrder(id, customer, total, now, deliver, items)
	changes, err := changesOf(order)
	if err != nil {
		return nil, err
	}
	_, err = l.entry.ExecContext(ctx, now, actor, requestID, address, id, string(changes))
	return order, err
}

func (l *Lite) cart(ctx context.Context, customer int64) (lines []line, total int64, deliver string, err error) {
	rows, err := l.read.QueryContext(ctx, customer)
	if err != nil {
		return nil, 0, "", err
	}
	defer rows.Close()
	lines = make([]line, 0, 4)
	for rows.Next() {
		var p line
		if err := rows.Scan(&p.ProductID, &p.SKU, &p.ProductName, &p.Price, &p.left, &p.Quantity, &deliver); err != nil {
			return nil, 0, "", err
		}
		p.left -= p.Quantity
		total += p.Price * p.Quantity
		lines = append(lines, p)
	}
	return lines, total, deliver, rows.Err()
}

// sell writes a line. If there is not enough stock, its CHECK fails.
func (l *Lite) sell(ctx context.Context, p *line) (err error) {
	if _, err := l.take.ExecContext(ctx, p.Quantity, p.ProductID); err != nil {
		return err
	}
	p.ID, err = insert(ctx, l.item, p.CreatedAt, p.SKU, p.ProductName, p.Quantity, p.Price, p.OrderID, p.ProductID)
	if err != nil {
		return err
	}
	_, err = l.movement.ExecContext(ctx, p.CreatedAt, -p.Quantity, p.left, actor, p.ProductID, p.ID)
	return err
}

func insert(ctx context.Context, stmt *sql.Stmt, args ...any) (int64, error) {
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}
