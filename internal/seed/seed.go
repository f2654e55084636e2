// Package seed fills a shop with believable data: a home and garden shop's
// catalog, its customers, and a year of orders with their timelines and every
// movement of stock.
//
// The year is simulated in the order of time, so that the data keeps the rules
// that the program enforces: stock never below zero and equal to its ledger,
// totals equal to their items, states along the table. It is written past the
// hooks, in bulk, inside one transaction: a seed that is interrupted leaves
// nothing behind, however large. `storekeeper reconcile` is its proof.
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

// ErrNotEmpty says that the shop has data already, so that nothing was written.
var ErrNotEmpty = errors.New("the shop has data already")

// Options say what to seed.
type Options struct {
	Products, Customers, Orders int

	// Seed chooses among shops: the same options give the same rows.
	Seed uint64
	// Now ends the year of orders; the present by default.
	Now time.Time
	// Currency is that of prices and orders, shop.DefaultCurrency by default.
	Currency shop.Currency
	// Force adds to a shop that has data. What is there stays as it is; only
	// categories are shared, by their slugs.
	Force bool
	// Progress is told how far a stage is, now and then, from one goroutine at
	// a time; done reaches total at the end of a stage.
	Progress func(stage string, done, total int64)
}

// Demo is the shop that `storekeeper serve --demo` shows.
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

// attempts bounds how often a seed starts again when the database rolled it
// back for the sake of another transaction.
const attempts = 3

// Run seeds the shop in one transaction. Others cannot write until it ends; on
// PostgreSQL they cannot read an empty shop either, because its indexes are
// built after the rows. Run returns ErrNotEmpty when the shop has data and Force
// is not set, and what Validate says of the options. It is for the system alone, because it goes past ent and its policies.
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
		err = fmt.Errorf("seed: %w", ctx.Err()) // whatever failed, failed for that
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

// The largest shop: ten times what the program is measured with (docs/scale.md).
// Its catalog and customers take less than 3 GB of memory.
const (
	maxProducts  = 10_000_000
	maxCustomers = 20_000_000
	maxOrders    = 100_000_000
)

// Validate refuses options that make no shop, with an error of kind Invalid.
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

// once seeds in one transaction.
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
