package report

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
)

// Scarce is a product that is out of stock or low.
type Scarce struct {
	ProductID  int64
	SKU, Name  string
	Stock      int64
	LowStockAt *int64
}

// StockLevels counts the products on sale that are out of stock, and those that
// are low: some are left, but not more than their low_stock_at. No product is
// both. Items are the first of them, those that are out before those that are
// low, and these by what is left.
type StockLevels struct {
	Out, Low int64
	Items    []Scarce
}

// scarce is the condition on products on sale that are out of stock or low.
const scarce = "deleted_at IS NULL AND is_active AND (stock = 0 OR stock <= low_stock_at)"

// Levels reads every product: no index has the stock in it, so that selling
// stays cheap.
func Levels(ctx context.Context, client *ent.Client, limit int) (*StockLevels, error) {
	out := &StockLevels{Items: []Scarce{}}
	type row struct {
		id        *int64
		sku, name *string
		stock     *int64
		lowAt     *int64
	}
	rows, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, r *row) error {
		return rows.Scan(&out.Out, &out.Low, &r.id, &r.sku, &r.name, &r.stock, &r.lowAt)
	}, `
SELECT n.gone, n.low, p.id, p.sku, p.name, p.stock, p.low_stock_at
FROM (
  SELECT COUNT(CASE WHEN stock = 0 THEN 1 END) AS gone, COUNT(CASE WHEN stock > 0 THEN 1 END) AS low
  FROM products WHERE `+scarce+`
) AS n LEFT JOIN (
  SELECT id, sku, name, stock, low_stock_at FROM products WHERE `+scarce+` ORDER BY stock, id LIMIT $1
) AS p ON 1 = 1
ORDER BY p.stock, p.id`, limit)
	if err != nil {
		return nil, fmt.Errorf("stock levels: %w", err)
	}
	for _, r := range rows {
		if r.id != nil {
			out.Items = append(out.Items, Scarce{ProductID: *r.id, SKU: *r.sku, Name: *r.name, Stock: *r.stock, LowStockAt: r.lowAt})
		}
	}
	return out, nil
}
