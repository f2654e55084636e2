package listquery_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

func TestParseDefaults(t *testing.T) {
	t.Parallel()
	q := parse(t, products(), "")
	if q.PageSize() != 25 || q.Limit() != 26 || q.Offset() != 0 || !q.Counts() {
		t.Errorf("got page size %d, limit %d, offset %d, counts %t", q.PageSize(), q.Limit(), q.Offset(), q.Counts())
	}
}

func TestSelective(t *testing.T) {
	t.Parallel()
	for rawQuery, want := range map[string]bool{
		"": false, "sort=name&limit=5&include_deleted=true": false, "q=x": true, "price_gt=1": true,
		"cursor=" + parse(t, products(), "").NextCursor(tools): false,
	} {
		if got := parse(t, products(), rawQuery).Selective(); got != want {
			t.Errorf("%q: got %t", rawQuery, got)
		}
	}
}

func TestParseAccepts(t *testing.T) {
	t.Parallel()
	for _, rawQuery := range []string{
		"&&limit=1&",
		"limit=200&offset=10000",
		"offset=0",
		"count=none",
		"include_deleted=true", "include_deleted=false",
		"sort=name", "sort=-name", "sort=-created_at,name", "sort=id,name", "sort=name,price,-stock,low_stock_at,is_active",
		"q=a", "q=" + strings.Repeat("%C3%A9", 200), "q=%25_%5C", "q=+", "q=a&limit=1&q=b", "q=a&q=a", "q=" + strings.Repeat("x", 199) + "&q=y",
		"price=1", "price=-9223372036854775808,9223372036854775807",
		"price_gte=1&price_gt=2&price_lte=3&price_lt=4&price=5",
		"category_id=" + strings.TrimSuffix(strings.Repeat("1,", 200), ","),
		"is_active=true", "is_active=true,false",
		"created_at_gte=2026-01-31T12:00:00Z", "created_at_lt=2026-01-31T12:00:00.123456789%2B02:00",
		"created_at=0001-01-01T00:00:00Z,9999-12-31T23:59:59.999999Z",
		"low_stock_at_null=true", "low_stock_at_null=false&low_stock_at=3",
		`name=a%5C,b,c`, "name=%5C", "name='%20OR%201=1%20--",
		"sku=x&name=y&stock_gt=0",
	} {
		if got := refusals(t, products(), rawQuery); got != nil {
			t.Errorf("Parse(%s) refuses %v", rawQuery, got)
		}
	}
	for _, rawQuery := range []string{
		"a_number=1,-1.5e3,0", "a_number_gte=0.1", "maybe_number_null=true", "a_enum=pending,shipped",
		"maybe_boolean_null=false", "maybe_boolean=true", "sort=a_enum,-maybe_boolean,a_number,a_text,maybe_datetime",
	} {
		if got := refusals(t, specimens(), rawQuery); got != nil {
			t.Errorf("Parse(%s) refuses %v", rawQuery, got)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rawQuery string
		want     []string
	}{
		{"limit=0", []string{"query.limit"}},
		{"limit=201", []string{"query.limit"}},
		{"limit=", []string{"query.limit"}},
		{"limit", []string{"query.limit"}},
		{"limit=-1", []string{"query.limit"}},
		{"limit=%2B5", []string{"query.limit"}},
		{"limit=01", []string{"query.limit"}},
		{"limit=1_0", []string{"query.limit"}},
		{"limit=%205", []string{"query.limit"}},
		{"offset=00", []string{"query.offset"}},
		{"offset=-0", []string{"query.offset"}},
		{"limit=5.0", []string{"query.limit"}},
		{"limit=1e1", []string{"query.limit"}},
		{"limit=4294967297", []string{"query.limit"}},
		{"limit=99999999999999999999", []string{"query.limit"}},
		{"limit=1&limit=1", []string{"query.limit"}},
		{"limit=0&limit=1&limit=2", []string{"query.limit"}},
		{"offset=10001", []string{"query.offset"}},
		{"offset=-1", []string{"query.offset"}},
		{"offset=", []string{"query.offset"}},
		{"count=exact", []string{"query.count"}},
		{"count=", []string{"query.count"}},
		{"include_deleted=1", []string{"query.include_deleted"}},
		{"include_deleted=", []string{"query.include_deleted"}},
		{"include_deleted=TRUE", []string{"query.include_deleted"}},

		{"sort=", []string{"query.sort"}},
		{"sort=-", []string{"query.sort"}},
		{"sort=--name", []string{"query.sort"}},
		{"sort=nope", []string{"query.sort"}},
		{"sort=Name", []string{"query.sort"}},
		{"sort=name,", []string{"query.sort"}},
		{"sort=,name", []string{"query.sort"}},
		{"sort=name,-name", []string{"query.sort"}},
		{"sort=id,-id", []string{"query.sort"}},
		{"sort=id,nope", []string{"query.sort"}},
		{"sort=description", []string{"query.sort"}},
		{"sort=name%20DESC", []string{"query.sort"}},
		{"sort=name;DROP+TABLE+products", []string{"query"}},
		{"sort=(SELECT+1)", []string{"query.sort"}},
		{"sort=sku,name,price,stock,low_stock_at,is_active", []string{"query.sort"}},

		{"q=", []string{"query.q"}},
		{"q=" + strings.Repeat("x", 201), []string{"query.q"}},
		{"q=" + strings.Repeat("x", 200) + "&q=y", []string{"query.q"}},
		{"q=a&q=", []string{"query.q"}},

		{"nope=1", []string{"query.nope"}},
		{"=1", []string{"query"}},
		{"PRICE=1", []string{"query.PRICE"}},
		{"price_GTE=1", []string{"query.price_GTE"}},
		{"price_ne=1", []string{"query.price_ne"}},
		{"price_=1", []string{"query.price_"}},
		{"_gte=1", []string{"query._gte"}},
		{"_=1", []string{"query._"}},
		{"price_null=true", []string{"query.price_null"}},
		{"price_gte_gte=1", []string{"query.price_gte_gte"}},
		{"name_gte=a", []string{"query.name_gte"}},
		{"category_id_gt=1", []string{"query.category_id_gt"}},
		{"is_active_gt=true", []string{"query.is_active_gt"}},
		{"description=x", []string{"query.description"}},
		{"description_null=true", []string{"query.description_null"}},
		{"price%27=1", []string{"query.price'"}},

		{"price=", []string{"query.price"}},
		{"price=abc", []string{"query.price"}},
		{"price=1.5", []string{"query.price"}},
		{"price=%2B1", []string{"query.price"}},
		{"price=01", []string{"query.price"}},
		{"price=-0", []string{"query.price"}},
		{"category_id=2,01", []string{"query.category_id"}},
		{"price=0x10", []string{"query.price"}},
		{"price=1_000", []string{"query.price"}},
		{"price=9223372036854775808", []string{"query.price"}},
		{"price=1,,2", []string{"query.price"}},
		{"price=1,", []string{"query.price"}},
		{"price=,", []string{"query.price"}},
		{"price_gte=1,2", []string{"query.price_gte"}},
		{"price_gte=", []string{"query.price_gte"}},
		{"price=1)+OR+(1=1", []string{"query.price"}},
		{"category_id=0", []string{"query.category_id"}},
		{"category_id=-1", []string{"query.category_id"}},
		{"category_id=" + strings.Repeat("1,", 200) + "1", []string{"query.category_id"}},
		{"is_active=1", []string{"query.is_active"}},
		{"is_active=True", []string{"query.is_active"}},
		{"is_active=", []string{"query.is_active"}},
		{"name=", []string{"query.name"}},
		{"name=a,,b", []string{"query.name"}},
		{"low_stock_at_null=1", []string{"query.low_stock_at_null"}},
		{"low_stock_at_null=", []string{"query.low_stock_at_null"}},
		{"created_at_gte=2026-01-31", []string{"query.created_at_gte"}},
		{"created_at_gte=2026-01-31T12:00:00", []string{"query.created_at_gte"}},
		{"created_at_gte=2026-01-31T12:00:00+02:00", []string{"query.created_at_gte"}}, // + is a space
		{"created_at_gte=2026-01-31T12:00:00,5Z", []string{"query.created_at_gte"}},
		{"created_at_gte=2026-02-30T12:00:00Z", []string{"query.created_at_gte"}},
		{"created_at_gte=2026-01-31T1:00:00Z", []string{"query.created_at_gte"}},
		{"created_at_gte=9999-12-31T23:59:59-01:00", []string{"query.created_at_gte"}},
		{"created_at_gte=0001-01-01T00:00:00%2B01:00", []string{"query.created_at_gte"}},
		{"created_at_gte=9999-12-31T23:59:59.9999999Z", []string{"query.created_at_gte"}},
		{"created_at_gte=1e9", []string{"query.created_at_gte"}},
		{"created_at=2026-01-31T12:00:00.1234561Z", []string{"query.created_at"}}, // no time is equal to it

		{"limit=5;offset=1", []string{"query"}},
		{"name=%zz", []string{"query"}},
		{"%zz=1", []string{"query"}},
		{"name=%00", []string{"query"}},
		{"name=a%00b&q=%00", []string{"query"}},
		{"na%00me=1", []string{"query"}},
		{"name=%ff", []string{"query"}},
		{"name=\xff", []string{"query"}},
		{"%ed%a0%80=1", []string{"query"}},

		{"cursor=", []string{"query.cursor"}},
		{"cursor=abc", []string{"query.cursor"}},
		{"limit=0&offset=x&sort=&q=&nope=1&price=x&%zz", []string{
			"query.limit", "query.offset", "query.sort", "query.q", "query.nope", "query.price", "query",
		}},
		{"limit=0&cursor=abc&offset=0&nope=1", []string{"query.limit", "query.nope", "query.offset", "query.cursor"}},
	} {
		got := refusals(t, products(), test.rawQuery)
		slices.Sort(got)
		slices.Sort(test.want)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Parse(%s) (-want +got):\n%s", test.rawQuery, diff)
		}
	}
}

