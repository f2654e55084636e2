package batch_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/batch"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// apply makes changes in a transaction, and returns those that failed.
func apply(
	t *testing.T, db *store.DB, ids []int64, change func(ctx context.Context, tx *ent.Client, id int64) error,
) (failed []int64, err error) {
	t.Helper()
	err = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		why, err := batch.Apply(ctx, tx, ids, func(ctx context.Context, id int64) error { return change(ctx, tx, id) })
		failed = slices.Sorted(maps.Keys(why))
		return err
	})
	return failed, err
}

// left are the categories that are not deleted.
func left(t *testing.T, db *store.DB) []int64 {
	t.Helper()
	ids, err := db.Reader.Category.Query().Order(ent.Asc("id")).IDs(storetest.Context(t))
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func remove(ctx context.Context, tx *ent.Client, id int64) error {
	return tx.Category.DeleteOneID(id).Exec(ctx)
}

// Each change stands or falls alone, a refused one with all that it wrote, and what stands
// in another's way goes first. What concerns the whole transaction ends it.
func TestApply(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a, b := shoptest.Category(t, db, "a", nil), shoptest.Category(t, db, "b", nil)
		tree := []int64{shoptest.Category(t, db, "root", nil)} // deeper than there are rounds
		for i := range 7 {
			tree = append(tree, shoptest.Category(t, db, fmt.Sprintf("below-%d", i), &tree[i]))
		}

		failed, err := apply(t, db, []int64{a, b}, func(ctx context.Context, tx *ent.Client, id int64) error {
			if err := remove(ctx, tx, id); err != nil || id == a {
				return err
			}
			return shop.Conflictf("no")
		})
		if err != nil || cmp.Diff([]int64{b}, failed)+cmp.Diff(append([]int64{b}, tree...), left(t, db)) != "" {
			t.Errorf("%v failed, %v are left: %v", failed, left(t, db), err)
		}
		failed, err = apply(t, db, tree, remove)
		if err != nil || len(failed) > 0 || cmp.Diff([]int64{b}, left(t, db)) != "" {
			t.Errorf("a tree: %v failed, %v are left: %v", failed, left(t, db), err)
		}
		broken := errors.New("the disk is gone")
		_, err = apply(t, db, []int64{b}, func(ctx context.Context, tx *ent.Client, id int64) error {
			return errors.Join(remove(ctx, tx, id), broken)
		})
		if !errors.Is(err, broken) || cmp.Diff([]int64{b}, left(t, db)) != "" {
			t.Errorf("a failure: %v are left: %v", left(t, db), err)
		}
	})
}

// The stock of new products is in the ledger, whether all were created together or some were
// refused, and package summary is told of each product that is there.
func TestApplyStock(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		category := shoptest.Category(t, db, "things", nil)
		create := func(ctx context.Context, tx *ent.Client, id int64) error {
			return tx.Product.Create().SetSku(fmt.Sprint("P-", id)).SetName("P").SetPrice(1).SetStock(id).SetCategoryID(category).Exec(ctx)
		}
		for _, step := range []struct{ ids, refused []int64 }{
			{ids: []int64{1, 2, 3}},
			{ids: []int64{4, 2, 5}, refused: []int64{2}},
		} {
			failed, err := apply(t, db, step.ids, create)
			if err != nil || !slices.Equal(failed, step.refused) {
				t.Errorf("%v: %v failed: %v", step.ids, failed, err)
			}
		}
		noted := map[int64]int{}
		for _, c := range db.Reader.ProductChange.Query().AllX(ctx) {
			noted[c.ProductID]++
		}
		var units []int64
		for _, p := range db.Reader.Product.Query().Order(ent.Asc("stock")).AllX(ctx) {
			units = append(units, p.Stock)
			if noted[p.ID] != 1 {
				t.Errorf("%s is noted %d times", p.Sku, noted[p.ID])
			}
		}
		if !slices.Equal(units, []int64{1, 2, 3, 4, 5}) || len(noted) != 5 {
			t.Errorf("stock %v, %d noted", units, len(noted))
		}
		shoptest.Lawful(t, db)
	})
}
