package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// LedgerOnly refuses inventory movements that are not written by package stock: they
// would not agree with the stock.
func LedgerOnly() ent.Hook {
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		if m.Op().Is(ent.OpCreate) && !stock.Writing(ctx) {
			return nil, shop.Conflictf("inventory movements are written by moving stock")
		}
		return next(ctx)
	})
}

// InitialStock turns the stock with which a product is created into a movement, in the
// same transaction, and refuses to set the stock afterwards.
func InitialStock() ent.Hook {
	return on(func(ctx context.Context, m *ent.ProductMutation, next proceed) (ent.Value, error) {
		if m.Op().Is(updates) && touches(m, "stock") {
			return nil, shop.Invalidf("stock", "is changed by moving stock only")
		}
		units, _ := m.Stock()
		if units == 0 { // or not given
			return next(ctx)
		}
		if units < 0 || units > shop.MaxStock {
			return nil, shop.Invalidf("stock", "expected a number from 0 to %d", shop.MaxStock)
		}
		if err := inTransaction(m); err != nil {
			return nil, err
		}
		m.SetStock(0)
		v, err := next(ctx)
		if err != nil {
			return nil, err
		}
		p, ok := v.(*ent.Product)
		if !ok {
			return nil, unexpected(v)
		}
		moving, err := underway(ctx, m)
		if err != nil {
			return nil, err
		}
		_, err = stock.Post(moving, ent.ClientOf(ctx, m), []stock.Line{{ProductID: p.ID, Change: units, Reason: shop.Initial}})
		if err != nil {
			return nil, err
		}
		p.Stock = units
		return p, nil
	})
}
