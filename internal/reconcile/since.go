package reconcile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/checkpoint"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// Marks are the last ids that have been proved.
type Marks struct {
	Movements int64 `json:"movements"`
	Orders    int64 `json:"orders"`
	Events    int64 `json:"events"`
}

// named returns the marks by the names of their tables.
func (m *Marks) named() map[string]*int64 {
	return map[string]*int64{
		"inventory_movements": &m.Movements, "orders": &m.Orders, "order_events": &m.Events,
	}
}

// checkpointOf is the name of a table's checkpoint.
func checkpointOf(table string) string { return "reconcile." + table }

// settling is how old a row must be before a mark may move past it. Ids are assigned before
// transactions commit, so a smaller id may appear later. No transaction of the program
// takes that long, so each proof covers the last hour again.
const settling = time.Hour

// ErrNotKept says that the marks could not be stored. The next proof covers the same rows
// again.
var ErrNotKept = errors.New("how far it came could not be kept")

// Prove checks what has happened since the last proof, by itself or by Run, that found no
// drift. It checks everything when there was none yet, or when full is set. Only the
// system may call it. With ErrNotKept it returns the report too.
func Prove(ctx context.Context, db *store.DB, o Options, full bool) (*Report, error) {
	if err := access.CheckSystem(ctx); err != nil {
		return nil, err
	}
	before, err := readMarks(ctx, db)
	if err != nil {
		return nil, err
	}
	b := books{pool: db.ReadSQL(), dialect: db.Dialect()}
	now, err := store.Clock(ctx, db.Reader, shop.Now()) // which dates sales
	if err != nil {
		return nil, fmt.Errorf("reconcile: %w", err)
	}
	proved, err := b.settled(ctx, now.Add(-settling)) // before anything is looked at
	if err != nil {
		return nil, fmt.Errorf("reconcile: %w", err)
	}
	var report *Report
	if full || before == nil {
		report, err = Run(ctx, db, o)
	} else {
		report, err = since(ctx, db, o, before)
	}
	if err != nil || !report.OK || before != nil && *before == *proved {
		return report, err
	}
	if err := writeMarks(ctx, db, proved); err != nil {
		return report, fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	return report, nil
}

// settled returns for each table the last id before which no new id can appear. It does not
// move past events that the summaries do not include yet, because the summaries of their
// days cannot be compared before that.
func (b books) settled(ctx context.Context, before time.Time) (*Marks, error) {
	m := &Marks{}
	for table, id := range m.named() {
		query := "SELECT id FROM " + table + " WHERE created_at < $1 ORDER BY id DESC LIMIT 1"
		if err := b.pool.QueryRowContext(ctx, query, before).Scan(id); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("find the last of %s: %w", table, err)
		}
	}
	var summed int64
	err := b.pool.QueryRowContext(ctx, "SELECT position FROM checkpoints WHERE name = $1", summary.Checkpoint).Scan(&summed)
	switch {
	case err == nil:
		m.Events = min(m.Events, summed)
	case !errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("find the summaries: %w", err)
	}
	return m, nil
}

// readMarks returns the marks, or nil when one is missing.
func readMarks(ctx context.Context, db *store.DB) (*Marks, error) {
	m := &Marks{}
	for table, id := range m.named() {
		found, err := db.Reader.Checkpoint.Query().Where(checkpoint.Name(checkpointOf(table))).Only(ctx)
		switch {
		case ent.IsNotFound(err):
			return nil, nil //nolint:nilnil // none
		case err != nil:
			return nil, fmt.Errorf("read the checkpoint of %s: %w", table, err)
		}
		*id = found.Position
	}
	return m, nil
}

func writeMarks(ctx context.Context, db *store.DB, m *Marks) error {
	return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		now := shop.Now()
		for table, id := range m.named() {
			name := checkpointOf(table)
			n, err := tx.Checkpoint.Update().Where(checkpoint.Name(name)).
				SetPosition(*id).AddRuns(1).SetMovedAt(now).Save(ctx)
			if err == nil && n == 0 {
				err = tx.Checkpoint.Create().SetName(name).SetPosition(*id).SetMovedAt(now).Exec(ctx)
			}
			if err != nil {
				return fmt.Errorf("write the checkpoint of %s: %w", table, err)
			}
		}
		return nil
	})
}

