//go:build linux

package torture_test

import (
	"context"
	"database/sql"
	"fmt"
)

// snapshot is the database at the end, read with the checker's own SQL.
type snapshot struct {
	products  map[int64]*productRow
	orders    map[int64]*orderRow
	items     map[int64]*itemRow
	movements map[int64]*movementRow
	ledgers   map[int64][]*movementRow // by product, oldest first
	events    map[int64]*eventRow
	entries   map[string][]*entryRow // by the name of the request
	trail     []*entryRow
	keys      map[string][]*keyRow
	carts     map[int64]map[int64]int64 // quantity by customer and product
	records   map[record]int64          // versions
	fields    map[record]map[string]string
}

type record struct {
	resource string
	id       int64
}

type productRow struct{ id, stock int64 }

type orderRow struct {
	id, customer, total, version int64
	status                       string
	items                        []*itemRow
	events                       []*eventRow
}

type itemRow struct {
	id, order, product, quantity, price int64
	movements                           []*movementRow
}

type movementRow struct {
	id, product, change, balance int64
	reason, note                 string
	item                         sql.NullInt64
}

type eventRow struct {
	id, order            int64
	kind, from, to, note string
}

type entryRow struct {
	id      int64
	request string
	trace   trace
}

type keyRow struct {
	key    string
	status int
	body   []byte
}

// querier is a database, or a transaction in it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// take reads a snapshot of the database.
func take(ctx context.Context, db querier) (*snapshot, error) {
	s := &snapshot{
		products: map[int64]*productRow{}, orders: map[int64]*orderRow{}, items: map[int64]*itemRow{},
		movements: map[int64]*movementRow{}, ledgers: map[int64][]*movementRow{}, events: map[int64]*eventRow{},
		entries: map[string][]*entryRow{}, keys: map[string][]*keyRow{}, carts: map[int64]map[int64]int64{},
		records: map[record]int64{}, fields: map[record]map[string]string{},
	}
	for _, step := range []func(context.Context, querier) error{
		s.readProducts, s.readOrders, s.readItems, s.readMovements, s.readEvents, s.readTrail, s.readKeys, s.readCarts, s.readVersions, s.readFields,
	} {
		if err := step(ctx, db); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// each scans the rows of a query.
func each(ctx context.Context, db querier, query string, scan func(rows *sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("%s: %w", query, err)
		}
	}
	return rows.Err()
}

func (s *snapshot) readProducts(ctx context.Context, db querier) error {
	return each(ctx, db, `SELECT id, stock FROM products ORDER BY id`, func(rows *sql.Rows) error {
		var p productRow
		err := rows.Scan(&p.id, &p.stock)
		s.products[p.id] = &p
		return err
	})
}

func (s *snapshot) readOrders(ctx context.Context, db querier) error {
	return each(ctx, db, `SELECT id, customer_id, total_amount, version, status FROM orders ORDER BY id`, func(rows *sql.Rows) error {
		var o orderRow
		err := rows.Scan(&o.id, &o.customer, &o.total, &o.version, &o.status)
		s.orders[o.id] = &o
		return err
	})
}

func (s *snapshot) readItems(ctx context.Context, db querier) error {
	return each(ctx, db, `SELECT id, order_id, product_id, quantity, price FROM order_items ORDER BY id`, func(rows *sql.Rows) error {
		var i itemRow
		err := rows.Scan(&i.id, &i.order, &i.product, &i.quantity, &i.price)
		s.items[i.id] = &i
		if o := s.orders[i.order]; o != nil {
			o.items = append(o.items, &i)
		}
		return err
	})
}

func (s *snapshot) readMovements(ctx context.Context, db querier) error {
	const query = `SELECT id, product_id, quantity_change, balance_after, reason, coalesce(note, ''), order_item_id
		FROM inventory_movements ORDER BY id`
	return each(ctx, db, query, func(rows *sql.Rows) error {
		var m movementRow
		err := rows.Scan(&m.id, &m.product, &m.change, &m.balance, &m.reason, &m.note, &m.item)
		s.movements[m.id] = &m
		s.ledgers[m.product] = append(s.ledgers[m.product], &m)
		if i := s.items[m.item.Int64]; m.item.Valid && i != nil {
			i.movements = append(i.movements, &m)
		}
		return err
	})
}

func (s *snapshot) readEvents(ctx context.Context, db querier) error {
	const query = `SELECT id, order_id, kind, coalesce("from", ''), coalesce("to", ''), coalesce(note, '') FROM order_events ORDER BY id`
	return each(ctx, db, query, func(rows *sql.Rows) error {
		var e eventRow
		err := rows.Scan(&e.id, &e.order, &e.kind, &e.from, &e.to, &e.note)
		s.events[e.id] = &e
		if o := s.orders[e.order]; o != nil {
			o.events = append(o.events, &e)
		}
		return err
	})
}

func (s *snapshot) readTrail(ctx context.Context, db querier) error {
	const query = `SELECT id, coalesce(user_agent, ''), action, resource, record_id FROM audit_entries ORDER BY id`
	return each(ctx, db, query, func(rows *sql.Rows) error {
		var e entryRow
		err := rows.Scan(&e.id, &e.request, &e.trace.action, &e.trace.resource, &e.trace.record)
		s.entries[e.request] = append(s.entries[e.request], &e)
		s.trail = append(s.trail, &e)
		return err
	})
}

func (s *snapshot) readKeys(ctx context.Context, db querier) error {
	return each(ctx, db, `SELECT key, status, body FROM idempotency_keys ORDER BY id`, func(rows *sql.Rows) error {
		var k keyRow
		err := rows.Scan(&k.key, &k.status, &k.body)
		s.keys[k.key] = append(s.keys[k.key], &k)
		return err
	})
}

func (s *snapshot) readCarts(ctx context.Context, db querier) error {
	return each(ctx, db, `SELECT customer_id, product_id, quantity FROM cart_items ORDER BY id`, func(rows *sql.Rows) error {
		var customer, product, quantity int64
		err := rows.Scan(&customer, &product, &quantity)
		if s.carts[customer] == nil {
			s.carts[customer] = map[int64]int64{}
		}
		s.carts[customer][product] += quantity
		return err
	})
}

func (s *snapshot) readVersions(ctx context.Context, db querier) error {
	for _, resource := range []string{"products", "categories", "customers", "orders"} {
		err := each(ctx, db, `SELECT id, version FROM `+resource, func(rows *sql.Rows) error {
			var id, version int64
			err := rows.Scan(&id, &version)
			s.records[record{resource, id}] = version
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readFields reads the fields that clients edit.
func (s *snapshot) readFields(ctx context.Context, db querier) error {
	for resource, fields := range map[string][2]string{"products": {"description", "price"}, "customers": {"note", "email"}} {
		query := fmt.Sprintf(`SELECT id, coalesce(%s, ''), %s FROM %s`, fields[0], fields[1], resource)
		err := each(ctx, db, query, func(rows *sql.Rows) error {
			var (
				id            int64
				first, second string
			)
			err := rows.Scan(&id, &first, &second)
			s.fields[record{resource, id}] = map[string]string{fields[0]: first, fields[1]: second}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
