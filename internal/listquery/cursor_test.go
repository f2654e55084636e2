package listquery_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

var (
	noon  = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	limit = int64(5)
)

// tools returns the values of a row of products, as generated code does.
func tools(field string) any {
	switch field {
	case "id":
		return int64(7)
	case "sku":
		return "hammer"
	case "name_folded":
		return "folded"
	case "price":
		return shop.Money(1999)
	case "low_stock_at":
		return &limit
	case "is_active":
		return true
	case "created_at", "updated_at":
		return noon
	case "deleted_at":
		return nil
	default:
		return int64(1)
	}
}

// inline puts the arguments into the SQL to make it readable.
func inline(query, name string, args []any) string {
	for i, arg := range args {
		placeholder := "?"
		if name == dialect.Postgres {
			placeholder = fmt.Sprintf("$%d", i+1)
		}
		if arg == any(noon) {
			arg = "noon"
		}
		query = strings.Replace(query, placeholder, fmt.Sprint(arg), 1)
	}
	return query
}

// status is a named string, like the generated enums.
type status string

func TestCursorKeepsValues(t *testing.T) {
	t.Parallel()
	text := "a\\,\"'%_\u00e9e\u0301\u4e16\U0001f600\u202e\ufffd\n\t"
	instant := noon.Add(123456 * time.Microsecond).In(time.FixedZone("CEST", 7200))
	for _, test := range []struct {
		field string
		value any
		want  any
	}{
		{"a_string", text, text},
		{"a_string", "", ""},
		{"a_string", strings.Repeat("\U0001f600", 300), strings.Repeat("\U0001f600", 300)},
		{"a_text", &text, text},
		{"maybe_string", (*string)(nil), nil},
		{"maybe_string", nil, nil},
		{"a_enum", shop.Shipped, "shipped"},
		{"a_enum", status("lost"), "lost"}, // any value that the column holds
		{"maybe_enum", (*shop.OrderStatus)(nil), nil},
		{"a_integer", int64(-1 << 63), int64(-1 << 63)},
		{"a_integer", int64(1<<63 - 1), int64(1<<63 - 1)},
		{"a_integer", 7, int64(7)},
		{"a_integer", uint8(7), int64(7)},
		{"maybe_integer", &limit, int64(5)},
		{"maybe_integer", (*int64)(nil), nil},
		{"a_money", shop.MaxMoney, int64(shop.MaxMoney)},
		{"a_reference", int64(9), int64(9)},
		{"a_number", 0.1, 0.1},
		{"a_number", float32(0.5), 0.5},
		{"a_boolean", true, true},
		{"a_boolean", false, false},
		{"maybe_boolean", nil, nil},
		{"a_datetime", instant, instant.UTC()},
		{"a_datetime", time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}},
		{"a_datetime", time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)},
		{"maybe_datetime", (*time.Time)(nil), nil},
		{"maybe_datetime", &noon, noon},
	} {
		q := parse(t, specimens(), "sort="+test.field)
		next := q.NextCursor(func(field string) any {
			if field == "id" {
				return int64(7)
			}
			return test.value
		})
		got := listquery.Position(parse(t, specimens(), "sort="+test.field+"&cursor="+next))
		if diff := cmp.Diff([]any{test.want, int64(7)}, got); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", test.field, test.value, diff)
		}
	}
}

func TestNextCursorPanicsOnForeignValues(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		field string
		value any
	}{
		{"a_string", nil},
		{"a_string", 1},
		{"a_string", []byte("x")},
		{"a_integer", "1"},
		{"a_integer", uint64(1 << 63)},
		{"a_boolean", 1},
		{"a_datetime", "2026-01-31T12:00:00Z"},
		{"maybe_integer", struct{}{}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s takes a %T", test.field, test.value)
				}
			}()
			parse(t, specimens(), "sort="+test.field).NextCursor(func(string) any { return test.value })
		}()
	}
}

