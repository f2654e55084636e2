package access_test

import (
	"context"
	"slices"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// useCase is something that people do, called without the API. Each of the permissions is
// enough for it. The list is empty if no role can have such a permission.
type useCase struct {
	name  string
	anyOf []access.Permission
	do    func(ctx context.Context, tx *ent.Client) error
}

// moves are the stock movements that a person may ask for.
var moves = []struct {
	reason shop.MovementReason
	change int64
	anyOf  []access.Permission
}{
	{shop.Receipt, 1, []access.Permission{access.StockReceive, access.StockAdjust}},
	{shop.Return, 1, []access.Permission{access.StockReceive, access.StockAdjust}},
	{shop.Receipt, -1, []access.Permission{access.StockAdjust}},
	{shop.Return, -1, []access.Permission{access.StockAdjust}},
	{shop.Adjustment, 1, []access.Permission{access.StockAdjust}},
	{shop.Adjustment, -1, []access.Permission{access.StockAdjust}},
	{shop.Damage, 1, []access.Permission{access.StockAdjust}},
	{shop.Damage, -1, []access.Permission{access.StockAdjust}},
	{shop.Stocktake, 1, []access.Permission{access.StockCount}},
	{shop.Stocktake, -1, []access.Permission{access.StockCount}},
	{shop.Initial, 1, nil},
}

// useCases returns what can be done with the shop of furnish.
func useCases() []useCase {
	only := func(p access.Permission) []access.Permission { return []access.Permission{p} }
	fails := func(_ any, err error) error { return err }
	sight := []access.Permission{access.MovementsRead, access.StockCount}
	all := []useCase{
		{"see a cart", only(access.CartsRead), func(ctx context.Context, tx *ent.Client) error { return fails(cart.View(ctx, tx, 1)) }},
		{"add to a cart", only(access.CartsUpdate), func(ctx context.Context, tx *ent.Client) error { return fails(cart.Add(ctx, tx, 1, 1, 1)) }},
		{"add more to a cart", only(access.CartsUpdate), func(ctx context.Context, tx *ent.Client) error { return fails(cart.Add(ctx, tx, 1, 2, 1)) }},
		{"clear a cart", only(access.CartsUpdate), func(ctx context.Context, tx *ent.Client) error { return cart.Clear(ctx, tx, 1) }},
		{"claim a cart", only(access.CartsUpdate), func(ctx context.Context, tx *ent.Client) error { return fails(cart.Claim(ctx, tx, 1)) }},
		{"change a line", only(access.CartsUpdate), func(ctx context.Context, tx *ent.Client) error { return fails(cart.SetQuantity(ctx, tx, 1, 3, 2)) }},
		{"remove a line", only(access.CartsUpdate), func(ctx context.Context, tx *ent.Client) error { return cart.Remove(ctx, tx, 1, 3) }},
		{"check out", only(access.CheckoutCreate), func(ctx context.Context, tx *ent.Client) error {
			return fails(checkout.Place(ctx, tx, 1, nil, nil, shop.DefaultCurrency))
		}},
		{"process an order", only(access.OrdersTransition), func(ctx context.Context, tx *ent.Client) error {
			return fails(order.Transition(ctx, tx, 1, shop.Processing, "n"))
		}},
		{"cancel an order", only(access.OrdersCancel), func(ctx context.Context, tx *ent.Client) error {
			return fails(order.Transition(ctx, tx, 1, shop.Cancelled, ""))
		}},
		{"note an order", only(access.OrdersNote), func(ctx context.Context, tx *ent.Client) error { return fails(order.AddNote(ctx, tx, 1, "n")) }},
		{"send an order elsewhere", only(access.OrdersAddress), func(ctx context.Context, tx *ent.Client) error {
			return fails(order.Readdress(ctx, tx, 1, new("a")))
		}},
		{"see a timeline", only("orders:read"), func(ctx context.Context, tx *ent.Client) error {
			return fails(order.Timeline(ctx, tx, 1, func(*ent.OrderEventQuery) {}))
		}},
		{"see items", only("orders:read"), func(ctx context.Context, tx *ent.Client) error { return fails(order.Items(ctx, tx, 1)) }},
		{"see the ledger", only("inventory-movements:read"), func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.History(ctx, tx, 1, func(*ent.InventoryMovementQuery) {}))
		}},
		{"see stock", sight, func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.AsOf(ctx, tx, 1, shop.Now()))
		}},
		{"see stock now", only("inventory-movements:read"), func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.Available(ctx, tx, 1))
		}},
		{"see what can be counted", sight, func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.LevelOf(ctx, tx, 1))
		}},
		{"count", only(access.StockCount), func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.Count(ctx, tx, 2, stock.Tally{Counted: 9, Expected: 10}))
		}},
		{"count with what is sold", only(access.StockCount), func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.Count(ctx, tx, 1, stock.Tally{Counted: 10, Expected: 8, Committed: 2}))
		}},
		{"count as expected", only(access.StockCount), func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.Count(ctx, tx, 2, stock.Tally{Counted: 10, Expected: 10}))
		}},
		{"take goods of an order back", []access.Permission{access.StockReceive, access.StockAdjust}, func(ctx context.Context, tx *ent.Client) error {
			for _, to := range []shop.OrderStatus{shop.Processing, shop.Shipped} {
				if _, err := order.Transition(access.System(ctx), tx, 1, to, ""); err != nil {
					return err
				}
			}
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: 1, Change: 1, Damaged: 1, Reason: shop.Return, OrderItemID: 1})
			return err
		}},
		{"sell", nil, func(ctx context.Context, tx *ent.Client) error { return fails(stock.Sell(ctx, tx, 1, offers)) }},
		{"ask what cannot be sold", nil, func(ctx context.Context, tx *ent.Client) error { return stock.Refuse(ctx, tx, offers) }},
	}
	for _, m := range moves {
		all = append(all, useCase{"post " + string(m.reason), m.anyOf, func(ctx context.Context, tx *ent.Client) error {
			return fails(stock.Post(ctx, tx, []stock.Line{{ProductID: 1, Change: m.change, Reason: m.reason}}))
		}})
		if m.reason.Manual() {
			all = append(all, useCase{"adjust for " + string(m.reason), m.anyOf, func(ctx context.Context, tx *ent.Client) error {
				_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: 1, Change: m.change, Reason: m.reason})
				return err
			}})
		}
	}
	return all
}

