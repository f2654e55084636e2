package stock_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// posting posts lines, in whatever transaction.
func posting(lines ...stock.Line) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		_, err := stock.Post(ctx, tx, lines)
		return err
	}
}

// A posting that had to wait for another meets the stock that the other left,
// not the one at the moment when it began: it gets what came meanwhile, and
// hears the truth about what went.
func TestPostingMeetsPosting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stock         int64
		first, second []int64 // changes of the products
		refused       shop.Kind
		left          int64 // of the first product
	}{
		"what came":               {0, []int64{9}, []int64{-5}, "", 4},
		"what came of one of two": {5, []int64{9}, []int64{-14, -5}, "", 0},
		"what came of the other":  {5, []int64{1, 9}, []int64{-5, -14}, "", 1},
		"not enough came":         {0, []int64{4}, []int64{-5}, shop.KindInsufficientStock, 4},
		"what went":               {9, []int64{-5}, []int64{-5}, shop.KindInsufficientStock, 4},
		"the room that came":      {shop.MaxStock, []int64{-5}, []int64{5}, "", shop.MaxStock},
		"the room that went":      {shop.MaxStock - 5, []int64{5}, []int64{5}, shop.KindInvalid, shop.MaxStock},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				products := shoptest.Products(t, db, 2, c.stock)
				lines := func(changes []int64) (lines []stock.Line) {
					for i, change := range changes {
						lines = append(lines, adjustment(products[i], change))
					}
					return lines
				}
				first, second := shoptest.Overlap(t, db, posting(lines(c.first)...), posting(lines(c.second)...))
				if first != nil {
					t.Error(first)
				}
				if shop.KindOf(second) != c.refused {
					t.Errorf("expected %q, got %v", c.refused, second)
				}
				if left := unitsOf(t, db, products[0]); left != c.left {
					t.Errorf("%d are left, not %d", left, c.left)
				}
				shoptest.Lawful(t, db)
			})
		})
	}
}

// A posting that waits for one product finds another that was created
// meanwhile, or none of it: it is never stuck between the two.
func TestPostingMeetsNewProduct(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		old := shoptest.Products(t, db, 1, 5)[0]
		category := shoptest.Category(t, db, "new", nil)
		var fresh int64
		first, second := shoptest.Overlap(t, db,
			func(ctx context.Context, tx *ent.Client) error {
				p, err := tx.Product.Create().SetSku("NEW").SetName("New").SetPrice(1).SetStock(5).SetCategoryID(category).Save(ctx)
				if err != nil {
					return err
				}
				fresh = p.ID
				return posting(adjustment(old, -1))(ctx, tx)
			},
			func(ctx context.Context, tx *ent.Client) error {
				return posting(adjustment(old, -1), adjustment(fresh, -1))(ctx, tx)
			})
		if first != nil {
			t.Error(first)
		}
		want := map[shop.Kind]int64{"": 1, shop.KindNotFound: 0}
		moved, known := want[shop.KindOf(second)]
		if !known || unitsOf(t, db, old) != 4-moved || unitsOf(t, db, fresh) != 5-moved {
			t.Errorf("%d and %d are left, the posting says %v", unitsOf(t, db, old), unitsOf(t, db, fresh), second)
		}
		shoptest.Lawful(t, db)
	})
}

// A count that had to wait holds when the stock came to be what was expected,
// and is refused when it came to be something else: it is never taken for one
// that changes nothing.
func TestCountMeetsPosting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change  int64
		refused shop.Kind
		left    int64
	}{
		"to what was expected": {3, "", 7},
		"to something else":    {4, shop.KindConflict, 14},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				product := shoptest.Products(t, db, 1, 10)[0]
				var counted *ent.InventoryMovement
				first, second := shoptest.Overlap(t, db, posting(adjustment(product, c.change)),
					func(ctx context.Context, tx *ent.Client) (err error) {
						counted, err = stock.Count(ctx, tx, product, stock.Tally{Counted: 7, Expected: 13})
						return err
					})
				if first != nil || shop.KindOf(second) != c.refused {
					t.Errorf("expected %q, got %v, %v", c.refused, first, second)
				}
				if (counted == nil) != (second != nil) {
					t.Errorf("the count moved %v and says %v", counted, second)
				}
				if left := unitsOf(t, db, product); left != c.left {
					t.Errorf("%d are left, not %d", left, c.left)
				}
				shoptest.Lawful(t, db)
			})
		})
	}
}
