// Package seed fills a shop with believable data: the catalog of a home and garden shop,
// its customers, and a year of orders with their timelines and every movement of stock.
//
// The year is simulated in chronological order, so that the data obeys the rules that the
// program enforces: stock is never below zero and equals its ledger, totals equal the
// sums of their items, and states change as the table allows. The rows are written in
// bulk inside one transaction, without running hooks: a seed that is interrupted leaves
// nothing behind, however large it is. Use `storekeeper reconcile` to check the result.
package seed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// ErrNotEmpty is the error for a shop that has data already. Nothing was written.
var ErrNotEmpty = errors.New("the shop has data already")

// Options say what to seed.
type Options struct {
	Products, Customers, Orders int

	// Seed selects one of many shops: the same options always give the same rows.
	Seed uint64
	// Now is the end of the year of orders. The default is the present.
	Now time.Time
	// Currency is the currency of prices and orders. The default is shop.DefaultCurrency.
	Currency shop.Currency
	// Force adds to a shop that has data. Existing data stays as it is. Only categories
	// are shared, by their slugs.
	Force bool
	// Progress is called now and then with how much of a stage is done, by one goroutine at
	// a time. At the end of a stage, done equals total.
	Progress func(stage string, done, total int64)
}

// Demo returns the options of the shop that `storekeeper serve --demo` shows.
func Demo() Options { return Options{Products: 2_000, Customers: 500, Orders: 5_000, Seed: 1} }

// Summary counts the rows that were written.
type Summary struct {
	Categories  int64 `json:"categories"`
	Products    int64 `json:"products"`
	Customers   int64 `json:"customers"`
	CartItems   int64 `json:"cart_items"`
	Orders      int64 `json:"orders"`
	OrderItems  int64 `json:"order_items"`
	OrderEvents int64 `json:"order_events"`
	Movements   int64 `json:"inventory_movements"`
}

// attempts is how often a seed is tried if the database rolls it back because of another
// transaction.
const attempts = 3

// Run seeds the shop in one transaction. Others cannot write until it ends; on PostgreSQL
// they cannot read an empty shop either, because its indexes are built after the rows.
// Run returns ErrNotEmpty when the shop has data and Force is not set, and the error of
// Validate for invalid options. Only the system may call it, because it bypasses ent and
// its policies.
func Run(ctx context.Context, db *store.DB, o Options) (Summary, error) {
	if err := access.CheckSystem(ctx); err != nil {
		return Summary{}, err
	}
	if err := o.complete(); err != nil {
		return Summary{}, err
	}
	var (
		summary Summary
		err     error
	)
	for range attempts {
		summary, err = once(ctx, db, o)
		if !store.Retryable(err) {
			break
		}
	}
	if err != nil && ctx.Err() != nil {
		err = fmt.Errorf("seed: %w", ctx.Err()) // that is the cause of every other failure
	}
	if err != nil {
		return Summary{}, err
	}
	o.Progress("analyze", 0, 1)
	if err := analyze(ctx, db); err != nil {
		return summary, fmt.Errorf("the shop is filled; then: %w", err)
	}
	o.Progress("analyze", 1, 1)
	return summary, nil
}

// The limits of a shop: ten times what the program is measured with (docs/scale.md). The
// largest catalog and its customers take less than 3 GB of memory.
const (
	maxProducts  = 10_000_000
	maxCustomers = 20_000_000
	maxOrders    = 100_000_000
)

// Validate returns an error of kind Invalid for options that do not describe a shop.
func (o *Options) Validate() error {
	for _, count := range []struct {
		name    string
		n, most int
	}{{"products", o.Products, maxProducts}, {"customers", o.Customers, maxCustomers}, {"orders", o.Orders, maxOrders}} {
		if count.n < 0 || count.n > count.most {
			return shop.Invalidf(count.name, "expected 0 to %d, got %d", count.most, count.n)
		}
	}
	if o.Orders > 0 && (o.Products == 0 || o.Customers == 0) {
		return shop.Invalidf("orders", "expected products and customers with them")
	}
	return nil
}

func (o *Options) complete() error {
	if err := o.Validate(); err != nil {
		return err
	}
	if o.Currency == "" {
		o.Currency = shop.DefaultCurrency
	}
	if o.Now.IsZero() {
		o.Now = shop.Now()
	}
	o.Now = o.Now.UTC().Truncate(time.Microsecond)
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	return nil
}

// once tries to seed in one transaction.
func once(ctx context.Context, db *store.DB, o Options) (summary Summary, err error) {
	session, err := begin(ctx, db)
	if err != nil {
		return Summary{}, err
	}
	defer func() { err = errors.Join(err, session.end()) }()
	inventory, err := session.takeStock(ctx)
	if err != nil {
		return Summary{}, err
	}
	if !inventory.empty && !o.Force {
		return Summary{}, ErrNotEmpty
	}
	if inventory.empty && session.dialect == dialect.Postgres {
		if err := session.strip(ctx); err != nil {
			return Summary{}, err
		}
	}
	summary, err = fill(ctx, session, o, inventory)
	if err != nil {
		return Summary{}, err
	}
	if err := session.note(ctx, inventory); err != nil {
		return Summary{}, err
	}
	if err := session.dress(ctx, o.Progress); err != nil {
		return Summary{}, err
	}
	if err := session.commit(ctx); err != nil {
		return Summary{}, fmt.Errorf("seed: commit: %w", err)
	}
	return summary, nil
}
