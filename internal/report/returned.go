package report

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Return is what came back of an order line.
type Return struct {
	MovementID, OrderID, ProductID int64
	SKU, ProductName               string
	At                             time.Time
	Units                          int64
	Damaged                        int64      // of the units
	Price                          shop.Money // at which a unit was sold
	Note                           *string
}

// Amount is what the units were sold for.
func (r *Return) Amount() shop.Money { return r.Price * shop.Money(r.Units) }

// Returns is what came back in a period, whenever it was sold.
type Returns struct {
	Items  []Return // the last first, up to a limit
	Amount shop.Money
	Units  int64
}

// Returned lists what came back in a period of orders in the currency, and adds up all of
// it. Returns that name no order line are not in it, because nobody knows what their units
// were sold for. It needs the permissions to read orders and movements as well as reports.
func Returned(ctx context.Context, client *ent.Client, p Period, currency shop.Currency, limit int) (*Returns, error) {
	for _, p := range []access.Permission{access.OrdersRead, access.MovementsRead} {
		if err := access.Check(ctx, p); err != nil {
			return nil, err
		}
	}
	out := &Returns{}
	const sold = "m.quantity_change * i.price"
	items, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, r *Return) error {
		return rows.Scan(&r.MovementID, &r.At, &r.Units, &r.Damaged, &r.Note, &r.OrderID, &r.ProductID, &r.SKU, &r.ProductName,
			&r.Price, &out.Units, &out.Amount)
	}, `
SELECT m.id, m.created_at, m.quantity_change, COALESCE(-d.quantity_change, 0), m.note,
  i.order_id, i.product_id, i.sku, i.product_name, i.price,
  `+sumOver(client.Dialect(), "m.quantity_change")+`, `+sumOver(client.Dialect(), sold)+`
FROM inventory_movements AS m
JOIN order_items AS i ON i.id = m.order_item_id
JOIN orders AS o ON o.id = i.order_id
LEFT JOIN inventory_movements AS d ON d.order_item_id = m.order_item_id AND d.reason = '`+string(shop.Damage)+`'
WHERE m.created_at >= $1 AND m.created_at < $2 AND m.reason = '`+string(shop.Return)+`' AND o.currency = $3
ORDER BY m.created_at DESC, m.id DESC LIMIT $4`, p.From, p.To, currency, limit)
	if err != nil {
		return nil, fmt.Errorf("returns: %w", err)
	}
	out.Items = append([]Return{}, items...)
	return out, nil
}