func TestCursorSurvivesWhatMayChangeBetweenPages(t *testing.T) {
	t.Parallel()
	next := parse(t, products(), "sort=name&price_gte=1&name=x,y&q=z").NextCursor(tools)
	for _, rawQuery := range []string{
		"sort=name&price_gte=1&name=x,y&q=z&limit=200",
		"sort=name&price_gte=1&name=x,y&q=z&count=none",
		"sort=name,id&q=z&name=x%2Cy&price_gte=%31",
		"sort=name,id,price&q=z&name=x,y&price_gte=1&include_deleted=false",
	} {
		parse(t, products(), rawQuery+"&cursor="+next)
	}
	next = parse(t, products(), "q=a&q=b").NextCursor(tools)
	parse(t, products(), "q=b&q=a&cursor="+next)
	// A page that was reached by offset continues by cursor.
	jumped := parse(t, products(), "offset=50").NextCursor(tools)
	parse(t, products(), "cursor="+jumped)
}

func TestCursorIsRefusedElsewhere(t *testing.T) {
	t.Parallel()
	const here = "sort=name&price_gte=1&name=x,y&q=z"
	scope := listquery.Of("category_id", 1)
	next := "&cursor=" + parse(t, products(), here, scope).NextCursor(tools)
	parse(t, products(), here+next, scope)

	want := []string{"query.cursor"}
	for _, rawQuery := range []string{
		"price_gte=1&name=x,y&q=z",
		"sort=-name&price_gte=1&name=x,y&q=z",
		"sort=name,-id&price_gte=1&name=x,y&q=z",
		"sort=sku&price_gte=1&name=x,y&q=z",
		"sort=name,price&price_gte=1&name=x,y&q=z",
		"sort=name&price_gte=2&name=x,y&q=z",
		"sort=name&price_gt=1&name=x,y&q=z",
		"sort=name&stock_gte=1&name=x,y&q=z",
		"sort=name&name=x,y&q=z",
		"sort=name&price_gte=1&name=x&q=z",
		"sort=name&price_gte=1&name=x%5C,y&q=z",
		"sort=name&price_gte=1&name=x,y",
		"sort=name&price_gte=1&name=x,y&q=z&q=y",
		"sort=name&price_gte=1&name=x,y&q=Z",
		"sort=name&price_gte=1&name=x,y&q=z&stock=1",
		"sort=name&price_gte=1&name=x,y&q=z&include_deleted=true",
	} {
		if got := refusals(t, products(), rawQuery+next, scope); !slices.Equal(got, want) {
			t.Errorf("%s: refuses %v", rawQuery, got)
		}
	}
	got := refusals(t, products(), "sort=-name&limit=0&offset=x&count=1"+next, scope) // errors in parameters that cursors are not bound to do not hide it
	if !slices.Contains(got, "query.cursor") || slices.Contains(refusals(t, products(), here+"&limit=0&count=1"+next, scope), "query.cursor") {
		t.Errorf("beside other refusals: refuses %v", got)
	}
	for name, scopes := range map[string][]listquery.Scope{"another": {listquery.Of("category_id", 2)}, "no": nil} {
		if got := refusals(t, products(), here+next, scopes...); !slices.Equal(got, want) {
			t.Errorf("%s scope: refuses %v", name, got)
		}
	}
	other := products()
	other.Name = "parts"
	if got := refusals(t, other, here+next, scope); !slices.Equal(got, want) {
		t.Errorf("another resource: refuses %v", got)
	}
}

func TestDamagedCursorsAreRefused(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	next := parse(t, products(), "sort=name,low_stock_at").NextCursor(tools)
	check := func(cursor string) {
		t.Helper()
		got := refusals(t, products(), "sort=name,low_stock_at&cursor="+cursor)
		if !slices.Equal(got, []string{"query.cursor"}) {
			t.Errorf("cursor %s: refuses %v", cursor, got)
		}
	}
	for i := range next {
		check(next[:i])
		check(next[i+1:])
		for _, c := range alphabet {
			if rune(next[i]) != c {
				check(next[:i] + string(c) + next[i+1:])
			}
		}
		for _, junk := range []string{"A", "%0A", "%0D", "%3D", "%20", "%2B"} {
			check(next[:i] + junk + next[i:])
		}
	}
	for _, junk := range []string{"A", "AA", "AAA", "AAAA", "=", "%0A"} {
		check(next + junk)
	}
}