// since checks what comes after the marks.
func since(ctx context.Context, db *store.DB, o Options, m *Marks) (*Report, error) {
	r, err := newRun(ctx, db, o)
	if err != nil {
		return nil, err
	}
	r.report.Since = m
	var movements, events int64
	return r.all(ctx, m.Events, []check{
		{"inventory_movements", m.Movements, atOnce, r.newMovements, &movements},
		{"order_events", m.Events, atOnce, r.newEvents, &events},
		{"orders", m.Orders, atOnce, r.orders, &r.report.Orders},
	})
}

// touched finds the products of a span of movements. For each it reports whether something
// is wrong with these movements or with the stock that they led to, and whether this is the
// first span after the mark that has the product.
const touched = `
WITH step AS (
  SELECT product_id, id, quantity_change, balance_after, reason, order_item_id,
    LAG(balance_after) OVER w AS before, LEAD(id) OVER w AS next
  FROM inventory_movements WHERE id > $1 AND id <= $2
  WINDOW w AS (PARTITION BY product_id ORDER BY id)
)
SELECT s.product_id, MAX(CASE
  WHEN s.order_item_id IS NULL AND s.reason IN ('sale', 'cancellation') THEN 1
  WHEN s.balance_after - COALESCE(s.before, (
    SELECT m.balance_after FROM inventory_movements AS m
    WHERE m.product_id = s.product_id AND m.id < s.id ORDER BY m.id DESC LIMIT 1), 0) <> s.quantity_change THEN 1
  WHEN s.next IS NULL AND (SELECT p.stock FROM products AS p WHERE p.id = s.product_id) <> (
    SELECT m.balance_after FROM inventory_movements AS m
    WHERE m.product_id = s.product_id ORDER BY m.id DESC LIMIT 1) THEN 1
  ELSE 0 END), NOT EXISTS (
    SELECT 1 FROM inventory_movements AS m WHERE m.product_id = s.product_id AND m.id > $3 AND m.id <= $1)
FROM step AS s GROUP BY s.product_id ORDER BY s.product_id`

// newMovements checks the balances of a span of movements, each against the one before.
// Where that fails it checks the whole ledger of the product. It also checks the orders
// that the movements belong to.
func (r *run) newMovements(ctx context.Context, p *page, s span) error {
	var suspects []int64
	err := store.Each(ctx, p.tx, func(rows *sql.Rows) error {
		var (
			product      int64
			wrong, first bool
		)
		if err := rows.Scan(&product, &wrong, &first); err != nil {
			return err
		}
		if first {
			r.report.Products++
		}
		if wrong {
			suspects = append(suspects, product)
		}
		return nil
	}, touched, s.after, s.to, r.report.Since.Movements)
	if err != nil {
		return err
	}
	for _, id := range suspects {
		if err := r.listProducts(ctx, p, span{id - 1, id}); err != nil {
			return err
		}
	}
	return r.listOrders(ctx, p, movedOrders, s.after, s.to, r.report.Since.Orders)
}

// Older orders, up to the mark, that have new movements or events. The newer orders are
// checked anyway.
var (
	movedOrders = orderDrifts(`wanted AS (
  SELECT DISTINCT i.order_id FROM inventory_movements AS m JOIN order_items AS i ON i.id = m.order_item_id
  WHERE m.id > $1 AND m.id <= $2 AND i.order_id <= $3
), `, "ID IN (SELECT order_id FROM wanted)", "")
	changedOrders = orderDrifts(`wanted AS (
  SELECT DISTINCT order_id FROM order_events WHERE id > $1 AND id <= $2 AND order_id <= $3
), `, "ID IN (SELECT order_id FROM wanted)", "")
)

func (r *run) newEvents(ctx context.Context, p *page, s span) error {
	return r.listOrders(ctx, p, changedOrders, s.after, s.to, r.report.Since.Orders)
}
