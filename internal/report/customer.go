package report

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// CustomerSales is what a customer has bought so far.
type CustomerSales struct {
	Sales
	FirstOrder, LastOrder *time.Time // nil without orders
	Foreign               []Foreign
}

// OfCustomer adds up a customer's orders that are not cancelled and are in the currency. It
// needs the permission to read customers as well as reports. The error is KindNotFound when
// the context sees no such customer.
func OfCustomer(ctx context.Context, client *ent.Client, id int64, currency shop.Currency) (*CustomerSales, error) {
	if err := access.Check(ctx, access.ReportsRead); err != nil {
		return nil, err
	}
	there, err := client.Customer.Query().Where(customer.ID(id)).Exist(ctx)
	if err := shop.Found("customer", id, there, err); err != nil {
		return nil, err
	}
	type row struct {
		inCurrency
		first, last moment
	}
	rows, err := collect(ctx, access.CustomersRead, client, func(rows *sql.Rows, r *row) error {
		return rows.Scan(&r.currency, &r.sales.Orders, &r.sales.Revenue, &r.sales.Units, &r.first, &r.last)
	}, "SELECT o.currency, "+figures(client.Dialect())+", MIN(o.placed_at), MAX(o.placed_at)"+
		" FROM orders AS o WHERE o.customer_id = $1 AND "+sold+" GROUP BY o.currency", id)
	if err != nil {
		return nil, fmt.Errorf("sales of customer: %w", err)
	}
	out := &CustomerSales{Foreign: []Foreign{}}
	for i := range rows {
		r := &rows[i]
		if r.currency == currency {
			out.Sales, out.FirstOrder, out.LastOrder = r.sales, &r.first.Time, &r.last.Time
		} else {
			out.Foreign = append(out.Foreign, foreign(&r.inCurrency))
		}
	}
	sortForeign(out.Foreign)
	return out, nil
}
