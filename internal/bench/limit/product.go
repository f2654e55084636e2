package limit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const columns = `id, sku, name, description, price, stock, low_stock_at, is_active, category_id,
  created_at, updated_at, version, deleted_at`

const selectProduct = `SELECT ` + columns + ` FROM products WHERE id = $1 AND deleted_at IS NULL`

func product(ctx context.Context, pool *pgxpool.Pool, id int64) (*Product, error) {
	var p Product
	if err := p.scan(pool.QueryRow(ctx, selectProduct, id)); err != nil {
		return nil, fmt.Errorf("get product: %w", err)
	}
	return &p, nil
}

// scan reads the columns, and any others that are selected after them.
func (p *Product) scan(row pgx.Row, more ...any) error {
	err := row.Scan(append([]any{
		&p.ID, &p.SKU, &p.Name, &p.Description, &p.Price, &p.Stock, &p.LowStockAt, &p.IsActive, &p.CategoryID,
		&p.CreatedAt, &p.UpdatedAt, &p.Version, &p.DeletedAt,
	}, more...)...)
	p.CreatedAt, p.UpdatedAt = p.CreatedAt.UTC(), p.UpdatedAt.UTC()
	return err
}

const pageSize = 25

// selectPage and selectCounted fetch one row more than the page has, to know whether
// another page follows. The database counts once, not once for each row, and no further
// than 10,001. The shop estimates larger totals; this does not.
const (
	order         = ` FROM products WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 26`
	selectPage    = `SELECT ` + columns + order
	selectCounted = `SELECT ` + columns + `,
  (SELECT count(*) FROM (SELECT 1 FROM products WHERE deleted_at IS NULL LIMIT 10001) AS matching)` + order
)

// products returns the first page of the default view, newest first.
func products(ctx context.Context, pool *pgxpool.Pool, counted bool, cursor func(id int64) string) (*Page, error) {
	query := selectPage
	page := &Page{Items: make([]Product, 0, pageSize+1)}
	var total []any
	if counted {
		query = selectCounted
		page.Total, page.TotalIsEstimate = new(int64), new(bool)
		total = []any{page.Total}
	}
	rows, err := pool.Query(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("list products: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		page.Items = append(page.Items, Product{})
		if err := page.Items[len(page.Items)-1].scan(rows, total...); err != nil {
			return nil, fmt.Errorf("list products: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list products: %w", err)
	}
	if len(page.Items) > pageSize {
		page.Items = page.Items[:pageSize]
		next := cursor(page.Items[pageSize-1].ID)
		page.NextCursor = &next
	}
	return page, nil
}
