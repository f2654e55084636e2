package listquery_test

import (
	"errors"
	"math"
	"net/url"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// FuzzParse checks for any query string that a refusal names parameters, and that an
// accepted query is within the limits, contains the text that url.ParseQuery reads, becomes
// SQL on both databases with all values as arguments, and has a next page.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "limit=5&offset=10&count=none", "sort=-created_at,name&q=%25_%5C", "price_gte=1&price=1,2,3&is_active=true",
		`name=a%5C,b,c%5C%5C`, "created_at_gte=2026-01-31T12:00:00.5%2B02:00&low_stock_at_null=true", "a=1;b=2", "%zz", "q=%00",
		"sort=low_stock_at,-is_active&category_id=1,2&include_deleted=true", "sku=%27;--&name=\xff",
		"cursor=AS9wPiD14pLlBAAGSa3USTAAAQAAAAAAAAAH",
		"cursor=" + parse(f, products(), "").NextCursor(tools),
		"sort=name&q=x&cursor=" + parse(f, products(), "sort=name&q=x").NextCursor(tools),
	} {
		f.Add(seed)
	}
	res := products()
	f.Fuzz(func(t *testing.T, rawQuery string) {
		q, err := listquery.Parse(res, rawQuery)
		if err != nil {
			checkRefusal(t, err)
			return
		}
		if _, err := url.ParseQuery(rawQuery); err != nil {
			t.Fatalf("accepted, but %v", err)
		}
		if q.PageSize() < 1 || q.PageSize() > 200 || q.Limit() != q.PageSize()+1 || q.Offset() < 0 || q.Offset() > 10_000 {
			t.Fatalf("page size %d, limit %d, offset %d", q.PageSize(), q.Limit(), q.Offset())
		}
		checkSQL(t, q)
		parse(t, res, nextPage(rawQuery, q.NextCursor(tools)))
	})
}

func checkRefusal(t *testing.T, err error) {
	t.Helper()
	refused, ok := errors.AsType[*shop.Error](err)
	if !ok || refused.Kind != shop.KindInvalid || len(refused.Fields) == 0 {
		t.Fatalf("not a refusal: %v", err)
	}
	for _, field := range refused.Fields {
		if field.Location != "query" && !strings.HasPrefix(field.Location, "query.") || field.Message == "" {
			t.Fatalf("refuses %q: %q", field.Location, field.Message)
		}
	}
}

// checkSQL fails the test unless the SQL consists of words that this package writes, and
// every value in it is an argument.
func checkSQL(t *testing.T, q *listquery.Query) {
	t.Helper()
	for _, name := range []string{dialect.Postgres, dialect.SQLite} {
		b := sql.Dialect(name)
		s := b.Select("id").From(b.Table("products"))
		q.Where(s)
		q.Order(s)
		query, args := s.Query()
		if err := s.Err(); err != nil {
			t.Fatal(err)
		}
		placeholder := "?"
		if name == dialect.Postgres {
			placeholder = "$"
		}
		if got := strings.Count(query, placeholder); got != len(args) {
			t.Fatalf("%d placeholders for %d arguments: %s", got, len(args), query)
		}
		rest := strings.ReplaceAll(query, ` ESCAPE '\'`, "")
		if i := strings.IndexFunc(rest, foreign); i >= 0 {
			t.Fatalf("%q in %s", rest[i], query)
		}
	}
}

func foreign(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(" _.,()<>=*$?\"`", r)
}

// nextPage replaces the offset and cursor of a query string by this cursor.
func nextPage(rawQuery, cursor string) string {
	pairs := []string{"cursor=" + cursor}
	for pair := range strings.SplitSeq(rawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if name, _ := url.QueryUnescape(name); name != "cursor" && name != "offset" {
			pairs = append(pairs, pair)
		}
	}
	return strings.Join(pairs, "&")
}

