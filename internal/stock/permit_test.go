package stock_test

import (
	"context"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A role's limit bounds every correction, up and down, by whatever way it is
// posted; what is delivered or sold has none. Without a limit there is none.
func TestLargestAdjustment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 1000)[0]
		for _, most := range []*int64{nil, new(int64(0)), new(int64(1)), new(int64(100))} {
			viewer := access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 1, Email: "clerk@example.com", MaxStockAdjustment: most}, access.All()...)
			for _, change := range []int64{1, -1, 2, -2, 100, -100, 101, -101, 500, -500} {
				for _, reason := range shop.ManualReasons {
					adjust := func(ctx context.Context, tx *ent.Client) error {
						_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: p, Change: change, Reason: reason})
						return err
					}
					inflow := change > 0 && (reason == shop.Receipt || reason == shop.Return)
					limited(t, db, viewer, string(reason), change, inflow, adjust)
				}
				limited(t, db, viewer, "a count", change, false, func(ctx context.Context, tx *ent.Client) error {
					_, err := stock.Count(ctx, tx, p, stock.Tally{Counted: 1000 + change, Expected: 1000})
					return err
				})
			}
		}
		shoptest.Agree(t, db)
	})
}

// limited tries a change and takes it back.
func limited(
	t *testing.T, db *store.DB, viewer *access.Viewer, what string, change int64, free bool, do func(ctx context.Context, tx *ent.Client) error,
) {
	t.Helper()
	ctx := access.With(t.Context(), viewer)
	tx, err := db.Client.Tx(ctx)
	if err != nil {
		t.Fatal(err)
	}
	failed := do(ctx, tx.Client())
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	most := viewer.MaxStockAdjustment
	within := most == nil || free || change <= *most && -change <= *most
	switch {
	case within && failed != nil:
		t.Errorf("%s of %d with a limit of %v: %v", what, change, most, failed)
	case !within && (shop.KindOf(failed) != shop.KindForbidden || !strings.Contains(failed.Error(), "at most")):
		t.Errorf("%s of %d passes the limit of %d: %v", what, change, *most, failed)
	}
}

// Selling and cancelling are not corrections: a limit of nothing does not keep a
// clerk from them.
func TestSalesHaveNoLimit(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	p := shoptest.Products(t, db, 1, 1000)[0]
	customer := shoptest.Customers(t, db, 1)[0]
	viewer := access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 1, Email: "clerk@example.com", MaxStockAdjustment: new(int64)}, access.All()...)
	ctx := access.With(t.Context(), viewer)
	placed := shoptest.OrderIn(ctx, t, db, customer, p)
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.Order.UpdateOneID(placed.Order.ID).SetStatus(shop.Cancelled).Exec(ctx)
	})
	if err != nil {
		t.Error(err)
	}
	if m := db.Client.InventoryMovement.Query().AllX(ctx); len(m) != 3 || m[2].Actor != string(shop.ActorFrom(ctx)) {
		t.Errorf("%v", m)
	}
}
