package stock

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// postgresSale is the statement that sells if every product is as it was offered, and does
// nothing otherwise. The products are already locked, so it sees their present state. As
// the last statement of its transaction it divides by zero instead of doing nothing (see
// pipeline.Last).
func postgresSale(orderID int64, actor string, offers []Offer, last bool) (text string, args []any) {
	args = append(make([]any, 0, 4+6*len(offers)), orderID, actor, string(shop.Sale), len(offers))
	for i, o := range offers {
		args = append(args, int64(i), o.ProductID, o.SKU, o.Name, int64(o.Price), o.Quantity)
	}
	texts := &saleTexts
	if last {
		texts = &lastSaleTexts
	}
	return texts[len(offers)](), args
}

// The texts of postgresSale, by the number of offers.
var saleTexts, lastSaleTexts = newSaleTexts(false), newSaleTexts(true)

func newSaleTexts(last bool) (texts [maxValues + 1]func() string) {
	for n := range texts {
		texts[n] = sync.OnceValue(func() string { return saleText(n, last) })
	}
	return texts
}

func saleText(offers int, last bool) string {
	possible := "count(*) FILTER (WHERE fits) = $4"
	if last {
		possible = "1 / (" + possible + ")::int = 1"
	}
	var b strings.Builder
	b.WriteString(`WITH offer (nth, id, sku, name, price, quantity) AS (VALUES `)
	types := [...]string{"bigint", "bigint", "text", "text", "bigint", "bigint"}
	for i := range offers {
		if i > 0 {
			b.WriteString(", ")
		}
		for j := range types {
			b.WriteString([...]string{"($", ", $"}[min(j, 1)])
			b.WriteString(strconv.Itoa(4 + i*len(types) + j + 1))
			if i == 0 {
				b.WriteString("::" + types[j]) // which the rows below take over
			}
		}
		b.WriteByte(')')
	}
	b.WriteString(`), held AS (
  SELECT p.id, p.stock, offer.nth, offer.sku, offer.name, offer.price, offer.quantity,
    p.deleted_at IS NULL AND p.is_active AND p.stock >= offer.quantity
      AND p.sku = offer.sku AND p.name = offer.name AND p.price = offer.price AS fits
  FROM products AS p JOIN offer ON p.id = offer.id
), sale AS (
  SELECT ` + possible + ` AS possible, clock_timestamp() AS at FROM held
), taken AS (
  UPDATE products AS p SET stock = held.stock - held.quantity FROM held, sale
  WHERE p.id = held.id AND sale.possible
  RETURNING p.id, p.stock
), item AS (
  INSERT INTO order_items (order_id, created_at, product_id, sku, product_name, quantity, price)
  SELECT $1, sale.at, held.id, held.sku, held.name, held.quantity, held.price FROM held, sale
  WHERE sale.possible ORDER BY held.nth
  RETURNING id, created_at, product_id, quantity
), movement AS (
  INSERT INTO inventory_movements (created_at, product_id, quantity_change, balance_after, reason, actor, order_item_id)
  SELECT item.created_at, item.product_id, -item.quantity, taken.stock, $3, $2, item.id
  FROM item JOIN taken ON taken.id = item.product_id ORDER BY item.id
)
SELECT id, created_at FROM item ORDER BY id`)
	return b.String()
}

// sellOnPostgres returns no items when it could not sell. If the sale would have ended the
// transaction, it returns pipeline.ErrRefused instead.
func sellOnPostgres(ctx context.Context, tx *ent.Client, orderID int64, offers []Offer) (items []*ent.OrderItem, err error) {
	ids := make([]int64, len(offers))
	for i, o := range offers {
		ids[i] = o.ProductID
	}
	if err := hold(ctx, tx, ids); err != nil {
		return nil, err
	}
	text, args := postgresSale(orderID, string(shop.ActorFrom(ctx)), offers, pipeline.Ending(ctx))
	rows, err := tx.Rows(pipeline.Last(pipeline.Along(ctx)), text, args...)
	if err != nil {
		return nil, fmt.Errorf("sell: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	items = make([]*ent.OrderItem, 0, len(offers))
	var id int64
	var at time.Time
	for rows.Next() && len(items) < len(offers) {
		if err := rows.Scan(&id, &at); err != nil {
			return nil, fmt.Errorf("sell: %w", err)
		}
		items = append(items, item(id, orderID, at.UTC(), offers[len(items)]))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("sell: %w", err)
	}
	return items, nil
}
