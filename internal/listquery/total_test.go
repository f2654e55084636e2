package listquery_test

import (
	"context"
	"errors"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func categories() *definition.Resource {
	return &definition.Resource{
		Name: "categories", Table: "categories", DefaultSort: "position,name", SoftDelete: true,
		Fields: []definition.Field{
			plain("id", definition.Integer), search(plain("name", definition.String)), plain("position", definition.Integer),
		},
	}
}

// fillCategories adds n categories at positions 1..n.
func fillCategories(t *testing.T, db *store.DB, n int) {
	t.Helper()
	storetest.SQL(t, db, `
		WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $1)
		INSERT INTO categories (created_at, updated_at, version, name, slug, position)
		SELECT CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1, 'Category ' || i, 'category-' || i, i FROM numbers`, n)
}

func TestTotal(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		type answer struct {
			total    int64
			estimate bool
		}
		count := func(rawQuery string) answer {
			t.Helper()
			q := parse(t, categories(), rawQuery)
			total, estimate, err := q.Total(storetest.Context(t), db.Reader, q.Limit())
			if err != nil {
				t.Fatal(err)
			}
			return answer{total, estimate}
		}
		check := func(rawQuery string, want answer) {
			t.Helper()
			if got := count(rawQuery); got != want {
				t.Errorf("%s: got %+v, want %+v", rawQuery, got, want)
			}
		}

		check("", answer{0, false})
		fillCategories(t, db, 10_001)
		check("position_lte=10000", answer{10_000, false})
		check("q=category&position_lte=10000&limit=1&offset=5000", answer{10_000, false})
		check("position=1,2,3", answer{3, false})
		check("q=CATEGORY+10", answer{1 + 10 + 100 + 2, false}) // 10, 10x, 10xx, 1000x
		// The cursor does not change what is counted.
		first := parse(t, categories(), "limit=1")
		cursor := first.NextCursor(func(field string) any {
			return map[string]any{"position": int64(9999), "name": "x", "id": int64(1)}[field]
		})
		check("position=1,2,3&sort=id&cursor="+parse(t, categories(), "position=1,2,3&sort=id").NextCursor(func(string) any { return int64(1 << 40) }),
			answer{3, false})
		if got := count("cursor=" + cursor); got.total < 10_001 || !got.estimate {
			t.Errorf("10,001 rows: %+v", got)
		}

		storetest.SQL(t, db, "UPDATE categories SET deleted_at = CURRENT_TIMESTAMP WHERE position = 1")
		check("", answer{10_000, false})
		if got := count("include_deleted=true"); got.total < 10_001 || !got.estimate {
			t.Errorf("10,001 rows: %+v", got)
		}
	})
}

// unplanned fails when PostgreSQL's planner is asked.
type unplanned struct{ listquery.Database }

func (unplanned) Planned(context.Context, string, ...any) (int64, error) {
	return 0, errors.New("the planner was asked")
}

// Of a large table of which nothing is deleted, the size tells the total.
func TestTotalOfLargeTable(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	analyse := func() {
		t.Helper()
		if _, err := db.SQL().ExecContext(storetest.Context(t), "ANALYZE categories"); err != nil {
			t.Fatal(err)
		}
	}
	kept, deletable := categories(), categories()
	kept.SoftDelete, deletable.SoftDelete = false, false
	deletable.Operations = []definition.Operation{definition.Delete}
	fillCategories(t, db, 9_000)
	analyse()
	q := parse(t, kept, "")
	if total, estimate, err := q.Total(storetest.Context(t), unplanned{db.Reader}, q.Limit()); total != 9_000 || estimate || err != nil {
		t.Errorf("9,000 rows: %d, %t, %v", total, estimate, err)
	}
	if _, err := db.SQL().ExecContext(storetest.Context(t), "DELETE FROM categories"); err != nil {
		t.Fatal(err)
	}
	fillCategories(t, db, 60_000)
	analyse()
	total, estimate, err := q.Total(storetest.Context(t), unplanned{db.Reader}, q.Limit())
	if total < 55_000 || total > 65_000 || !estimate || err != nil {
		t.Errorf("60,000 rows: %d, %t, %v", total, estimate, err)
	}
	for name, q := range map[string]*listquery.Query{
		"deletable": parse(t, deletable, ""),
		"hidden":    parse(t, categories(), ""),
		"filtered":  parse(t, kept, "position_gte=1"),
		"searched":  parse(t, kept, "q=category"),
	} {
		if total, _, err := q.Total(storetest.Context(t), unplanned{db.Reader}, q.Limit()); err == nil {
			t.Errorf("%s: %d rows are not counted", name, total)
		}
	}
}

