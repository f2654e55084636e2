package stock

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

const (
	// sqliteRead reads the products.
	sqliteRead = `
SELECT ` + sqliteRow + `
FROM products WHERE id IN (SELECT value ->> 0 FROM json_each($1))`

	// sqliteUpdate moves the stock of products that are checked.
	sqliteUpdate = `
WITH want AS MATERIALIZED (SELECT value ->> 0 AS id, value ->> 1 AS change FROM json_each($1))
UPDATE products SET stock = stock + want.change FROM want WHERE products.id = want.id
RETURNING ` + sqliteRow

	// sqliteTake takes from the stock of a product that is as it was offered.
	sqliteTake = `
UPDATE products SET stock = stock - $1
WHERE id = $2 AND sku = $3 AND name = $4 AND price = $5 AND stock >= $1 AND is_active AND deleted_at IS NULL`

	// sqliteItem and sqliteSale create an item of an order and its movement.
	sqliteItem = `
INSERT INTO order_items (order_id, created_at, product_id, sku, product_name, quantity, price)
VALUES ($1, $2, $3, $4, $5, $6, $7)`
	sqliteSale = `
INSERT INTO inventory_movements (created_at, actor, reason, product_id, quantity_change, balance_after, order_item_id)
VALUES ($1, $2, $3, $4, $5, (SELECT stock FROM products WHERE id = $4), $6)`

	// sqliteRow is what is read of a product, without a clock: there is one writer.
	sqliteRow = `id, sku, name, price, is_active, deleted_at IS NULL, stock, NULL`
)

// sqliteList is wants as the JSON that SQLite reads as a table.
func sqliteList(wants []want) string {
	rows := make([]string, len(wants))
	for i, w := range wants {
		rows[i] = fmt.Sprintf("[%d,%d]", w.productID, w.change)
	}
	return "[" + strings.Join(rows, ",") + "]"
}

// sellOnSQLite returns no items when it could not sell. Each statement writes one row and
// returns none: for other statements SQLite keeps a journal, to be able to undo just that
// statement, which takes longer than writing the rows.
func sellOnSQLite(ctx context.Context, tx *ent.Client, orderID int64, offers []Offer) ([]*ent.OrderItem, error) {
	for i, o := range offers {
		taken, err := tx.ExecContext(ctx, sqliteTake, o.Quantity, o.ProductID, o.SKU, o.Name, int64(o.Price))
		if err != nil {
			return nil, fmt.Errorf("sell: %w", err)
		}
		if n, err := taken.RowsAffected(); n == 0 || err != nil {
			return nil, errors.Join(err, giveBack(ctx, tx, offers[:i]))
		}
	}
	now, actor := shop.Now(), string(shop.ActorFrom(ctx))
	items := make([]*ent.OrderItem, len(offers))
	for i, o := range offers {
		created, err := tx.ExecContext(ctx, sqliteItem, orderID, now, o.ProductID, o.SKU, o.Name, o.Quantity, int64(o.Price))
		if err != nil {
			return nil, fmt.Errorf("create order item: %w", err)
		}
		id, err := created.LastInsertId()
		if err != nil {
			return nil, fmt.Errorf("create order item: %w", err)
		}
		items[i] = item(id, orderID, now, o)
		if _, err := tx.ExecContext(ctx, sqliteSale, now, actor, string(shop.Sale), o.ProductID, -o.Quantity, id); err != nil {
			return nil, fmt.Errorf("record sale: %w", err)
		}
	}
	return items, nil
}

// giveBack undoes sqliteTake.
func giveBack(ctx context.Context, tx *ent.Client, offers []Offer) error {
	if len(offers) == 0 {
		return nil
	}
	back := make([]want, len(offers))
	for i, o := range offers {
		back[i] = want{productID: o.ProductID, change: o.Quantity}
	}
	_, err := update(ctx, tx, back)
	return err
}
