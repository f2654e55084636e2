package listquery_test

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// ask is a parameter and its meaning as a Go function. There may be several search texts.
type ask struct {
	name, value string
	holds       func(p *ent.Product) bool
}

// For any rows, a filter finds those for which the Go function is true.
func TestFiltersAgreeWithGo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		lower := lowerOf(t, db)
		rapid.Check(t, func(rt *rapid.T) {
			category, made := stockShelf(storetest.Context(t), rt, db, rapid.SliceOfN(genItem(), 1, 20).Draw(rt, "items"))
			asks := rapid.SliceOfNDistinct(genAsk(lower), 1, 4, ask.id).Draw(rt, "filters")
			query := url.Values{
				"category_id": {strconv.FormatInt(category, 10)}, "include_deleted": {"true"}, "sort": {"id"}, "limit": {"200"},
			}
			for _, a := range asks {
				query.Add(a.name, a.value)
			}
			want := []int64{}
			for _, p := range made {
				if !slices.ContainsFunc(asks, func(a ask) bool { return !a.holds(p) }) {
					want = append(want, p.ID)
				}
			}
			rows, _ := page(storetest.Context(t), rt, db, query.Encode())
			slices.Sort(want)
			if diff := cmp.Diff(want, idsOf(rows)); diff != "" {
				rt.Fatalf("%s (-want +got):\n%s", query.Encode(), diff)
			}
		})
	})
}

// id returns the same text for parameters of which a query may contain only one.
func (a ask) id() string {
	if a.name == "q" {
		return "q=" + a.value
	}
	return a.name
}

func genAsk(lower func(string) string) *rapid.Generator[ask] {
	return rapid.OneOf(
		genBound("price", func(p *ent.Product) *int64 { n := int64(p.Price); return &n }),
		genBound("low_stock_at", func(p *ent.Product) *int64 { return p.LowStockAt }),
		genInstant(), genList(), genNull(), genActive(), genSearch(lower), genSearch(lower),
	)
}

var bounds = map[string]func(order int) bool{
	"":     func(order int) bool { return order == 0 },
	"_gte": func(order int) bool { return order >= 0 },
	"_gt":  func(order int) bool { return order > 0 },
	"_lte": func(order int) bool { return order <= 0 },
	"_lt":  func(order int) bool { return order < 0 },
}

func genSuffix() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "_gte", "_gt", "_lte", "_lt"})
}

func genBound(field string, of func(p *ent.Product) *int64) *rapid.Generator[ask] {
	return rapid.Custom(func(t *rapid.T) ask {
		suffix := genSuffix().Draw(t, "operator")
		n := rapid.SampledFrom([]int64{-1, 0, 1, 2, 5, 1999, 9007199254740991, 1<<63 - 1, -1 << 63}).Draw(t, "bound")
		return ask{field + suffix, strconv.FormatInt(n, 10), func(p *ent.Product) bool {
			v := of(p)
			return v != nil && bounds[suffix](compare(*v, n))
		}}
	})
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

// genInstant generates bounds on created_at, often slightly different from stored times,
// and written in any zone.
func genInstant() *rapid.Generator[ask] {
	return rapid.Custom(func(t *rapid.T) ask {
		suffix := genSuffix().Draw(t, "operator")
		at := rapid.SampledFrom(instants()[2:]).Draw(t, "bound")
		if suffix != "" { // equality is to the microsecond
			at = at.Add(rapid.SampledFrom([]time.Duration{0, 0, 1, 500, 999, 1000, -1}).Draw(t, "off"))
		}
		zone := time.FixedZone("", 60*rapid.SampledFrom([]int{0, 330, -600}).Draw(t, "zone"))
		return ask{"created_at" + suffix, at.In(zone).Format(time.RFC3339Nano), func(p *ent.Product) bool {
			return bounds[suffix](p.CreatedAt.Compare(at))
		}}
	})
}

func genList() *rapid.Generator[ask] {
	return rapid.Custom(func(t *rapid.T) ask {
		wanted := rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(t, "values")
		escaped := make([]string, len(wanted))
		for i, name := range wanted {
			escaped[i] = strings.NewReplacer(`\`, `\\`, `,`, `\,`).Replace(name)
		}
		return ask{"name", strings.Join(escaped, ","), func(p *ent.Product) bool {
			return slices.ContainsFunc(wanted, func(name string) bool { return norm.NFC.String(name) == p.Name })
		}}
	})
}

func genNull() *rapid.Generator[ask] {
	return rapid.Custom(func(t *rapid.T) ask {
		null := rapid.Bool().Draw(t, "null")
		if rapid.Bool().Draw(t, "low") {
			return ask{"low_stock_at_null", strconv.FormatBool(null), func(p *ent.Product) bool { return (p.LowStockAt == nil) == null }}
		}
		return ask{"deleted_at_null", strconv.FormatBool(null), func(p *ent.Product) bool { return (p.DeletedAt == nil) == null }}
	})
}

func genActive() *rapid.Generator[ask] {
	return rapid.Custom(func(t *rapid.T) ask {
		active := rapid.Bool().Draw(t, "active")
		return ask{"is_active", strconv.FormatBool(active), func(p *ent.Product) bool { return p.IsActive == active }}
	})
}

// genSearch looks for text whatever its case, as far as the database knows it.
func genSearch(lower func(string) string) *rapid.Generator[ask] {
	return rapid.Custom(func(t *rapid.T) ask {
		text := rapid.SampledFrom([]string{
			"a", "A", "AB", "a b", "%", "_", `\`, `\%`, "'", `"`, "%a", "a%", "s_u", "ss", "sku-1", "\u65e5", "\U0001f600", ";", "$1", "?", "-- ",
			"Ä", "A\u0308", "žlutÝ", "žlutÝ[*]", "Tý?", "Tý*", "ýΠ?", "Ý[*", "*ý", "[ý]", "zluty", "\u0308",
		}).Draw(t, "text")
		return ask{"q", text, func(p *ent.Product) bool {
			sought := lower(norm.NFC.String(text))
			return strings.Contains(fold.Text(p.Name), fold.Text(text)) || strings.Contains(lower(p.Sku), sought)
		}}
	})
}

// lowerOf returns how the database lowers the case of text: SQLite, with our function, of
// all letters, PostgreSQL of those that its locale knows.
func lowerOf(t *testing.T, db *store.DB) func(string) string {
	t.Helper()
	if db.Dialect() == dialect.SQLite {
		return strings.ToLower
	}
	var all bool
	if err := db.SQL().QueryRowContext(storetest.Context(t), "SELECT lower('Ž') = 'ž'").Scan(&all); err != nil {
		t.Fatal(err)
	}
	if all {
		return strings.ToLower
	}
	return lowerASCII
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// Letters beyond ASCII are found in any case, and without their accents.
func TestSearchFoldsAllLetters(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		_, made := stockShelf(storetest.Context(t), t, db, []item{{name: "Žlutý kůň"}, {name: "Πάτρα"}, {name: "ШКАФ"}, {name: "[dÉjà*]"}, {name: "Straße 7, Łódź"}})
		for i, texts := range [][]string{
			{"Žlutý", "žlutý", "ŽLUTÝ KŮŇ", "Ň", "zluty kun"},
			{"πάτ", "άΤΡΑ", "ατρ"},
			{"шкаф", "Шк"},
			{"[DÉJÀ*]", "jà*", "[deja*]"},
			{"strasse", "STRAẞE", "LODZ", "łódź"},
		} {
			for _, text := range texts {
				rows, _ := page(storetest.Context(t), t, db, url.Values{"q": {text}}.Encode())
				if want := []int64{made[i].ID}; !slices.Equal(idsOf(rows), want) {
					t.Errorf("q=%s finds %v, want %v", text, idsOf(rows), want)
				}
			}
		}
		for _, text := range []string{"žlutý*", "d?jà", "[jà]", "dja", "zlutky"} {
			if rows, _ := page(storetest.Context(t), t, db, url.Values{"q": {text}}.Encode()); len(rows) > 0 {
				t.Errorf("q=%s finds %v", text, idsOf(rows))
			}
		}
	})
}

