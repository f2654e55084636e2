package stock

import (
	"context"
	"encoding/json"

	"github.com/storekeeper/storekeeper/ent"
)

const (
	// sqliteMove updates the products when all of them are within their bounds.
	sqliteMove = `
WITH want AS MATERIALIZED (
  SELECT value ->> 0 AS id, value ->> 1 AS change, value ->> 2 AS least, value ->> 3 AS most
  FROM json_each($1)
)
UPDATE products SET stock = stock + want.change FROM want
WHERE products.id = want.id AND (
  SELECT count(*) FROM want AS w CROSS JOIN products AS held ON held.id = w.id
  WHERE held.stock BETWEEN w.least AND w.most
    AND (held.deleted_at IS NULL OR NOT $2) AND (held.is_active OR NOT $3)
) = $4
RETURNING ` + sqliteRow

	// sqliteRead reads the products.
	sqliteRead = `
SELECT ` + sqliteRow + `
FROM products WHERE id IN (SELECT value ->> 0 FROM json_each($1))`

	// sqliteUpdate moves the stock of products that are checked.
	sqliteUpdate = `
WITH want AS MATERIALIZED (SELECT value ->> 0 AS id, value ->> 1 AS change FROM json_each($1))
UPDATE products SET stock = stock + want.change FROM want WHERE products.id = want.id
RETURNING ` + sqliteRow

	// sqliteRow is what is read of a product, without a clock: there is one writer.
	sqliteRow = `id, sku, name, price, is_active, deleted_at IS NULL, stock, NULL`
)

func moveOnSQLite(ctx context.Context, tx *ent.Client, s scope, wants []want) (map[int64]row, bool, error) {
	products, err := query(ctx, tx, sqliteMove, sqliteList(wants), s.living, s.active, len(wants))
	if err != nil {
		return nil, false, err
	}
	if len(products) == len(wants) {
		return before(products, wants), true, nil
	}
	products, err = read(ctx, tx, wants)
	return products, false, err
}

// sqliteList is wants as the JSON that SQLite reads as a table.
func sqliteList(wants []want) string {
	rows := make([][4]int64, len(wants))
	for i, w := range wants {
		rows[i] = [4]int64{w.productID, w.change, w.least, w.most}
	}
	text, _ := json.Marshal(rows) // of numbers
	return string(text)
}