// FuzzCursorKeepsValues checks that a cursor returns exactly the values that it was made
// from.
func FuzzCursorKeepsValues(f *testing.F) {
	f.Add("hammer", int64(1999), true, noon.UnixMicro(), 0.5, int64(5), false, int64(7))
	f.Add("", int64(-1<<63), false, int64(-1), math.Copysign(0, -1), int64(1<<63-1), true, int64(0))
	f.Add("\U0001f600e\u0301\\,%_'", int64(0), true, int64(0), 1e308, int64(0), true, int64(-1))
	res := specimens()
	const rawQuery = "sort=a_string,-a_money,a_boolean,a_datetime,maybe_integer"
	const floatQuery = "sort=-a_number"
	f.Fuzz(func(t *testing.T, text string, amount int64, flag bool, micros int64, number float64, maybe int64, null bool, id int64) {
		instant := time.UnixMicro(micros).UTC()
		if strings.ContainsRune(text, 0) || strings.ToValidUTF8(text, "") != text || instant.Year() < 0 || instant.Year() > 9999 {
			t.Skip("no column holds it")
		}
		var pointer *int64
		want := []any{text, amount, flag, instant, nil, id}
		if !null {
			pointer, want[4] = &maybe, maybe
		}
		row := map[string]any{
			"a_string": text, "a_money": shop.Money(amount), "a_boolean": flag, "a_datetime": instant,
			"maybe_integer": pointer, "a_number": number, "id": id,
		}
		value := func(field string) any { return row[field] }
		next := parse(t, res, rawQuery).NextCursor(value)
		if diff := cmp.Diff(want, listquery.Position(parse(t, res, rawQuery+"&cursor="+next))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if number-number != 0 {
			return // not finite
		}
		next = parse(t, res, floatQuery).NextCursor(value)
		if diff := cmp.Diff([]any{number, id}, listquery.Position(parse(t, res, floatQuery+"&cursor="+next))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// FuzzForgedCursor checks that bytes under a correct checksum are refused, or are exactly
// what NextCursor writes for the values that they decode to.
func FuzzForgedCursor(f *testing.F) {
	const rawQuery = "sort=maybe_string,a_datetime,-maybe_boolean,a_number"
	f.Add([]byte{})
	f.Add([]byte("\xff\x04\x00\x00\x00\x00\x00\x00\x00\x00\xff\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x07"))
	f.Add([]byte("\x05\x00\x00\x00\x01x\x04\x00\x00\x00\x00\x00\x00\x00\x00\x03\x01" +
		"\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x07"))
	res := specimens()
	f.Fuzz(func(t *testing.T, values []byte) {
		q := parse(t, res, rawQuery)
		forged := listquery.Seal(q, values)
		page, err := listquery.Parse(res, rawQuery+"&cursor="+forged)
		if err != nil {
			checkRefusal(t, err)
			return
		}
		position := listquery.Position(page)
		names := map[string]any{
			"maybe_string": position[0], "a_datetime": position[1], "maybe_boolean": position[2],
			"a_number": position[3], "id": position[4],
		}
		if again := q.NextCursor(func(field string) any { return names[field] }); again != forged {
			t.Errorf("%v is written %s and read from %s", position, again, forged)
		}
	})
}

// FuzzCursor checks that Parse either accepts or refuses any text as a cursor, and fails in
// no other way.
func FuzzCursor(f *testing.F) {
	f.Add(parse(f, products(), "sort=name").NextCursor(tools))
	f.Add("")
	f.Add("AQ")
	f.Add("////")
	res := products()
	f.Fuzz(func(t *testing.T, cursor string) {
		page, err := listquery.Parse(res, url.Values{"sort": {"name"}, "cursor": {cursor}}.Encode())
		if err != nil {
			checkRefusal(t, err)
			return
		}
		position := listquery.Position(page)
		again := page.NextCursor(func(field string) any {
			if field == "id" {
				return position[1]
			}
			return position[0]
		})
		if again != cursor {
			t.Errorf("%v is written %s and read from %s", position, again, cursor)
		}
	})
}
