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

// ToPack is an order that has not left the shop.
type ToPack struct {
	OrderID      int64
	Status       shop.OrderStatus
	CustomerID   int64
	CustomerName string
	PlacedAt     time.Time
	Total        shop.Money
	Currency     shop.Currency
	Units        int64
}

// Unpacked returns the oldest orders that are pending or processing. Both states have their
// oldest orders at the front of an index. It needs the permissions to read orders and
// customers as well as reports.
func Unpacked(ctx context.Context, client *ent.Client, limit int) ([]ToPack, error) {
	for _, p := range []access.Permission{access.OrdersRead, access.CustomersRead} {
		if err := access.Check(ctx, p); err != nil {
			return nil, err
		}
	}
	const columns = "id, status, customer_id, placed_at, total_amount, currency"
	oldest := func(status shop.OrderStatus) string {
		return "SELECT " + columns + " FROM (SELECT " + columns + " FROM orders" +
			" WHERE status = " + quoted(status) + " ORDER BY placed_at, id LIMIT $1) AS " + string(status)
	}
	rows, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, o *ToPack) error {
		return rows.Scan(&o.OrderID, &o.Status, &o.CustomerID, &o.CustomerName, &o.PlacedAt, &o.Total, &o.Currency, &o.Units)
	}, `
SELECT o.id, o.status, o.customer_id, c.name, o.placed_at, o.total_amount, o.currency,
  `+units+`
FROM (`+oldest(shop.Pending)+` UNION ALL `+oldest(shop.Processing)+`) AS o
JOIN customers AS c ON c.id = o.customer_id
ORDER BY o.placed_at, o.id LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("oldest orders: %w", err)
	}
	return append([]ToPack{}, rows...), nil
}
