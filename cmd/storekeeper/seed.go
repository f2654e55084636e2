package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

type seedCmd struct {
	Products  int    `default:"2000" help:"How many products."`
	Customers int    `default:"500" help:"How many customers."`
	Orders    int    `default:"5000" help:"How many orders, over the past year."`
	Seed      uint64 `default:"1" help:"Seed of the random data: the same seed gives the same shop."`
	Force     bool   `env:"STOREKEEPER_SEED_FORCE" help:"Add to a shop that already has data."`
}

// Validate implements kong's validation.
func (c *seedCmd) Validate() error {
	options := c.options()
	return flagError(options.Validate())
}

func (c *seedCmd) options() seed.Options {
	return seed.Options{Products: c.Products, Customers: c.Customers, Orders: c.Orders, Seed: c.Seed, Force: c.Force}
}

// Run fills the shop. A shop that has data is left alone unless forced.
func (c *seedCmd) Run(ctx context.Context, a *app) error {
	return a.withOwnShop(ctx, func(db *store.DB) error {
		start := time.Now()
		options := c.options()
		options.Now, options.Currency, options.Progress = shop.Now(), a.currency, a.progress()
		summary, err := seed.Run(ctx, db, options)
		if errors.Is(err, seed.ErrNotEmpty) {
			return a.print(summary, func(w io.Writer) {
				fmt.Fprintln(w, "The shop already has data: nothing was written. Use --force to add to it.")
			})
		}
		if err != nil {
			return err
		}
		return a.print(summary, func(w io.Writer) {
			fmt.Fprintf(w, "%d categories, %d products, %d customers, %d orders with %d items, %d inventory movements in %s\n",
				summary.Categories, summary.Products, summary.Customers, summary.Orders, summary.OrderItems,
				summary.Movements, time.Since(start).Round(time.Millisecond))
		})
	})
}

// progress draws a bar for each stage on a terminal, and nothing elsewhere.
func (a *app) progress() func(stage string, done, total int64) {
	if !isTerminal(a.errOut) {
		return func(string, int64, int64) {}
	}
	var (
		bar     *progressbar.ProgressBar
		current string
	)
	return func(stage string, done, total int64) {
		if bar == nil || stage != current {
			current = stage
			bar = progressbar.NewOptions64(total,
				progressbar.OptionSetWriter(a.errOut), progressbar.OptionSetDescription(stage),
				progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionThrottle(100*time.Millisecond),
				progressbar.OptionOnCompletion(func() { fmt.Fprintln(a.errOut) }))
		}
		_ = bar.Set64(done) // drawing is not worth failing for
	}
}
