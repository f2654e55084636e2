package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/store"
)

type reconcileCmd struct {
	Full bool `help:"Check everything again, not only what has changed since the last run."`
}

// Run reconciles the books. When there is drift, it lists it and fails.
func (c *reconcileCmd) Run(ctx context.Context, a *app) error {
	return a.withShop(ctx, func(db *store.DB) error {
		report, err := reconcile.Prove(ctx, db, reconcile.Options{Progress: a.progress()}, c.Full)
		if errors.Is(err, reconcile.ErrNotKept) {
			a.log.WarnContext(ctx, "the next run will check the same again", "error", err)
		} else if err != nil {
			return err
		}
		if err := a.print(report, func(w io.Writer) { describeReport(w, report) }); err != nil {
			return err
		}
		return agreement(report)
	})
}

// agreement is nil when the books agree, and otherwise ends the command with status 1.
func agreement(r *reconcile.Report) error {
	if r.OK {
		return nil
	}
	return &finding{"the books do not agree"}
}

func describeReport(w io.Writer, r *reconcile.Report) {
	for _, d := range r.ProductList {
		fmt.Fprintf(w, "product %d (%s): stock %d, ledger %d, last balance %d",
			d.ProductID, plain(d.SKU), d.Stock, d.LedgerSum, d.LastBalance)
		if d.FirstBroken != nil {
			fmt.Fprintf(w, ", %d broken balances from movement %d", d.BrokenBalances, *d.FirstBroken)
		}
		if d.LooseMovements > 0 {
			fmt.Fprintf(w, ", %d sales or cancellations without an order", d.LooseMovements)
		}
		fmt.Fprintln(w)
	}
	for _, d := range r.OrderList {
		fmt.Fprintf(w, "order %d (%s): total %d, items %d, %d items without their movements\n",
			d.OrderID, d.Status, d.Total, d.ItemsTotal, d.BrokenItems)
	}
	for _, d := range r.SalesList {
		fmt.Fprintf(w, "summaries of %s: %d quarters of an hour, %d products and %d categories do not agree with the orders:"+
			" run 'storekeeper summarise --rebuild'\n", d.Day, d.Slots, d.Products, d.Categories)
	}
	if r.ScarceDrifts > 0 {
		fmt.Fprintf(w, "the list of scarce products is wrong about %d products: run 'storekeeper summarise --rebuild'\n", r.ScarceDrifts)
	}
	if r.TallyDrifts > 0 {
		fmt.Fprintf(w, "%d counts of orders or scarce products are wrong:"+
			" run 'storekeeper summarise --rebuild'\n", r.TallyDrifts)
	}
	if more := r.ProductDrifts + r.OrderDrifts + r.SalesDrifts - int64(len(r.ProductList)+len(r.OrderList)+len(r.SalesList)); more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
	switch {
	case r.ProductDrifts+r.OrderDrifts > 0:
		fmt.Fprintln(w, "How to mend them: docs/operations.md, \"Drift was found\".")
	case r.OK && r.Since != nil:
		fmt.Fprintf(w, "The changes since the last run agree: %d orders, the movements of %d products. --full checks everything.\n",
			r.Orders, r.Products)
	case r.OK:
		fmt.Fprintf(w, "The books agree: %d products, %d orders.\n", r.Products, r.Orders)
	}
}
