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
