package listquery_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
)

// render returns the query of a page without what precedes WHERE.
func render(q *listquery.Query, res *definition.Resource, name string) (string, []any) {
	b := sql.Dialect(name)
	s := b.Select("id").From(b.Table(res.Table))
	q.Where(s)
	q.Order(s)
	query, args := s.Query()
	for _, quote := range []string{"`", `"`} {
		query = strings.ReplaceAll(query, quote, "")
	}
	query = strings.ReplaceAll(query, res.Table+".", "")
	_, query, _ = strings.Cut(query, " FROM "+res.Table+" ")
	return strings.TrimPrefix(query, "WHERE deleted_at IS NULL AND "), args
}

func TestFilterSQL(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		rawQuery string
		postgres string
		sqlite   string
		args     []any // of both, unless pgArgs says otherwise
		pgArgs   []any
	}{
		{
			rawQuery: "price_lt=4&price_gte=1&sku=x", // in the order of the definition
			postgres: "sku = $1 AND price >= $2 AND price < $3",
			sqlite:   "sku = ? AND price >= ? AND price < ?",
			args:     []any{"x", int64(1), int64(4)},
		},
		{
			rawQuery: "price_gt=4&price_lte=1",
			postgres: "price > $1 AND price <= $2",
			sqlite:   "price > ? AND price <= ?",
			args:     []any{int64(4), int64(1)},
		},
		{
			rawQuery: "category_id=1,2",
			postgres: "category_id = ANY($1)",
			sqlite:   "category_id IN (?, ?)",
			args:     []any{int64(1), int64(2)}, pgArgs: []any{[]int64{1, 2}},
		},
		{
			rawQuery: `sku=a%5C,b,c%5Cd,%5C%5C,e%5C`,
			postgres: "sku = ANY($1)",
			sqlite:   "sku IN (?, ?, ?, ?)",
			args:     []any{"a,b", `c\d`, `\`, `e\`}, pgArgs: []any{[]string{"a,b", `c\d`, `\`, `e\`}},
		},
		{
			rawQuery: "name=%C3%84pfel,Zucker", // by the index of the folded name, or where nobody has folded it yet
			postgres: "name_folded = ANY($1) AND name = ANY($2)",
			sqlite:   "name_folded IN (?, ?, ?) AND name IN (?, ?)",
			args:     []any{"", "apfel", "zucker", "Äpfel", "Zucker"},
			pgArgs:   []any{[]string{"", "apfel", "zucker"}, []string{"Äpfel", "Zucker"}},
		},
		{
			rawQuery: "is_active=true,false",
			postgres: "is_active = ANY($1)",
			sqlite:   "is_active IN (?, ?)",
			args:     []any{true, false}, pgArgs: []any{[]bool{true, false}},
		},
		{
			rawQuery: "created_at=2026-01-31T12:00:00Z,2026-01-31T14:00:00.000001%2B02:00",
			postgres: "created_at = ANY($1)",
			sqlite:   "created_at IN (?, ?)",
			args:     []any{noon, noon.Add(time.Microsecond)},
			pgArgs:   []any{[]time.Time{noon, noon.Add(time.Microsecond)}},
		},
		{
			rawQuery: "created_at_gte=2026-01-31T12:00:00.0000015Z&updated_at_gt=2026-01-31T12:00:00.0000015Z",
			postgres: "created_at >= $1 AND updated_at > $2",
			sqlite:   "created_at >= ? AND updated_at > ?",
			args:     []any{noon.Add(2 * time.Microsecond), noon.Add(time.Microsecond)},
		},
		{
			rawQuery: "created_at_lt=2026-01-31T12:00:00.0000015Z&updated_at_lte=2026-01-31T12:00:00.0000015Z",
			postgres: "created_at < $1 AND updated_at <= $2",
			sqlite:   "created_at < ? AND updated_at <= ?",
			args:     []any{noon.Add(2 * time.Microsecond), noon.Add(time.Microsecond)},
		},
		{
			rawQuery: "low_stock_at_null=true",
			postgres: "low_stock_at IS NULL",
			sqlite:   "low_stock_at IS NULL",
		},
		{
			rawQuery: "low_stock_at_null=false",
			postgres: "low_stock_at IS NOT NULL",
			sqlite:   "low_stock_at IS NOT NULL",
		},
		{
			rawQuery: "q=50%25_a%5C'",
			postgres: "(name_folded LIKE $1 OR sku ILIKE $2)",
			sqlite:   `(name_folded LIKE ? ESCAPE '\' OR sku LIKE ? ESCAPE '\')`,
			args:     []any{`%50\%\_a\\'%`, `%50\%\_a\\'%`},
		},
		{
			rawQuery: "q=table&q=oak",
			postgres: "(name_folded LIKE $1 OR sku ILIKE $2) AND (name_folded LIKE $3 OR sku ILIKE $4)",
			sqlite:   `(name_folded LIKE ? ESCAPE '\' OR sku LIKE ? ESCAPE '\') AND (name_folded LIKE ? ESCAPE '\' OR sku LIKE ? ESCAPE '\')`,
			args:     []any{"%oak%", "%oak%", "%table%", "%table%"},
		},
		{
			rawQuery: "q=" + url.QueryEscape(`žK*?[]^%_\日`),
			postgres: "(name_folded LIKE $1 OR sku ILIKE $2)",
			sqlite:   `(name_folded LIKE ? ESCAPE '\' OR sku GLOB ?)`,
			args:     []any{`%zk*?[]^\%\_\\日%`, "*[žŽ][Kk\u212a][*][?][[]]^%_\\日*"},
			pgArgs:   []any{`%zk*?[]^\%\_\\日%`, `%žK*?[]^\%\_\\日%`},
		},
		{
			rawQuery: "sku=%27%3B%20DROP%20TABLE%20products%3B%20--",
			postgres: "sku = $1",
			sqlite:   "sku = ?",
			args:     []any{"'; DROP TABLE products; --"},
		},
	} {
		for _, name := range []string{dialect.Postgres, dialect.SQLite} {
			query, args := render(parse(t, products(), test.rawQuery), products(), name)
			want, wantArgs := test.sqlite, test.args
			if name == dialect.Postgres {
				want = test.postgres
				if test.pgArgs != nil {
					wantArgs = test.pgArgs
				}
			}
			if diff := cmp.Diff(want+" ORDER BY id DESC", query); diff != "" {
				t.Errorf("%s on %s (-want +got):\n%s", test.rawQuery, name, diff)
			}
			if diff := cmp.Diff(wantArgs, args); diff != "" {
				t.Errorf("%s on %s (-want +got):\n%s", test.rawQuery, name, diff)
			}
		}
	}
}

// A telephone number is looked for by its digits, in addition to where any text is looked
// for. A number in several words is looked for by its digits only. A text that is too
// short for a number, or has letters, is any text.
func TestNumberSQL(t *testing.T) {
	t.Parallel()
	for rawQuery, want := range map[string]string{
		"q=0176-12":              "(name_folded LIKE %0176-12% OR phone ILIKE %0176-12% OR phone_digits ILIKE %17612%)",
		"q=%2B49+1761234":        "(name_folded LIKE %+49 1761234% OR phone ILIKE %+49 1761234% OR phone_digits ILIKE %491761234% OR phone_digits ILIKE 1761234%)",
		"q=0176&q=12&q=3":        "(name_folded LIKE %0176 12 3% OR phone_digits ILIKE %176123%)",
		"q=0176&q=b&q=12345":     "(name_folded LIKE %0176% OR phone ILIKE %0176%) AND (name_folded LIKE %12345% OR phone ILIKE %12345% OR phone_digits ILIKE %12345%) AND (name_folded LIKE %b% OR phone ILIKE %b%)",
		"q=b&q=0176&q=123&q=a":   "(name_folded LIKE %0176 123% OR phone_digits ILIKE %176123%) AND (name_folded LIKE %a% OR phone ILIKE %a%) AND (name_folded LIKE %b% OR phone ILIKE %b%)",
		"q=24&q=2024":            "(name_folded LIKE %2024% OR phone ILIKE %2024%) AND (name_folded LIKE %24% OR phone ILIKE %24%)",
		"q=1234":                 "(name_folded LIKE %1234% OR phone ILIKE %1234%)",
		"q=12345a":               "(name_folded LIKE %12345a% OR phone ILIKE %12345a%)",
		"q=1234567&phone=123456": "phone = 123456 AND (name_folded LIKE %1234567% OR phone ILIKE %1234567% OR phone_digits ILIKE %1234567% OR phone_digits ILIKE 234567%)",
	} {
		got, args := render(parse(t, customers(), rawQuery), customers(), dialect.Postgres)
		for i := range slices.Backward(args) {
			got = strings.ReplaceAll(got, fmt.Sprint("$", i+1), fmt.Sprint(args[i]))
		}
		if got = strings.TrimSuffix(got, " ORDER BY id DESC"); got != want {
			t.Errorf("%s:\n%s, want\n%s", rawQuery, got, want)
		}
	}
	got, _ := render(parse(t, products(), "q=0176&q=123456"), products(), dialect.Postgres)
	if want := "(name_folded LIKE $1 OR sku ILIKE $2) AND (name_folded LIKE $3 OR sku ILIKE $4) ORDER BY id DESC"; got != want {
		t.Errorf("where there are no telephone numbers: %s", got)
	}
}

// The order in which a client writes the filters changes neither the cursor nor the SQL,
// so that statements are prepared once.
func TestOrderOfFiltersDoesNotMatter(t *testing.T) {
	t.Parallel()
	a := parse(t, products(), "price_gte=1&name=x&low_stock_at_null=true&sku=y")
	b := parse(t, products(), "sku=y&low_stock_at_null=true&name=x&price_gte=1")
	queryA, argsA := render(a, products(), dialect.Postgres)
	queryB, argsB := render(b, products(), dialect.Postgres)
	if queryA != queryB || !cmp.Equal(argsA, argsB) {
		t.Errorf("%s %v\n%s %v", queryA, argsA, queryB, argsB)
	}
	if a.NextCursor(tools) != b.NextCursor(tools) {
		t.Error("cursors differ")
	}
}

func TestDeletedAndScopeSQL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ rawQuery, want string }{
		{"", "category_id = $1 ORDER BY id DESC"},
		{"include_deleted=false", "category_id = $1 ORDER BY id DESC"},
		{"include_deleted=true", "WHERE category_id = $1 ORDER BY id DESC"},
	} {
		q := parse(t, products(), test.rawQuery, listquery.Of("category_id", 7))
		query, args := render(q, products(), dialect.Postgres)
		if query != test.want || !cmp.Equal(args, []any{int64(7)}) {
			t.Errorf("%s: %s %v", test.rawQuery, query, args)
		}
	}
}

