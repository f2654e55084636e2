package listquery_test

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// eachLocale runs the test on both databases, and on one of PostgreSQL that sorts texts as
// in a German dictionary.
func eachLocale(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	storetest.Each(t, test)
	t.Run("german", func(t *testing.T) {
		t.Parallel()
		test(t, storetest.German(t))
	})
}

// A list by name is in the order that Go gives the folded names, and then the ids, on every
// database alike. Its pages give every row once in that order, also those that nobody has
// folded yet: they come first, as if their names were empty.
func TestOrderOfNames(t *testing.T) {
	t.Parallel()
	eachLocale(t, func(t *testing.T, db *store.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			ctx := storetest.Context(t)
			category, made := stockShelf(ctx, rt, db, rapid.SliceOfN(genItem(), 0, 20).Draw(rt, "items"))
			folded := make(map[int64]string, len(made))
			var stale []int64
			for _, p := range made {
				folded[p.ID] = fold.Text(p.Name)
				if rapid.IntRange(0, 3).Draw(rt, "not folded") == 0 {
					folded[p.ID] = ""
					stale = append(stale, p.ID)
				}
			}
			unfold(ctx, rt, db, stale)
			want := idsOf(made)
			slices.SortFunc(want, func(a, b int64) int { return cmp.Or(strings.Compare(folded[a], folded[b]), cmp.Compare(a, b)) })
			sort := "name"
			if rapid.Bool().Draw(rt, "descending") {
				sort = "-name"
				slices.Reverse(want)
			}
			list := fmt.Sprintf("category_id=%d&include_deleted=true&sort=%s&limit=%d", category, sort, rapid.IntRange(1, 7).Draw(rt, "limit"))
			if got := walk(ctx, rt, db, list, len(made)); !slices.Equal(got, want) {
				rt.Fatalf("%s (-want +got):\n%s", list, gocmp.Diff(want, got))
			}
		})
	})
}

func unfold(ctx context.Context, t tester, db *store.DB, ids []int64) {
	t.Helper()
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "UPDATE products SET name_folded = '' WHERE id = $1", id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// walk returns the ids of all pages. It fails when there are more than most.
func walk(ctx context.Context, t tester, db *store.DB, list string, most int) []int64 {
	t.Helper()
	ids := []int64{}
	for cursor := ""; ; {
		rows, next := page(ctx, t, db, list+cursor)
		ids = append(ids, idsOf(rows)...)
		if next == "" {
			return ids
		}
		if len(ids) > most {
			t.Fatalf("%s: more rows than %d", list, most)
		}
		cursor = "&cursor=" + next
	}
}

// Capital and small letters, and those with accents, stand together.
func TestNamesStandTogether(t *testing.T) {
	t.Parallel()
	eachLocale(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		names := []string{"Zucker", "äpfel", "Banane", "apfel", "Äpfel", "banane", "Čaj", "čaj", "Caj"}
		items := make([]item, len(names))
		for i := range items {
			items[i] = item{name: names[i], created: noon}
		}
		category, _ := stockShelf(ctx, t, db, items)
		rows, _ := page(ctx, t, db, fmt.Sprintf("category_id=%d&sort=name", category))
		got := make([]string, len(rows))
		for i, row := range rows {
			got[i] = row.Name
		}
		want := []string{"äpfel", "apfel", "Äpfel", "Banane", "banane", "Čaj", "čaj", "Caj", "Zucker"}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// A filter by a name finds it as it is written, in any combination of folded and not folded
// rows, and no name that is folded to the same text.
func TestFilterByFoldedName(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		category, made := stockShelf(ctx, t, db, []item{
			{name: "Äpfel", created: noon}, {name: "Apfel", created: noon}, {name: "Äpfel", created: noon}, {name: "Zucker", created: noon},
		})
		unfold(ctx, t, db, []int64{made[2].ID, made[3].ID})
		for names, want := range map[string][]int64{
			"Äpfel":        {made[0].ID, made[2].ID},
			"Apfel":        {made[1].ID},
			"apfel":        {},
			"Apfel,Zucker": {made[1].ID, made[3].ID},
		} {
			list := fmt.Sprintf("category_id=%d&sort=id&limit=1&name=%s", category, url.QueryEscape(names))
			if got := walk(ctx, t, db, list, len(made)); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", names, got, want)
			}
		}
	})
}

// A cursor from when lists were sorted by the name itself is refused: its page would begin
// elsewhere.
func TestCursorsOfRawNamesAreRefused(t *testing.T) {
	t.Parallel()
	before := products()
	name, _ := before.Field("name")
	name.Folded = ""
	for _, sort := range []string{"name", "-name", "price,name"} {
		old := parse(t, before, "sort="+sort).NextCursor(func(field string) any {
			if field == "name" {
				return "Hammer"
			}
			return tools(field)
		})
		parse(t, before, "sort="+sort+"&cursor="+old)
		if got := refusals(t, products(), "sort="+sort+"&cursor="+old); !slices.Equal(got, []string{"query.cursor"}) {
			t.Errorf("sort=%s: refuses %v", sort, got)
		}
	}
	old := parse(t, before, "sort=price").NextCursor(tools)
	parse(t, products(), "sort=price&cursor="+old)
}