// A forger can compute the checksum. The values under it are still checked like any
// input, so that they cause no error in a database.
func TestForgedCursorsAreRefused(t *testing.T) {
	t.Parallel()
	const (
		integer, float, boolean, instant, text, null = 1, 2, 3, 4, 5, 0xff
	)
	id := []byte{integer, 0, 0, 0, 0, 0, 0, 0, 7}
	for _, test := range []struct {
		name   string
		sort   string
		values []byte
		ok     bool
	}{
		{"integer", "a_integer", []byte{integer, 0, 0, 0, 0, 0, 0, 0, 1}, true},
		{"text", "a_string", []byte{text, 0, 0, 0, 1, 'x'}, true},
		{"any text for an enum", "a_enum", []byte{text, 0, 0, 0, 1, 'x'}, true},
		{"null", "maybe_integer", []byte{null}, true},
		{"null for what is never null", "a_integer", []byte{null}, false},
		{"text for an integer", "a_integer", []byte{text, 0, 0, 0, 1, 'x'}, false},
		{"integer for a text", "a_string", []byte{integer, 0, 0, 0, 0, 0, 0, 0, 1}, false},
		{"NUL", "a_string", []byte{text, 0, 0, 0, 1, 0}, false},
		{"invalid UTF-8", "a_string", []byte{text, 0, 0, 0, 1, 0xff}, false},
		{"text longer than the cursor", "a_string", []byte{text, 0xff, 0xff, 0xff, 0xff, 'x'}, false},
		{"text without length", "a_string", []byte{text, 0, 0}, false},
		{"half an integer", "a_integer", []byte{integer, 0, 0}, false},
		{"no boolean", "a_boolean", []byte{boolean}, false},
		{"third boolean", "a_boolean", []byte{boolean, 2}, false},
		{"not a number", "a_number", []byte{float, 0x7f, 0xf8, 0, 0, 0, 0, 0, 1}, false},
		{"infinity", "a_number", []byte{float, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0}, false},
		{"time past the databases", "a_datetime", []byte{instant, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, false},
		{"time before the databases", "a_datetime", []byte{instant, 0x80, 0, 0, 0, 0, 0, 0, 0}, false},
		{"unknown kind", "a_integer", []byte{9, 0, 0, 0, 0, 0, 0, 0, 1}, false},
		{"nothing", "a_integer", nil, false},
		{"a value too many", "a_integer", append([]byte{integer, 0, 0, 0, 0, 0, 0, 0, 1}, id...), false},
	} {
		q := parse(t, specimens(), "sort="+test.sort)
		forged := listquery.Seal(q, append(slices.Clone(test.values), id...))
		got := refusals(t, specimens(), "sort="+test.sort+"&cursor="+forged)
		if (got == nil) != test.ok {
			t.Errorf("%s: refuses %v", test.name, got)
		}
		cut := listquery.Seal(q, test.values[:min(len(test.values), 9)])
		if refusals(t, specimens(), "sort="+test.sort+"&cursor="+cut) == nil {
			t.Errorf("%s: accepted without an id", test.name)
		}
	}
}

func TestUnknownVersionIsRefused(t *testing.T) {
	t.Parallel()
	next, err := base64.RawURLEncoding.DecodeString(parse(t, products(), "").NextCursor(tools))
	if err != nil || next[0] != 1 {
		t.Fatalf("version %d, %v", next[0], err)
	}
	next[0] = 2
	got := refusals(t, products(), "cursor="+base64.RawURLEncoding.EncodeToString(next))
	if !slices.Equal(got, []string{"query.cursor"}) {
		t.Errorf("refuses %v", got)
	}
}

// Cursors are stored in saved views and open tabs, so the format must not change without
// a new version.
func TestCursorFormat(t *testing.T) {
	t.Parallel()
	const want = "AS9wPiD14pLlBAAGSa3USTAAAQAAAAAAAAAH"
	if got := parse(t, products(), "sort=-created_at&is_active=true").NextCursor(tools); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
