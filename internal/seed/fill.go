package seed

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// chunk is how many rows of the smaller tables are inserted at once.
const chunk = 5_000

// fill writes the whole shop, each row after the rows that it refers to.
func fill(ctx context.Context, l loader, o Options, found inventory) (Summary, error) {
	p := newPlan(o, found)
	stock, rows, err := p.simulate(recount) // to compute the final stock
	if err != nil {
		return Summary{}, err
	}
	summary := Summary{
		Products: int64(o.Products), Customers: int64(o.Customers),
		Orders: rows.order, OrderItems: rows.item, OrderEvents: rows.event, Movements: rows.movement,
	}
	tree, leaves := categories(found.categories, found.last.category, p.from-130*day)
	summary.Categories = int64(len(tree))
	if err := insert(ctx, l, categoryTable, tree); err != nil {
		return Summary{}, err
	}
	err = fillTable(ctx, l, p, productTable, len(p.products), func(i int) productRow {
		product := &p.products[i]
		return productRow{
			id: p.after.product + int64(i) + 1, product: product, stock: stock[i],
			category: leaves[product.offer.leaf], now: p.now,
		}
	})
	if err != nil {
		return Summary{}, err
	}
	book := register{seed: p.Seed, rng: stream(p.Seed, "customers"), taken: found.addresses}
	err = fillTable(ctx, l, p, customerTable, len(p.joined), func(i int) customerRow {
		return book.next(p.after.customer+int64(i)+1, p.joined[i])
	})
	if err != nil {
		return Summary{}, err
	}
	carts := openCarts(p, stock)
	summary.CartItems = int64(len(carts))
	if err := insert(ctx, l, cartTable, carts); err != nil {
		return Summary{}, err
	}
	return summary, fillYear(ctx, l, p, rows)
}

func recount(b *batch) (*batch, error) {
	b.clear()
	return b, nil
}

// fillTable writes n rows. It calls row for each, one after the other.
func fillTable[R any](ctx context.Context, l loader, p *plan, t table[R], n int, row func(i int) R) error {
	rows := make([]R, 0, min(chunk, n))
	for i := range n {
		rows = append(rows, row(i))
		if len(rows) < chunk && i < n-1 {
			continue
		}
		if err := insert(ctx, l, t, rows); err != nil {
			return err
		}
		rows = rows[:0]
		p.Progress(t.name, int64(i+1), int64(n))
	}
	return nil
}

// fillYear writes orders and the ledger while the year is being simulated. There are
// never more than three batches of rows in memory.
func fillYear(ctx context.Context, l loader, p *plan, rows ids) error {
	full, empty := make(chan *batch), make(chan *batch, 2)
	empty <- &batch{}
	empty <- &batch{}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(full)
		_, _, err := p.simulate(func(b *batch) (*batch, error) {
			select {
			case full <- b:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			select {
			case b = <-empty:
				return b, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		})
		return err
	})
	group.Go(func() error {
		total := rows.order + rows.item + rows.event + rows.movement
		done := int64(0)
		for b := range full {
			if err := insertBatch(ctx, l, b); err != nil {
				return err
			}
			done += int64(b.size())
			p.Progress("orders", done, total)
			b.clear()
			empty <- b
		}
		return nil
	})
	return group.Wait()
}

func insertBatch(ctx context.Context, l loader, b *batch) error {
	if err := insert(ctx, l, orderTable, b.orders); err != nil {
		return err
	}
	if err := insert(ctx, l, itemTable, b.items); err != nil {
		return err
	}
	if err := insert(ctx, l, eventTable, b.events); err != nil {
		return err
	}
	return insert(ctx, l, movementTable, b.movements)
}