var offers = []stock.Offer{{ProductID: 1, SKU: "P-1", Name: "Product 1", Price: 100, Quantity: 1}}

// A caller that bypasses the API still needs the permission. No viewer, the built-in roles
// that lack the permission, and a viewer that holds every other permission are refused and
// write nothing. Each of the permissions is enough.
func TestUseCasesAreGuarded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		furnish(t, db)
		before := shoptest.Dump(t, db)
		for _, c := range useCases() {
			if err := try(t, db, nil, c); shop.KindOf(err) != shop.KindUnauthenticated {
				t.Errorf("nobody may %s: %v", c.name, err)
			}
			lacking := [][]access.Permission{slices.DeleteFunc(access.All(), func(p access.Permission) bool { return slices.Contains(c.anyOf, p) })}
			for _, role := range access.Roles() {
				if len(access.Both(role.Permissions, c.anyOf)) == 0 {
					lacking = append(lacking, role.Permissions)
				} else if err := try(t, db, clerk(role.Permissions...), c); err != nil {
					t.Errorf("%s may not %s: %v", role.Name, c.name, err)
				}
			}
			for _, permissions := range lacking {
				if err := try(t, db, clerk(permissions...), c); shop.KindOf(err) != shop.KindForbidden {
					t.Errorf("with %v one may %s: %v", permissions, c.name, err)
				}
			}
			for _, p := range c.anyOf {
				if err := try(t, db, clerk(p), c); err != nil {
					t.Errorf("with %s one may not %s: %v", p, c.name, err)
				}
			}
		}
		shoptest.Unchanged(t, db, before)
	})
}

// try runs the use case in a transaction that is rolled back.
func try(t *testing.T, db *store.DB, viewer *access.Viewer, c useCase) error {
	t.Helper()
	ctx := access.With(t.Context(), viewer)
	tx, err := db.Client.Tx(ctx)
	if err != nil {
		t.Fatal(err)
	}
	failed := c.do(ctx, tx.Client())
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	return failed
}
