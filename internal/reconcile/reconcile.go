// Package reconcile proves that the shop's books agree:
//
//   - the stock of every product, deleted ones too, is the sum of its movements
//     and the balance after the last of them, and every balance is the one
//     before plus the change;
//   - every sale and every cancellation in the ledger belongs to an order item;
//   - the total of every order is the sum of its items;
//   - every order item has exactly one sale, of its product and its quantity,
//     and exactly one such cancellation when the order is cancelled, else none.
//
// It only reads, in ranges of ids, each in a snapshot of its own: memory does
// not grow with the shop, and a shop that goes on selling raises no alarm.
package reconcile

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Options say how to reconcile.
type Options struct {
	// Progress is told after every range how many records of a stage are done.
	Progress func(stage string, done, total int64)

	atOnce int64 // rows of a span, where not zero: for tests
}

// Run looks at every product and order that there is when it begins. Drift is
// not an error: it is in the report. It is for the system alone, because it goes past
// ent and its policies.
func Run(ctx context.Context, db *store.DB, o Options) (*Report, error) {
	if err := access.CheckSystem(ctx); err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	report := &Report{ProductList: []ProductDrift{}, OrderList: []OrderDrift{}}
	books := books{pool: db.ReadSQL(), dialect: db.Dialect()}
	for _, check := range []struct {
		table string
		size  func(context.Context, extent) (int64, error)
		look  func(context.Context, *page, span) error
		count *int64
	}{
		{"products", books.productsAtOnce, report.products, &report.Products},
		{"orders", ordersAtOnce, report.orders, &report.Orders},
	} {
		whole, err := books.extent(ctx, check.table)
		if err != nil {
			return nil, fmt.Errorf("reconcile %s: %w", check.table, err)
		}
		size, err := check.size(ctx, whole)
		if err != nil {
			return nil, fmt.Errorf("reconcile %s: %w", check.table, err)
		}
		if o.atOnce > 0 {
			size = o.atOnce
		}
		*check.count, err = books.each(ctx, whole, size, o.Progress, check.look)
		if err != nil {
			return nil, fmt.Errorf("reconcile %s: %w", check.table, err)
		}
	}
	report.OK = report.ProductDrifts == 0 && report.OrderDrifts == 0
	return report, nil
}