func TestParseRefusesByType(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ rawQuery, want string }{
		{"q=x", "query.q"}, // nothing is searchable
		{"include_deleted=true", "query.include_deleted"},
		{"a_number=NaN", "query.a_number"},
		{"a_number=Inf", "query.a_number"},
		{"a_number=1e999", "query.a_number"},
		{"a_number=0x1p1", "query.a_number"},
		{"a_number=1_0", "query.a_number"},
		{"a_number=01", "query.a_number"},
		{"a_number=.5", "query.a_number"},
		{"a_number=5.", "query.a_number"},
		{"a_number=", "query.a_number"},
		{"a_enum=lost", "query.a_enum"},
		{"a_enum=pending,", "query.a_enum"},
		{"a_enum=Pending", "query.a_enum"},
		{"a_enum_gte=pending", "query.a_enum_gte"},
		{"a_text=x", "query.a_text"},
		{"maybe_text_null=true", "query.maybe_text_null"},
		{"a_json=x", "query.a_json"},
		{"sort=a_json", "query.sort"},
		{"sort=computed_integer", "query.sort"},
		{"sort=closed_integer", "query.sort"},
		{"computed_integer=1", "query.computed_integer"},
		{"closed_integer=1", "query.closed_integer"},
	} {
		if got := refusals(t, specimens(), test.rawQuery); !slices.Equal(got, []string{test.want}) {
			t.Errorf("Parse(%s) refuses %v, want %s", test.rawQuery, got, test.want)
		}
	}
}

