package invariant_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func move(db *store.DB, ctx context.Context, id, parent int64) error { //nolint:revive // reads as a sentence
	return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.Category.UpdateOneID(id).SetParentID(parent).Exec(ctx)
	})
}

func TestCategoryCycles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a := shoptest.Category(t, db, "a", nil)
		b := shoptest.Category(t, db, "b", &a)
		c := shoptest.Category(t, db, "c", &b)
		for _, to := range []int64{a, b, c} {
			if err := move(db, storetest.Context(t), a, to); shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("a below %d: %v", to, err)
			}
		}
		if err := move(db, storetest.Context(t), c, a); err != nil {
			t.Errorf("a move without a cycle: %v", err)
		}
	})
}

// Of two moves that are harmless alone but together make a cycle, one is refused, at
// whatever moment they meet.
func TestConcurrentMoves(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for round := range 15 {
			var ids [3]int64
			for i := range ids {
				ids[i] = shoptest.Category(t, db, fmt.Sprintf("r%d-%d", round, i), nil)
			}
			var wg sync.WaitGroup
			for i := range ids {
				wg.Go(func() {
					err := move(db, storetest.Context(t), ids[i], ids[(i+1)%len(ids)])
					if err != nil && shop.KindOf(err) != shop.KindInvalid {
						t.Errorf("a mover got %v", err)
					}
				})
			}
			wg.Wait()
			checkTree(t, db)
		}
	})
}

func checkTree(t *testing.T, db *store.DB) {
	t.Helper()
	parents := map[int64]*int64{}
	for _, c := range db.Client.Category.Query().AllX(storetest.Context(t)) {
		parents[c.ID] = c.ParentID
	}
	for id := range parents {
		steps := 0
		for at := parents[id]; at != nil; at = parents[*at] {
			steps++
			if steps > len(parents) {
				t.Fatalf("category %d lies below itself", id)
			}
		}
	}
}

func TestCategoryDeletion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		parent := shoptest.Category(t, db, "parent", nil)
		child := shoptest.Category(t, db, "child", &parent)
		remove := func(id int64) error {
			return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return tx.Category.DeleteOneID(id).Exec(ctx) })
		}
		restore := func(id int64) error {
			return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				return tx.Category.UpdateOneID(id).Where(category.DeletedAtNotNil()).ClearDeletedAt().Exec(ctx)
			})
		}
		if err := remove(parent); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("with a living child: %v", err)
		}
		if err := remove(child); err != nil {
			t.Fatal(err)
		}
		if err := remove(parent); err != nil {
			t.Fatal(err)
		}
		if n := db.Client.Category.Query().CountX(ctx); n != 0 {
			t.Errorf("%d deleted categories are seen", n)
		}
		if n := db.Client.Category.Query().CountX(invariant.WithDeleted(ctx)); n != 2 {
			t.Errorf("%d of 2 are kept", n)
		}
		if err := restore(child); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("below a deleted parent: %v", err)
		}
		if err := restore(parent); err != nil {
			t.Error(err)
		}
		if err := restore(child); err != nil {
			t.Error(err)
		}
	})
}

// If a product is put into a category while the category is deleted, one of the two is
// refused, so that no product remains in a deleted category.
func TestDeletionRacesCreation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for round := range 15 {
			id := shoptest.Category(t, db, fmt.Sprintf("race-%d", round), nil)
			var wg sync.WaitGroup
			var deleted, created error
			wg.Go(func() {
				deleted = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
					return tx.Category.DeleteOneID(id).Exec(ctx)
				})
			})
			wg.Go(func() {
				created = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
					return tx.Product.Create().SetSku(fmt.Sprint("R-", round)).SetName("R").SetPrice(1).SetCategoryID(id).Exec(ctx)
				})
			})
			wg.Wait()
			if (deleted == nil) == (created == nil) {
				t.Errorf("deletion: %v, creation: %v", deleted, created)
			}
		}
	})
}
