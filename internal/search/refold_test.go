package search_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/search"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Names from before their folded column, and those that an older server has changed since,
// are folded, more than one batch of them, and none of that is an edit. What is right, and
// what was changed long ago, is left alone.
func TestRefold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		ids := shoptest.Products(t, db, 2_100, 1)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(ids[0]).SetName("Židle").Exec(ctx)
		})
		storetest.SQL(t, db, "UPDATE products SET name_folded = ''")
		storetest.SQL(t, db, "UPDATE categories SET name_folded = 'x', name = 'Příbory'")
		storetest.SQL(t, db, fmt.Sprintf("UPDATE products SET name_folded = 'x', updated_at = '2026-01-01 00:00:00+00:00' WHERE id = %d", ids[1]))
		refold := func(want int) {
			t.Helper()
			if n, err := search.Refold(ctx, db, shop.Now()); n != want || err != nil {
				t.Errorf("folded %d, %v, want %d", n, err, want)
			}
		}
		refold(2_099 + 1)
		folded := db.Client.Product.Query().Order(product.ByID()).Select(product.FieldNameFolded).StringsX(ctx)
		for i, p := range db.Client.Product.Query().Order(product.ByID()).AllX(ctx) {
			switch {
			case p.ID == ids[1] && folded[i] == "x":
			case folded[i] != fold.Text(p.Name), p.ID != ids[0] && p.Version != 1, p.Version > 2:
				t.Fatalf("%q is folded to %q in version %d", p.Name, folded[i], p.Version)
			}
		}
		if got := db.Client.Category.Query().Select(category.FieldNameFolded).StringX(ctx); got != "pribory" {
			t.Errorf("the category is folded to %q", got)
		}
		refold(0)
		if n, err := search.Refold(ctx, db, shop.Now().Add(48*time.Hour)); n != 0 || err != nil {
			t.Error(n, err)
		}
	})
}