// Errors say what was expected and never repeat a value, which may be a secret
// pasted into the wrong field.
func TestRefusalsDoNotEchoValues(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"limit", "offset", "sort", "count", "include_deleted", "cursor", "price", "category_id", "is_active", "created_at",
	} {
		_, err := listquery.Parse(products(), name+"=s3cret")
		if shop.KindOf(err) != shop.KindInvalid || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParseBoundsTheNumberOfParameters(t *testing.T) {
	t.Parallel()
	pairs := make([]string, 300)
	for i := range pairs {
		pairs[i] = fmt.Sprintf("p%d=1", i)
	}
	got := refusals(t, products(), strings.Join(pairs, "&"))
	if len(got) != 257 || got[256] != "query" {
		t.Errorf("got %d refusals, the last %q", len(got), got[len(got)-1])
	}
}

// The definition, Parse and the document each say which parameters exist. They must agree
// for every kind of field.
func TestFiltersAreThoseOfTheDefinition(t *testing.T) {
	t.Parallel()
	for _, res := range []*definition.Resource{products(), specimens()} {
		documented := map[string]bool{}
		for _, p := range listquery.Params(res) {
			documented[p.Name] = true
		}
		for i := range res.Fields {
			f := &res.Fields[i]
			offered := definition.FiltersOf(f)
			for _, suffix := range []string{"", "_gte", "_gt", "_lte", "_lt", "_null", "_ne"} {
				name := f.Name + suffix
				_, err := listquery.Parse(res, url.Values{name: {"\x01"}}.Encode()) // exists, perhaps malformed
				unknown := err != nil && strings.Contains(err.Error(), "is not a parameter of this list")
				if want := slices.Contains(offered, name); want == unknown || want != documented[name] {
					t.Errorf("%s: definition %t, Parse %t, Params %t", name, want, !unknown, documented[name])
				}
			}
		}
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	scope := listquery.Of("category_id", 7)
	parse(t, products(), "price=1", scope)
	if got := refusals(t, products(), "category_id=8", scope); !slices.Equal(got, []string{"query.category_id"}) {
		t.Errorf("a scoped field can be filtered by: %v", got)
	}
	for _, p := range listquery.Params(products(), scope) {
		if p.Name == "category_id" {
			t.Error("a scoped field is documented as a parameter")
		}
	}
	for _, wrong := range []string{"nope", "name"} {
		if _, err := listquery.Parse(products(), "", listquery.Of(wrong, 1)); err == nil || shop.KindOf(err) == shop.KindInvalid {
			t.Errorf("scope %s: %v", wrong, err)
		}
	}
}

func TestWrongDefaultSortIsNotTheClientsFault(t *testing.T) {
	t.Parallel()
	res := products()
	res.DefaultSort = "description"
	if _, err := listquery.Parse(res, ""); err == nil || shop.KindOf(err) == shop.KindInvalid {
		t.Errorf("got %v", err)
	}
	parse(t, res, "sort=name")
}
