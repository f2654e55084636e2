package stock

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/ent"
)

// createItems writes the items of an order whose stock was taken, and returns
// them in the order of the offers.
func createItems(ctx context.Context, tx *ent.Client, orderID int64, at time.Time, offers []Offer) ([]*ent.OrderItem, error) {
	items := make([]*ent.OrderItem, 0, len(offers))
	for chunk := range slices.Chunk(offers, maxRows) {
		text, args := insertItems(orderID, at, chunk)
		ids, err := queryIDs(ctx, tx, text, args...)
		if err != nil {
			return nil, fmt.Errorf("create order items: %w", err)
		}
		if len(ids) != len(chunk) {
			return nil, fmt.Errorf("create order items: %d of %d", len(ids), len(chunk))
		}
		for i, o := range chunk {
			items = append(items, item(ids[i], orderID, at, o))
		}
	}
	return items, nil
}

func item(id, orderID int64, at time.Time, o Offer) *ent.OrderItem {
	return &ent.OrderItem{
		ID: id, CreatedAt: at, OrderID: orderID, ProductID: o.ProductID,
		Sku: o.SKU, ProductName: o.Name, Quantity: o.Quantity, Price: o.Price,
	}
}

// insertItems is the statement that inserts items, on both databases. They assign ids in
// the order of the rows.
func insertItems(orderID int64, at time.Time, offers []Offer) (text string, args []any) {
	const columns = 5
	var b strings.Builder
	b.WriteString(`INSERT INTO order_items (order_id, created_at, product_id, sku, product_name, quantity, price) VALUES `)
	args = append(make([]any, 0, 2+columns*len(offers)), orderID, at)
	for i, o := range offers {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("($1, $2")
		for range columns {
			args = append(args, nil)
			b.WriteString(", $")
			b.WriteString(strconv.Itoa(len(args)))
		}
		b.WriteByte(')')
		copy(args[len(args)-columns:], []any{o.ProductID, o.SKU, o.Name, o.Quantity, int64(o.Price)})
	}
	b.WriteString(` RETURNING id`)
	return b.String(), args
}

// queryIDs runs a statement that returns ids, and returns them in order.
func queryIDs(ctx context.Context, tx *ent.Client, text string, args ...any) (ids []int64, err error) {
	rows, err := tx.Rows(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("scan: %w", err)
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return ids, nil
}