func TestPositionSQL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sort     string
		noLimit  bool // low_stock_at is NULL
		postgres string
		sqlite   string
	}{
		{sort: "id", postgres: "id > 7 ORDER BY id"},
		{sort: "-id", postgres: "id < 7 ORDER BY id DESC"},
		{sort: "-id,name", postgres: "id < 7 ORDER BY id DESC"},
		{sort: "name", postgres: "(name_folded, id) > (folded, 7) ORDER BY name_folded, id"},
		{
			sort:     "-created_at,-name",
			postgres: "(created_at, name_folded, id) < (noon, folded, 7) ORDER BY created_at DESC, name_folded DESC, id DESC",
		},
		{
			sort: "-price,name",
			postgres: "(price <= 1999 AND (price < 1999 OR price = 1999 AND (name_folded > folded OR name_folded = folded AND (id > 7))))" +
				" ORDER BY price DESC, name_folded, id",
		},
		{
			sort: "low_stock_at",
			postgres: "((low_stock_at > 5 OR low_stock_at IS NULL OR low_stock_at = 5 AND (id > 7)))" +
				" ORDER BY low_stock_at, id",
			sqlite: "(low_stock_at >= 5 AND (low_stock_at > 5 OR low_stock_at = 5 AND (id > 7)))" +
				" ORDER BY low_stock_at, id",
		},
		{
			sort: "-low_stock_at",
			postgres: "(low_stock_at <= 5 AND (low_stock_at < 5 OR low_stock_at = 5 AND (id < 7)))" +
				" ORDER BY low_stock_at DESC, id DESC",
			sqlite: "((low_stock_at < 5 OR low_stock_at IS NULL OR low_stock_at = 5 AND (id < 7)))" +
				" ORDER BY low_stock_at DESC, id DESC",
		},
		{
			sort: "low_stock_at", noLimit: true,
			postgres: "(low_stock_at IS NULL AND (low_stock_at IS NULL AND (id > 7))) ORDER BY low_stock_at, id",
			sqlite:   "((low_stock_at IS NOT NULL OR low_stock_at IS NULL AND (id > 7))) ORDER BY low_stock_at, id",
		},
		{
			sort: "is_active,low_stock_at", noLimit: true,
			postgres: "(is_active >= true AND (is_active > true OR is_active = true AND (low_stock_at IS NULL AND (id > 7))))" +
				" ORDER BY is_active, low_stock_at, id",
			sqlite: "(is_active >= true AND (is_active > true OR is_active = true AND" +
				" (low_stock_at IS NOT NULL OR low_stock_at IS NULL AND (id > 7)))) ORDER BY is_active, low_stock_at, id",
		},
	} {
		row := tools
		if test.noLimit {
			row = func(field string) any {
				if field == "low_stock_at" {
					return (*int64)(nil)
				}
				return tools(field)
			}
		}
		next := parse(t, products(), "sort="+test.sort).NextCursor(row)
		q := parse(t, products(), "sort="+test.sort+"&cursor="+next)
		for _, name := range []string{dialect.Postgres, dialect.SQLite} {
			want := test.postgres
			if name == dialect.SQLite && test.sqlite != "" {
				want = test.sqlite
			}
			query, args := render(q, products(), name)
			if diff := cmp.Diff(want, inline(query, name, args)); diff != "" {
				t.Errorf("%s on %s (-want +got):\n%s", test.sort, name, diff)
			}
		}
	}
}
