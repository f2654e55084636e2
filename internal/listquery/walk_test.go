package listquery_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// For any rows, sort and page sizes, walking a list by cursor gives the rows of the same
// query without pages, in the same order, each once.
func TestWalkingByCursor(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			ctx := storetest.Context(t)
			category, made := stockShelf(ctx, rt, db, rapid.SliceOfN(genItem(), 0, 30).Draw(rt, "items"))
			terms := genSort().Draw(rt, "sort")
			deleted := rapid.Bool().Draw(rt, "include_deleted")
			rawQuery := fmt.Sprintf("category_id=%d&include_deleted=%t", category, deleted)
			if len(terms) > 0 {
				rawQuery += "&sort=" + strings.Join(terms, ",")
			}

			whole := unpaged(t, rt, db, category, terms, deleted)
			if deleted && len(whole) != len(made) {
				rt.Fatalf("%d of %d rows without pages", len(whole), len(made))
			}
			var walked []int64
			for cursor := ""; ; {
				size := rapid.IntRange(1, 7).Draw(rt, "limit")
				rows, next := page(ctx, rt, db, fmt.Sprintf("%s&limit=%d%s", rawQuery, size, cursor))
				walked = append(walked, idsOf(rows)...)
				if next == "" {
					break
				}
				if len(rows) != size || len(walked) >= len(whole) {
					rt.Fatalf("%d rows of %d, %d walked of %d, and another page", len(rows), size, len(walked), len(whole))
				}
				cursor = "&cursor=" + next
			}
			if diff := cmp.Diff(whole, walked); diff != "" {
				rt.Fatalf("%s (-unpaged +walked):\n%s", rawQuery, diff)
			}

			// An offset gives the same rows, and the walk continues by cursor from there.
			if len(whole) > 2 {
				skip := rapid.IntRange(0, len(whole)-2).Draw(rt, "offset")
				first, next := page(ctx, rt, db, fmt.Sprintf("%s&limit=1&offset=%d", rawQuery, skip))
				second, _ := page(ctx, rt, db, rawQuery+"&limit=1&cursor="+next)
				if got := append(idsOf(first), idsOf(second)...); !cmp.Equal(got, whole[skip:skip+2]) {
					rt.Fatalf("jump to %d: got %v, want %v", skip, got, whole[skip:skip+2])
				}
			}
		})
	})
}

// unpaged returns the ids of the whole list, by SQL that is written here and does not use
// the tested code.
func unpaged(t *testing.T, rt *rapid.T, db *store.DB, category int64, terms []string, deleted bool) []int64 {
	t.Helper()
	order := make([]string, 0, len(terms)+1)
	direction := " ASC"
	for _, term := range terms {
		name, desc := strings.CutPrefix(term, "-")
		direction = " ASC"
		if desc {
			direction = " DESC"
		}
		if name == "name" {
			name = "name_folded"
		}
		order = append(order, name+direction)
	}
	if len(terms) == 0 {
		direction = " DESC" // the default of products
	}
	query := fmt.Sprintf("SELECT id FROM products WHERE category_id = %d AND (deleted_at IS NULL OR %t) ORDER BY %s",
		category, deleted, strings.Join(append(order, "id"+direction), ", "))
	rows, err := db.ReadSQL().QueryContext(storetest.Context(t), query)
	if err != nil {
		rt.Fatal(err)
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			rt.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		rt.Fatal(err)
	}
	return ids
}

// genSort draws up to five different fields, each ascending or descending.
func genSort() *rapid.Generator[[]string] {
	return rapid.Custom(func(t *rapid.T) []string {
		fields := rapid.Permutation([]string{
			"low_stock_at", "name", "price", "is_active", "created_at", "deleted_at", "sku", "updated_at", "id",
		}).Draw(t, "fields")
		terms := fields[:rapid.IntRange(0, 5).Draw(t, "number")]
		for i := range terms {
			if rapid.Bool().Draw(t, "descending") {
				terms[i] = "-" + terms[i]
			}
		}
		return terms
	})
}

// Rows that are added or removed between pages do not move others.
func TestWalkingWhileRowsChange(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		items := make([]item, 10)
		for i := range items {
			items[i] = item{name: fmt.Sprintf("%c", 'b'+2*i), created: noon}
		}
		category, made := stockShelf(ctx, t, db, items)
		list := fmt.Sprintf("category_id=%d&sort=name&limit=4", category)
		_, cursor := page(ctx, t, db, list)

		// The row at the cursor's position is deleted; one row is added before it and one
		// after.
		err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			for _, name := range []string{"a", "i"} {
				if err := tx.Product.Create().SetSku(name).SetName(name).SetPrice(1).SetCategoryID(category).Exec(ctx); err != nil {
					return err
				}
			}
			return tx.Product.DeleteOneID(made[3].ID).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, _ := page(ctx, t, db, list+"&cursor="+cursor)
		got := make([]string, len(rows))
		for i, row := range rows {
			got[i] = row.Name
		}
		if diff := cmp.Diff([]string{"i", "j", "l", "n"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// The engines sort NULLs differently, and lists sort them as their engine does.
func TestNullsSortAsTheEngineSortsThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		category, _ := stockShelf(storetest.Context(t), t, db, []item{{name: "null", created: noon}, {name: "five", low: &limit, created: noon}})
		nullFirst := map[string]bool{"low_stock_at": db.Dialect() == dialect.SQLite, "-low_stock_at": db.Dialect() == dialect.Postgres}
		for sort, want := range nullFirst {
			rows, _ := page(storetest.Context(t), t, db, fmt.Sprintf("category_id=%d&sort=%s", category, sort))
			if got := rows[0].LowStockAt == nil; got != want {
				t.Errorf("sort=%s: NULL first is %t, want %t", sort, got, want)
			}
		}
	})
}
