// Package reconcile proves that the shop's books agree:
//
//   - The stock of every product, deleted ones included, is the sum of its movements and
//     the balance after the last of them. Every balance is the one before plus the change.
//   - Every sale and every cancellation in the ledger belongs to an order item.
//   - The total of every order is the sum of its items.
//   - Every order item has exactly one sale, of its product and quantity. It has exactly
//     one such cancellation if the order is cancelled, and none otherwise.
//   - The summaries of package summary are the sums of the orders.
//
// Run proves all of it. Prove proves what is new since the last proof: the new movements
// and the stock of their products, the orders that are new or have new events or movements,
// and the summaries of their days. That is enough as long as old rows are changed by the
// program only. What Run finds and Prove does not is a change to rows that had been proved
// before.
//
// Both only read, in ranges of ids, each range in a snapshot of its own. So memory does not
// grow with the shop, and sales that happen meanwhile are not reported as drift.
package reconcile

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Options say how to reconcile.
type Options struct {
	// Progress is called after every range with how many records of a stage are done.
	Progress func(stage string, done, total int64)

	atOnce int64 // rows of a span, if not zero: for tests
}

// Run checks every product, order and summary that exists when it begins. Drift is not an
// error: it is in the report. Only the system may call it, because it bypasses ent and
// its policies.
func Run(ctx context.Context, db *store.DB, o Options) (*Report, error) {
	r, err := newRun(ctx, db, o)
	if err != nil {
		return nil, err
	}
	return r.all(ctx, 0, []check{
		{"products", 0, r.books.productsAtOnce, r.products, &r.report.Products},
		{"orders", 0, atOnce, r.orders, &r.report.Orders},
	})
}

// run is a reconciliation in progress.
type run struct {
	Options

	books  books
	report *Report
	found  map[record]bool // drifts that must not be counted twice
}

// record identifies a record that drifts.
type record struct {
	kind string
	id   int64
}

// seen reports whether a drift was found before, and remembers it. It remembers drifts
// only, of which there are few if the last proof found none.
func (r *run) seen(kind string, id int64) bool {
	if r.report.Since == nil {
		return false // everything is checked once
	}
	before := r.found[record{kind, id}]
	r.found[record{kind, id}] = true
	return before
}

func newRun(ctx context.Context, db *store.DB, o Options) (*run, error) {
	if err := access.CheckSystem(ctx); err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	return &run{
		Options: o,
		found:   map[record]bool{},
		books:   books{pool: db.ReadSQL(), dialect: db.Dialect()},
		report:  &Report{OK: true, ProductList: []ProductDrift{}, OrderList: []OrderDrift{}, SalesList: []SalesDrift{}},
	}, nil
}

// all makes the checks, and then checks the summaries of the days whose orders have
// events after the given one.
func (r *run) all(ctx context.Context, events int64, checks []check) (*Report, error) {
	if err := r.do(ctx, checks); err != nil {
		return nil, err
	}
	if err := r.sales(ctx, events); err != nil {
		return nil, err
	}
	return r.report, nil
}

// check is how to check a table.
type check struct {
	table string
	after int64 // only records with larger ids are checked
	size  func(context.Context, extent) (int64, error)
	look  func(context.Context, *page, span) error
	count *int64
}

// do makes the checks one after the other.
func (r *run) do(ctx context.Context, checks []check) error {
	for _, c := range checks {
		whole, err := r.books.extent(ctx, c.table, c.after)
		if err != nil {
			return fmt.Errorf("reconcile %s: %w", c.table, err)
		}
		size, err := c.size(ctx, whole)
		if err != nil {
			return fmt.Errorf("reconcile %s: %w", c.table, err)
		}
		if r.atOnce > 0 {
			size = r.atOnce
		}
		*c.count, err = r.books.each(ctx, whole, size, r.Progress, c.look)
		if err != nil {
			return fmt.Errorf("reconcile %s: %w", c.table, err)
		}
	}
	r.report.OK = r.report.ProductDrifts == 0 && r.report.OrderDrifts == 0 && r.report.SalesDrifts == 0
	return nil
}