// If the rows show that the page is the last one, the total is known without a query.
func TestTotalOfTheLastPage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rawQuery string
		fetched  int
		total    int64
	}{
		{"", 0, 0},
		{"", 7, 7},
		{"limit=7", 7, 7},
		{"limit=7&offset=20", 1, 21},
		{"limit=200&offset=9800", 200, 10_000},
	} {
		q := parse(t, categories(), c.rawQuery)
		total, estimate, err := q.Total(storetest.Context(t), nil, c.fetched)
		if total != c.total || estimate || err != nil {
			t.Errorf("%s with %d rows: got %d, estimate %t, %v, want %d", c.rawQuery, c.fetched, total, estimate, err, c.total)
		}
	}
}

// Other pages do not show the total: it is counted.
func TestTotalOfOtherPages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fillCategories(t, db, 9)
		cursor := parse(t, categories(), "sort=id").NextCursor(func(string) any { return int64(7) })
		for rawQuery, fetched := range map[string]int{
			"limit=8":                  9,
			"offset=20":                0,
			"sort=id&cursor=" + cursor: 2,
			"limit=200&offset=9801":    200, // as if there were more than are counted
			"limit=3&position_gte=1":   4,
			"limit=3&offset=3&q=categ": 4,
		} {
			q := parse(t, categories(), rawQuery)
			if total, _, err := q.Total(storetest.Context(t), db.Reader, fetched); total != 9 || err != nil {
				t.Errorf("%s with %d rows: got %d, %v", rawQuery, fetched, total, err)
			}
		}
	})
}

// A viewer who may not read the records is not told how many there are, although ent's
// policies do not see the statement.
func TestTotalNeedsPermission(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		resource := categories()
		resource.Permissions.Read = "categories:read"
		q := parse(t, resource, "")
		clerk := func(held ...access.Permission) context.Context {
			return access.With(t.Context(), access.NewViewer(access.Viewer{Kind: access.KindStaff}, held...))
		}
		for kind, ctx := range map[shop.Kind]context.Context{
			shop.KindUnauthenticated: t.Context(),
			shop.KindForbidden:       clerk("products:read"),
		} {
			if _, _, err := q.Total(ctx, db.Reader, 0); shop.KindOf(err) != kind {
				t.Errorf("got %v, want %s", err, kind)
			}
		}
		if _, _, err := q.Total(clerk("categories:read"), db.Reader, q.Limit()); err != nil {
			t.Error(err)
		}
	})
}

func TestTotalBeyondTheLimitIsAnEstimate(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const rows = 30_000
		fillCategories(t, db, rows)
		storetest.SQL(t, db, "ANALYZE categories")
		for rawQuery, most := range map[string]int64{"": rows * 11 / 10, "position_lte=20000": 22_000, "position_gt=10000&q=cat": 22_000} {
			q := parse(t, categories(), rawQuery)
			total, estimate, err := q.Total(storetest.Context(t), db.Reader, q.Limit())
			if err != nil {
				t.Fatal(err)
			}
			if db.Dialect() == dialect.SQLite {
				most = listquery.MaxCount + 1
			}
			if !estimate || total <= listquery.MaxCount || total > most {
				t.Errorf("%q: got %d, estimate %t, want at most %d", rawQuery, total, estimate, most)
			}
			if db.Dialect() == dialect.Postgres && total < most*8/10 {
				t.Errorf("%q: got %d, want about %d", rawQuery, total, most)
			}
		}
	})
}
