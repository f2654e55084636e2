package report

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
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

// Levels reads every product once: no index has the stock in it, so that selling
// stays cheap.
func Levels(ctx context.Context, client *ent.Client, limit int) (*StockLevels, error) {
	out := &StockLevels{Items: []Scarce{}}
	rows, err := collect(ctx, client, func(rows *sql.Rows, s *Scarce) error {
		return rows.Scan(&s.ProductID, &s.SKU, &s.Name, &s.Stock, &s.LowStockAt, &out.Out, &out.Low)
	}, `
SELECT id, sku, name, stock, low_stock_at,
  COUNT(CASE WHEN stock = 0 THEN 1 END) OVER (), COUNT(CASE WHEN stock > 0 THEN 1 END) OVER ()
FROM products WHERE `+scarce+` ORDER BY stock, id LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("stock levels: %w", err)
	}
	out.Items = append(out.Items, rows...)
	return out, nil
}