// SQL in a parameter finds nothing or is refused, and the table is unchanged.
func TestInjectionFindsNothing(t *testing.T) {
	t.Parallel()
	attempts := []string{
		"' OR '1'='1", "'; DROP TABLE products; --", `" OR ""="`, "` OR 1=1 --", "1) OR (1=1", "1 UNION SELECT 1", "\\' OR 1=1 --",
		"x'||(SELECT 1)||'", "$1", "?", "/**/", "%' OR '%'='", "0x1", "\\", "E'\\x41'", "NULL", "CURRENT_TIMESTAMP",
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		category, made := stockShelf(storetest.Context(t), t, db, []item{{name: "hammer", created: noon}, {name: "nail", created: noon}})
		list := fmt.Sprintf("category_id=%d&", category)
		for _, attempt := range attempts {
			for _, name := range []string{
				"sku", "name", "q", "price", "is_active", "created_at", "sort", "limit", "offset", "cursor", "low_stock_at_null", "price_gte",
			} {
				query := list + url.Values{name: {attempt}}.Encode()
				if refusals(t, products(), query) != nil {
					continue
				}
				if rows, _ := page(storetest.Context(t), t, db, query); len(rows) > 0 {
					t.Errorf("%s finds %v", query, idsOf(rows))
				}
			}
			if got := refusals(t, products(), list+url.Values{"price" + attempt: {"1"}}.Encode()); got == nil {
				t.Errorf("price%s is a parameter", attempt)
			}
		}
		if rows, _ := page(storetest.Context(t), t, db, list); len(rows) != len(made) {
			t.Errorf("%d of %d rows are left", len(rows), len(made))
		}
	})
}

// Every type of value reaches the real databases, alone and in lists.
func TestEveryFilterRuns(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		category, made := stockShelf(storetest.Context(t), t, db, []item{{name: "a,b", price: 5, low: &limit, active: true, created: noon}})
		sku := made[0].Sku
		for _, query := range []string{
			fmt.Sprintf("id=%d,0", made[0].ID), "sku=x," + sku, `name=x,a\,b`, "price=5", "price=4,5", "stock=0,1", "low_stock_at=5,6",
			"is_active=true", "is_active=true,false", fmt.Sprintf("category_id=%d,%d", category, category+1),
			"created_at=2026-01-31T12:00:00Z", "created_at=2026-01-31T12:00:00Z,2026-01-31T13:00:00.000001Z",
			"version=1,2", "deleted_at_null=true", "low_stock_at_null=false", "q=A,B",
		} {
			rows, _ := page(storetest.Context(t), t, db, query)
			if !slices.Contains(idsOf(rows), made[0].ID) {
				t.Errorf("%s does not find the row", query)
			}
		}
	})
}
