package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"

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

// Records are found by id, even when SQLite's statistics say that there are few: reading all
// of them, and the list for each, would hold up everybody who wants to write.
func TestMendingFindsByID(t *testing.T) {
	t.Parallel()
	var statements sync.Map
	db := storetest.Open(t, store.Config{
		URL: storetest.URL(t, dialect.SQLite), RelaxedSync: true,
		Observe: func(ctx context.Context, statement string) (context.Context, func(error)) {
			if strings.Contains(statement, "json_each") && !strings.HasPrefix(statement, "EXPLAIN") {
				statements.Store(statement, true)
			}
			return ctx, func(error) {}
		},
	})
	ctx := storetest.Context(t)
	shoptest.Customers(t, db, 12)
	storetest.SQL(t, db, "ANALYZE")
	storetest.SQL(t, db, "UPDATE customers SET name_folded = '', phone = '030 ' || id")
	names, err := search.Refold(ctx, db, shop.Now())
	numbers, other := search.Renumber(ctx, db, shop.Now())
	if names != 12 || numbers != 12 || err != nil || other != nil {
		t.Fatal(names, err, numbers, other)
	}
	seen := 0
	statements.Range(func(statement, _ any) bool {
		seen++
		plan := storetest.Plan(t, db, statement.(string), "[]")
		if !slices.Contains(plan, "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)") {
			t.Errorf("%s is planned so: %q", statement, plan)
		}
		return true
	})
	if seen != 2 {
		t.Errorf("%d statements", seen)
	}
}
