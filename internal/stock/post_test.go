package stock_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// post posts lines in a transaction of their own.
func post(ctx context.Context, db *store.DB, lines ...stock.Line) (movements []*ent.InventoryMovement, err error) {
	err = db.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		movements, err = stock.Post(ctx, tx, lines)
		return err
	})
	return movements, err
}

// adjustment is a line that a person may write.
func adjustment(product, change int64) stock.Line {
	return stock.Line{ProductID: product, Change: change, Reason: shop.Adjustment}
}

func unitsOf(t *testing.T, db *store.DB, product int64) int64 {
	t.Helper()
	return db.Client.Product.GetX(storetest.Context(t), product).Stock
}

// Several lines of several products, in any order, each get their movement, in
// the order of the lines, with the balance after it.
func TestRunningBalances(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		products := shoptest.Products(t, db, 2, 10)
		a, b := products[0], products[1]
		before := db.Client.Product.GetX(ctx, a)
		movements, err := post(shop.WithActor(ctx, "anna@example.com"), db,
			adjustment(b, -10), adjustment(a, -3), adjustment(b, 4), adjustment(a, -7), adjustment(b, -4))
		if err != nil {
			t.Fatal(err)
		}
		got := make([]string, len(movements))
		for i, m := range movements {
			got[i] = fmt.Sprintf("%d %+d=%d %s", m.ProductID-a, m.QuantityChange, m.BalanceAfter, m.Actor)
		}
		want := []string{"1 -10=0", "0 -3=7", "1 +4=4", "0 -7=0", "1 -4=0"}
		for i := range want {
			want[i] += " anna@example.com"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if p := db.Client.Product.GetX(ctx, a); p.Stock != 0 || p.Version != before.Version || !p.UpdatedAt.Equal(before.UpdatedAt) {
			t.Errorf("moving stock edited the product: %v", p)
		}
		shoptest.Lawful(t, db)
	})
}

// Stock that the lines together leave, but one of them does not, is not enough.
func TestNoLineTakesWhatAnotherBringsLater(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		p := shoptest.Products(t, db, 1, 5)[0]
		_, err := post(ctx, db, adjustment(p, -6), adjustment(p, 10))
		e := shoptest.Refusal(t, err, shop.KindInsufficientStock)
		if len(e.Items) != 1 || e.Items[0].Requested != 6 || e.Items[0].Available != 5 {
			t.Errorf("%+v", e.Items)
		}
		if _, err := post(ctx, db, adjustment(p, 10), adjustment(p, -6)); err != nil {
			t.Error(err)
		}
		shoptest.Lawful(t, db)
	})
}

// A refused posting names all that is short, moves nothing, and leaves the
// transaction as it found it, even for a caller who goes on and commits.
func TestAllOrNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 4, 5)
		before := shoptest.Dump(t, db)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			_, err := stock.Post(ctx, tx, []stock.Line{
				adjustment(products[3], -7), adjustment(products[0], -5), adjustment(products[1], -6), adjustment(products[2], 1),
			})
			e := shoptest.Refusal(t, err, shop.KindInsufficientStock)
			want := []shop.LineError{
				{ProductID: products[1], SKU: "P-2", Requested: 6, Available: 5},
				{ProductID: products[3], SKU: "P-4", Requested: 7, Available: 5},
			}
			if diff := cmp.Diff(want, e.Items); diff != "" {
				t.Error(diff)
			}
			return nil
		})
		shoptest.Unchanged(t, db, before)
	})
}

// Stock goes up to the limit and no further, and sums never wrap: SQLite would
// turn an overflow into a floating-point number, which passes a CHECK.
func TestLargestStock(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		products := shoptest.Products(t, db, 2, 1)
		other, p := products[0], products[1]
		for _, lines := range [][]stock.Line{
			{adjustment(p, shop.MaxStock)},
			{adjustment(p, shop.MaxStock-1), adjustment(p, 1)},
			{adjustment(p, shop.MaxStock), adjustment(p, shop.MaxStock)},
			{adjustment(p, shop.MaxStock), adjustment(p, -shop.MaxStock)}, // past it in between
			{adjustment(p, shop.MaxStock+1)},
			{adjustment(p, -shop.MaxStock-1)},
			{adjustment(p, -9223372036854775808)},
			{adjustment(p, 9223372036854775807)},
			{adjustment(p, 0)},
		} {
			_, err := post(ctx, db, lines...)
			shoptest.Invalid(t, err, "quantity_change")
		}
		_, err := post(ctx, db, adjustment(p, -shop.MaxStock), adjustment(p, -shop.MaxStock))
		shoptest.Invalid(t, err, "quantity_change")
		_, err = post(ctx, db, adjustment(p, -shop.MaxStock))
		shoptest.Refused(t, err, shop.KindInsufficientStock)
		if _, err := post(ctx, db, adjustment(p, shop.MaxStock-1)); err != nil {
			t.Error(err)
		}
		if now := unitsOf(t, db, p); now != shop.MaxStock {
			t.Errorf("stock is %d", now)
		}
		_, err = post(ctx, db, adjustment(other, shop.MaxStock-1), adjustment(p, 1)) // the other has room
		if e := shoptest.Refusal(t, err, shop.KindInvalid); !strings.Contains(e.Error(), "P-2") {
			t.Error(e)
		}
		shoptest.Lawful(t, db)
	})
}

