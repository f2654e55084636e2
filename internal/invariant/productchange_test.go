package invariant_test

import (
	"context"
	"slices"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/ent/productchange"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Changes of what the summaries store about products are noted on every write path, one by
// one and in bulk, and other changes are not.
func TestProductChangesAreNoted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := access.System(storetest.Context(t))
		expect := func(step string, want []int64) {
			t.Helper()
			var noted []int64
			db.Client.ProductChange.Query().Unique(true).Order(productchange.ByProductID()).
				Select(productchange.FieldProductID).ScanX(ctx, &noted)
			if !slices.Equal(noted, want) {
				t.Errorf("%s: noted %v, want %v", step, noted, want)
			}
			db.Client.ProductChange.Delete().ExecX(ctx)
		}
		ids := shoptest.Products(t, db, 3, 0) // without stock, because a movement is noted too
		expect("creation", ids)
		one, two := ids[:1], ids[:2]
		elsewhere := shoptest.Category(t, db, "elsewhere", nil)
		for _, step := range []struct {
			name  string
			write func(ctx context.Context, tx *ent.Client) error
			noted []int64
		}{
			{"name", func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.Update().Where(product.IDIn(two...)).SetName("X").Exec(ctx)
			}, nil},
			{"category of one", func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(ids[0]).SetCategoryID(elsewhere).Exec(ctx)
			}, one},
			{"activity of many", func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.Update().Where(product.IDIn(two...)).SetIsActive(false).Exec(ctx)
			}, two},
			{"limit of many", func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.Update().Where(product.IDIn(two...)).SetLowStockAt(5).Exec(ctx)
			}, two},
			{"no limit", func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(ids[0]).ClearLowStockAt().Exec(ctx)
			}, one},
			{"deletion of many", func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.Product.Delete().Where(product.IDIn(two...)).Exec(ctx)
				return err
			}, two},
			{"restoring", func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(ids[0]).Where(product.DeletedAtNotNil()).ClearDeletedAt().Exec(ctx)
			}, one},
		} {
			shoptest.Do(t, db, step.write)
			expect(step.name, step.noted)
		}
	})
}
