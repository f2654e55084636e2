package seed

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// chunk is how many rows of the smaller tables are inserted at once.
const chunk = 5_000

// fill writes the whole shop: what orders refer to first.
func fill(ctx context.Context, l loader, o Options, found inventory) (Summary, error) {
	p := newPlan(o, found)
	stock, rows, err := p.simulate(recount) // to know the final stock
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
	if err := fillProducts(ctx, l, p, stock, leaves); err != nil {
		return Summary{}, err
	}
	if err := fillCustomers(ctx, l, p, found.addresses); err != nil {
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

func fillProducts(ctx context.Context, l loader, p *plan, stock, leaves []int64) error {
	rows := make([]productRow, 0, min(chunk, len(p.products)))
	for i := range p.products {
		product := &p.products[i]
		rows = append(rows, productRow{
			id: p.after.product + int64(i) + 1, product: product, stock: stock[i],
			category: leaves[product.offer.leaf], now: p.now,
		})
		if len(rows) < chunk && i < len(p.products)-1 {
			continue
		}
		if err := insert(ctx, l, productTable, rows); err != nil {
			return err
		}
		rows = rows[:0]
		p.Progress("products", int64(i+1), int64(len(p.products)))
	}
	return nil
}

func fillCustomers(ctx context.Context, l loader, p *plan, taken addresses) error {
	book := register{rng: stream(p.Seed, "customers"), taken: taken}
	rows := make([]customerRow, 0, min(chunk, len(p.joined)))
	for i, at := range p.joined {
		rows = append(rows, book.next(p.after.customer+int64(i)+1, at))
		if len(rows) < chunk && i < len(p.joined)-1 {
			continue
		}
		if err := insert(ctx, l, customerTable, rows); err != nil {
			return err
		}
		rows = rows[:0]
		p.Progress("customers", int64(i+1), int64(len(p.joined)))
	}
	return nil
}

// fillYear writes orders and the ledger while the year is being simulated. At
// no time there are more than three batches of rows.
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
