package invariant_test

import (
	"context"
	"slices"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The folded name follows the name on every write path that changes it, and nobody writes it
// alone.
func TestFold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ids := shoptest.Products(t, db, 2, 1)
		kept := func(step string, want ...string) {
			t.Helper()
			got := db.Client.Product.Query().Order(product.ByID()).Select(product.FieldNameFolded).StringsX(storetest.Context(t))
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", step, got, want)
			}
		}
		kept("created", "product 1", "product 2")
		update := func(step string, change func(u *ent.ProductUpdateOne), want ...string) {
			t.Helper()
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				u := tx.Product.UpdateOneID(ids[0])
				change(u)
				return u.Exec(ctx)
			})
			kept(step, want...)
		}
		update("renamed", func(u *ent.ProductUpdateOne) { u.SetName("Židle") }, "zidle", "product 2")
		update("with another's", func(u *ent.ProductUpdateOne) { u.SetName("Stůl").SetNameFolded("x") }, "stul", "product 2")
		update("another field", func(u *ent.ProductUpdateOne) { u.SetPrice(2) }, "stul", "product 2")
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.Update().Where(product.IDIn(ids...)).SetName("Å").Exec(ctx)
		})
		kept("many at once", "a", "a")
		for _, write := range []func(tx *ent.Client) error{
			func(tx *ent.Client) error {
				return tx.Product.UpdateOneID(ids[0]).SetNameFolded("x").Exec(storetest.Context(t))
			},
			func(tx *ent.Client) error { return tx.Product.Update().SetNameFolded("").Exec(storetest.Context(t)) },
		} {
			err := db.Tx(storetest.Context(t), func(_ context.Context, tx *ent.Client) error { return write(tx) })
			shoptest.Invalid(t, err, "name_folded")
		}
		kept("refused", "a", "a")
	})
}
