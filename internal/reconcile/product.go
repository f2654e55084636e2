package reconcile

import (
	"context"
	"database/sql"

	"github.com/storekeeper/storekeeper/internal/store"
)

// movementsAtOnce is about how many movements the products of one span have. The
// movements of neighbouring products are spread over the whole ledger, so that every span
// costs up to one full read of it: few wide spans are much faster than many narrow ones.
// What does not fit in memory is sorted on the server's disk.
const movementsAtOnce = 5_000_000

// productsAtOnce is how many products have about movementsAtOnce movements.
func (b books) productsAtOnce(ctx context.Context, products extent) (int64, error) {
	var movements int64
	err := b.read(ctx, func(p *page) error {
		return p.tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM inventory_movements").Scan(&movements)
	})
	if err != nil {
		return 0, err
	}
	each := movements/max(1, products.rows) + 1
	return max(1, movementsAtOnce/each), nil
}

// productDrifts finds the products of a span whose books do not agree. Changes far beyond
// every limit are capped, so that their sum cannot overflow; they break their balance
// anyway.
const productDrifts = `
WITH step AS (
  SELECT product_id, id, balance_after, reason, order_item_id,
    CASE WHEN quantity_change > 18014398509481984 THEN 18014398509481984
         WHEN quantity_change < -18014398509481984 THEN -18014398509481984
         ELSE quantity_change END AS change,
    LAG(balance_after, 1, CAST(0 AS bigint)) OVER w AS before,
    LEAD(id) OVER w AS next
  FROM inventory_movements WHERE product_id > $1 AND product_id <= $2
  WINDOW w AS (PARTITION BY product_id ORDER BY id)
), ledger AS (
  SELECT product_id, SUM(change) AS total,
    MAX(CASE WHEN next IS NULL THEN balance_after END) AS last_balance,
    COUNT(CASE WHEN balance_after - before <> change THEN 1 END) AS broken,
    MIN(CASE WHEN balance_after - before <> change THEN id END) AS first_broken,
    COUNT(CASE WHEN order_item_id IS NULL AND reason IN ('sale', 'cancellation') THEN 1 END) AS loose
  FROM step GROUP BY product_id
)
SELECT p.id, p.sku, p.stock, CAST(COALESCE(l.total, 0) AS bigint), COALESCE(l.last_balance, 0),
  COALESCE(l.broken, 0), l.first_broken, COALESCE(l.loose, 0)
FROM products AS p LEFT JOIN ledger AS l ON l.product_id = p.id
WHERE p.id > $1 AND p.id <= $2
  AND (p.stock <> COALESCE(l.total, 0) OR p.stock <> COALESCE(l.last_balance, 0) OR l.broken > 0 OR l.loose > 0)
ORDER BY p.id`

func (r *run) products(ctx context.Context, p *page, s span) error {
	// The planner assumes that an index scan is cheap, but it fetches the ledger row by row
	// from all over the disk. A sequential or bitmap scan followed by a sort is three times
	// as fast in memory, and the gain is larger from disk.
	if err := p.set(ctx, "enable_indexscan", "off"); err != nil {
		return err
	}
	return r.listProducts(ctx, p, s)
}

func (r *run) listProducts(ctx context.Context, p *page, s span) error {
	return store.Each(ctx, p.tx, func(rows *sql.Rows) error {
		var d ProductDrift
		err := rows.Scan(&d.ProductID, &d.SKU, &d.Stock, &d.LedgerSum, &d.LastBalance,
			&d.BrokenBalances, &d.FirstBroken, &d.LooseMovements)
		if err != nil {
			return err
		}
		if r.seen("product", d.ProductID) {
			return nil
		}
		r.report.ProductDrifts++
		if len(r.report.ProductList) < maxListed {
			r.report.ProductList = append(r.report.ProductList, d)
		}
		return nil
	}, productDrifts, s.after, s.to)
}
