package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// Scarce is a product that is out of stock or low.
type Scarce struct {
	ProductID  int64
	SKU, Name  string
	Stock      int64
	LowStockAt *int64
}

// StockLevels counts the products on sale that are out of stock, and those that are low:
// there are some left, but not more than their low_stock_at. No product is both. Items are
// the first of these that have at least the requested stock: those out of stock come first,
// then the others by their stock.
type StockLevels struct {
	Out, Low int64
	Items    []Scarce
}

// Levels reads what package summary stores about scarce products, and the products that
// changed since it last looked. No index of products includes the stock, because it would
// make every sale more expensive. Without summaries Levels reads every product.
func Levels(ctx context.Context, client *ent.Client, least int64, limit int) (*StockLevels, error) {
	out, err := fromKept(ctx, client, func(k *kept) (*StockLevels, error) {
		return keptLevels(ctx, client, k, least, limit)
	}, func() (*StockLevels, error) {
		return levels(ctx, client, nil, `
WITH level AS (SELECT id, stock FROM products WHERE `+summary.Scarce+`),
few AS (SELECT id, stock FROM level WHERE stock >= $1),
counted AS (SELECT `+outAndLow("")+` FROM level)`, arguments{least}, limit)
	})
	if err != nil {
		return nil, fmt.Errorf("stock levels: %w", err)
	}
	return out, nil
}

// outAndLow returns columns that count what is out of stock and what is low.
func outAndLow(sign string) string {
	return sign + "COUNT(CASE WHEN stock = 0 THEN 1 END) AS gone, " + sign + "COUNT(CASE WHEN stock > 0 THEN 1 END) AS low"
}

// tally returns the SQL for the number of a tally.
func tally(name string) string {
	return "(SELECT number FROM tallies WHERE name = '" + name + "')"
}

// keptLevels is Levels from the summaries, and from the products that changed since: those
// of fresh orders and those with a ProductChange.
func keptLevels(ctx context.Context, client *ent.Client, k *kept, least int64, limit int) (*StockLevels, error) {
	name := client.Dialect()
	var a arguments
	enough := "stock >= " + a.add(least)
	tables := `
WITH fresh AS (` + k.fresh(name, &a) + `), changed AS (
  SELECT DISTINCT product_id FROM (
    SELECT s.product_id FROM fresh AS f` + summary.Each(name, "order_items", "s", "product_id", "s.order_id = f.order_id") + `
    UNION ALL
    SELECT product_id FROM product_changes
  ) AS any_of
), looked AS (
  SELECT s.id, s.stock FROM changed AS c` +
		summary.Each(name, "products", "s", "id, stock, low_stock_at, is_active, deleted_at", "s.id = c.product_id") + `
  WHERE ` + summary.Scarce + `
), few AS (
  SELECT id, stock FROM (
    SELECT product_id AS id, stock FROM scarce_products WHERE ` + enough + ` AND product_id NOT IN (SELECT product_id FROM changed)
    ORDER BY stock, product_id LIMIT ` + a.add(limit) + `
  ) AS known
  UNION ALL
  SELECT id, stock FROM looked WHERE ` + enough + `
), counted AS (
  SELECT CAST(SUM(gone) AS bigint) AS gone, CAST(SUM(low) AS bigint) AS low FROM (
    SELECT ` + tally(summary.OutOfStock) + ` AS gone, ` + tally(summary.LowStock) + ` AS low
    UNION ALL
    SELECT ` + outAndLow("-") + ` FROM changed AS c` +
		summary.Each(name, "scarce_products", "s", "stock", "s.product_id = c.product_id") + `
    UNION ALL
    SELECT ` + outAndLow("") + ` FROM looked
  ) AS part
)`
	return levels(ctx, client, k, tables, a, limit)
}

// levels reads the answer from the tables few and counted. The error is errMoved when the
// summaries are not at the position of k.
func levels(ctx context.Context, client *ent.Client, k *kept, tables string, a arguments, limit int) (*StockLevels, error) {
	out, runs := &StockLevels{}, int64(-1)
	text := tables + `, best AS (SELECT id FROM few ORDER BY stock, id LIMIT ` + a.add(limit) + `)
SELECT s.id, s.sku, s.name, s.stock, s.low_stock_at, 0, 0 FROM best AS b` +
		summary.Each(client.Dialect(), "products", "s", "id, sku, name, stock, low_stock_at", "s.id = b.id") + `
UNION ALL
SELECT ` + strconv.Itoa(guard) + `, '', '',
  COALESCE((SELECT runs FROM checkpoints WHERE name = '` + summary.Checkpoint + `'), 0), NULL, gone, low
FROM counted`
	rows, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, s *Scarce) error {
		var gone, low int64
		if err := rows.Scan(&s.ProductID, &s.SKU, &s.Name, &s.Stock, &s.LowStockAt, &gone, &low); err != nil {
			return err
		}
		if s.ProductID == guard {
			runs, out.Out, out.Low = s.Stock, gone, low
		}
		return nil
	}, text, a...)
	if err != nil {
		return nil, err
	}
	if k != nil && runs != k.runs {
		return nil, errMoved
	}
	out.Items = slices.DeleteFunc(rows, func(s Scarce) bool { return s.ProductID == guard })
	slices.SortFunc(out.Items, func(a, b Scarce) int {
		return cmp.Or(cmp.Compare(a.Stock, b.Stock), cmp.Compare(a.ProductID, b.ProductID))
	})
	return out, nil
}