func TestMalformedLines(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		p := shoptest.Products(t, db, 1, 5)[0]
		for _, c := range []struct {
			field string
			line  stock.Line
		}{
			{"reason", stock.Line{ProductID: p, Change: 1}},
			{"reason", stock.Line{ProductID: p, Change: 1, Reason: "theft"}},
			{"order_item_id", stock.Line{ProductID: p, Change: -1, Reason: shop.Sale}},
			{"order_item_id", stock.Line{ProductID: p, Change: 1, Reason: shop.Cancellation}},
			{"order_item_id", stock.Line{ProductID: p, Change: 1, Reason: shop.Receipt, OrderItemID: 1}},
			{"note", stock.Line{ProductID: p, Change: 1, Reason: shop.Receipt, Note: strings.Repeat("ä", 2001)}},
		} {
			_, err := post(ctx, db, c.line)
			shoptest.Invalid(t, err, c.field)
		}
		if _, err := post(ctx, db, stock.Line{ProductID: p, Change: 1, Reason: shop.Receipt, Note: strings.Repeat("ä", 2000)}); err != nil {
			t.Error(err)
		}
		mixed := adjustment(p, 1)
		mixed.Reason = shop.Receipt
		if _, err := post(ctx, db, adjustment(p, 1), mixed); shop.KindOf(err) != shop.KindInternal {
			t.Errorf("two reasons in a posting: %v", err)
		}
		if movements, err := post(ctx, db); err != nil || movements != nil {
			t.Errorf("no lines: %v, %v", movements, err)
		}
	})
}

// Without a transaction, the stock could move and its movement be missing.
func TestNeedsTransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 5)[0]
		before := shoptest.Dump(t, db)
		if _, err := stock.Post(storetest.Context(t), db.Client, []stock.Line{adjustment(p, 1)}); err == nil {
			t.Error("stock moved outside of a transaction")
		}
		if _, err := stock.Count(storetest.Context(t), db.Client, p, stock.Tally{Counted: 1, Expected: 5}); err == nil {
			t.Error("stock was counted outside of a transaction")
		}
		shoptest.Unchanged(t, db, before)
	})
}

// A list of any length is one posting, on either side of the length from which
// PostgreSQL gets arrays.
func TestLongPostings(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		products := shoptest.Products(t, db, 66, 3)
		for _, n := range []int{1, 64, 65, 66} {
			lines := make([]stock.Line, n)
			for i := range lines {
				lines[i] = adjustment(products[n-1-i], -1)
			}
			movements, err := post(ctx, db, lines...)
			if n == 66 {
				e := shoptest.Refusal(t, err, shop.KindInsufficientStock)
				if len(e.Items) != 1 || e.Items[0].ProductID != products[0] {
					t.Errorf("%+v", e.Items)
				}
				continue
			}
			if err != nil || len(movements) != n {
				t.Errorf("%d movements of %d, %v", len(movements), n, err)
			}
		}
		shoptest.Lawful(t, db)
	})
}

// Many who take the last units get what there is and not one more, and
// postings whose products come in opposite orders never fail for that.
func TestConcurrentPostings(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		products := shoptest.Products(t, db, 5, 30)
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				for range 6 {
					lines := make([]stock.Line, len(products))
					for j := range lines {
						at := j
						if i%2 == 1 {
							at = len(products) - 1 - j
						}
						lines[j] = adjustment(products[at], -1)
					}
					if _, err := post(ctx, db, lines...); err != nil && shop.KindOf(err) != shop.KindInsufficientStock {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		for _, p := range products {
			if now := unitsOf(t, db, p); now != 0 {
				t.Errorf("%d are left of product %d", now, p)
			}
		}
		shoptest.Lawful(t, db)
	})
}
