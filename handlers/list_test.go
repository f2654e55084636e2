package handlers_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// varied fills a shop with records that tie, have nulls, are deleted, and contain
// characters that are special in SQL, LIKE and URLs.
func (a *api) varied() names {
	a.t.Helper()
	a.staffed()
	ids := a.small()
	for i, name := range []string{
		"100% cotton", "100 cotton", `a_b`, "axb", `back\slash`, `"quoted"`, "it's", "semi;colon", "a,b", `a\,b`, "Ünïcödé", "漢字 😀", "UPPER", "upper", "-- comment", "a&b=c",
	} {
		ids["last"] = a.post("/products", map[string]any{
			"sku": fmt.Sprintf("V-%02d", i), "name": name, "price": i / 4 * 100, "stock": i % 3,
			"low_stock_at": []any{nil, 1, 2}[i%3], "is_active": i%2 == 0,
			"category_id": []int64{ids["category"], ids["child"]}[i%2],
		}).is(201).int("id")
		a.post("/customers", map[string]any{
			"email": fmt.Sprintf("v%d@example.com", i), "name": name, "phone": []any{nil, "1", "2", name}[i%4],
		}).is(201)
	}
	for i := range 6 {
		order := a.order(ids["customer"], 1, ids["product"], ids["second"])
		if i == 4 {
			ids["order"] = order
		}
		for _, to := range [][]string{{}, {"processing"}, {"processing", "shipped"}, {"cancelled"}, {"processing", "cancelled"}, {}}[i] {
			a.post(fmt.Sprintf("/orders/%d/transitions", order), map[string]any{"to": to}).is(200)
		}
		if i == 2 {
			a.post(ids.in("/products/{second}/stock-movements"), `{"quantity_change":9,"reason":"receipt"}`).is(201)
		}
	}
	return ids
}

// schema returns the definitions of the resources.
func (a *api) schema() []definition.Resource {
	a.t.Helper()
	var s definition.Schema
	if err := json.Unmarshal([]byte(a.get("/schema").is(200).Text), &s); err != nil {
		a.t.Fatal(err)
	}
	return s.Resources
}

// listed is a list and the definition of its records.
type listed struct {
	path   string
	def    definition.Resource
	hidden string // field that the path fixes
	search bool
}

// lists returns all lists of the API.
func (a *api) lists(ids names) []listed {
	a.t.Helper()
	var out []listed
	for _, def := range a.schema() {
		out = append(out, listed{path: "/" + def.Name, def: def})
		if def.Name == "inventory-movements" {
			out = append(out, listed{path: ids.in("/products/{product}/stock-movements"), def: def, hidden: "product_id"})
		}
	}
	for i := range out {
		out[i].search = slices.ContainsFunc(out[i].def.Fields, func(f definition.Field) bool { return f.Searchable })
	}
	id := definition.Field{Name: "id", Type: definition.Integer, Sortable: true, Indexed: true, Filters: []string{"id", "id_gte", "id_gt", "id_lte", "id_lt"}}
	rest := []definition.Field{
		{Name: "kind", Type: definition.Enum, Enum: []string{"placed", "transition", "note"}, Filters: []string{"kind"}},
		{Name: "created_at", Type: definition.DateTime, Sortable: true, Filters: []string{"created_at", "created_at_gte", "created_at_gt", "created_at_lte", "created_at_lt"}},
	}
	order := definition.Field{Name: "order_id", Type: definition.Reference, Sortable: true, Indexed: true, Filters: []string{"order_id"}}
	return append(out,
		listed{path: ids.in("/orders/{order}/timeline"), def: definition.Resource{Name: "timeline", Fields: append([]definition.Field{id}, rest...)}},
		listed{path: "/order-events", def: definition.Resource{Name: "order-events", Fields: append([]definition.Field{id, order}, rest...)}},
	)
}

// items returns the records of an answer.
func (r *answer) items() []map[string]any {
	r.t.Helper()
	list, ok := r.at("items").([]any)
	if !ok {
		r.t.Fatalf("%s: items is no list\n%s", r.what, r.Text)
	}
	out := make([]map[string]any, len(list))
	for i := range list {
		out[i], _ = list[i].(map[string]any)
	}
	return out
}

// walk reads a list to its end by cursors, and checks each page.
func (a *api) walk(path string, query url.Values, limit int) []map[string]any {
	a.t.Helper()
	var all []map[string]any
	q := url.Values{"limit": {strconv.Itoa(limit)}, "count": {"none"}}
	maps.Copy(q, query)
	for {
		page := a.get(path + "?" + q.Encode()).is(200)
		items := page.items()
		all = append(all, items...)
		if len(all) > 10_000 {
			a.t.Fatalf("%s?%s does not end", path, query.Encode())
		}
		cursor, more := page.at("next_cursor").(string)
		if !more {
			return all
		}
		if len(items) != limit {
			a.t.Fatalf("%s: %d records on a page of %d that is not the last", page.what, len(items), limit)
		}
		q.Set("cursor", cursor)
	}
}

// Every sort of every list, in both directions, page by page: no record is missing or
// repeated, and the order is that of the whole list.
func TestEverySort(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		for _, list := range a.lists(a.varied()) {
			var sorts []string
			for _, f := range list.def.Fields {
				if f.Sortable {
					sorts = append(sorts, f.Name, "-"+f.Name)
				}
				if f.Sortable && f.Name != "id" {
					sorts = append(sorts, f.Name+",-id")
				}
			}
			for i := range list.def.Fields {
				a, b := &list.def.Fields[i], &list.def.Fields[(i+3)%len(list.def.Fields)]
				if a.Sortable && b.Sortable && a.Name != b.Name {
					sorts = append(sorts, "-"+a.Name+","+b.Name)
				}
			}
			deleted := url.Values{}
			if list.def.SoftDelete {
				deleted.Set("include_deleted", "true")
			}
			for _, sort := range append(sorts, "") {
				query := url.Values{}
				maps.Copy(query, deleted)
				if sort != "" {
					query.Set("sort", sort)
				}
				whole := a.get(list.path + "?limit=200&" + query.Encode()).is(200)
				want := whole.items()
				if n := whole.int("total"); int(n) != len(want) {
					t.Fatalf("%s: total %d, records %d", whole.what, n, len(want))
				}
				if len(want) == 0 {
					break // a custom resource
				}
				inOrder(t, whole.what, want, sort)
				if diff := cmp.Diff(want, a.walk(list.path, query, 2)); diff != "" {
					t.Errorf("%s by pages differs from the whole: %s", whole.what, diff)
				}
			}
		}
	})
}

// inOrder checks the order of records by numbers and times. The order of texts and the
// position of nulls depend on the database, but nulls have to stay together.
func inOrder(t *testing.T, what string, items []map[string]any, sort string) {
	t.Helper()
	if sort == "" {
		return
	}
	name, desc := strings.CutPrefix(strings.Split(sort, ",")[0], "-")
	var numbers []float64
	var texts []string
	nulls, switches := 0, 0
	for i, item := range items {
		switch v := item[name].(type) {
		case float64:
			numbers = append(numbers, v)
		case string:
			if strings.HasSuffix(name, "_at") {
				texts = append(texts, comparableTime(v))
			}
		case nil:
			nulls++
		}
		if i > 0 && (item[name] == nil) != (items[i-1][name] == nil) {
			switches++
		}
	}
	if desc {
		slices.Reverse(numbers)
		slices.Reverse(texts)
	}
	if !slices.IsSorted(numbers) || !slices.IsSorted(texts) || switches > 1 {
		t.Errorf("%s is not in order: %v %v, %d nulls", what, numbers, texts, nulls)
	}
}

// comparableTime gives every time the same number of digits.
func comparableTime(text string) string {
	whole, fraction, _ := strings.Cut(strings.TrimSuffix(text, "Z"), ".")
	return whole + "." + fraction + strings.Repeat("0", 6-len(fraction))
}

// Every filter of every list, with every value that occurs, selects exactly the records
// with that value.
func TestEveryFilter(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		for _, list := range a.lists(a.varied()) {
			query := "?limit=200"
			if list.def.SoftDelete {
				query += "&include_deleted=true"
			}
			all := a.get(list.path + query).is(200).items()
			for _, f := range list.def.Fields {
				for _, filter := range f.Filters {
					if f.Name == list.hidden {
						a.get(list.path+query+"&"+filter+"=1").problem(422, "invalid", "query."+filter)
						continue
					}
					for _, operand := range operands(all, &f, filter) {
						got := a.get(list.path + query + "&" + filter + "=" + url.QueryEscape(operand)).is(200).items()
						want := slices.Collect(func(yield func(map[string]any) bool) {
							for _, item := range all {
								if meets(item[f.Name], filter[len(f.Name):], operand) && !yield(item) {
									return
								}
							}
						})
						if diff := cmp.Diff(idsOf(want), idsOf(got)); diff != "" {
							t.Errorf("%s&%s=%s: %s", list.path+query, filter, operand, diff)
						}
					}
				}
			}
		}
	})
}

// operands returns the values for a filter: the first few that occur.
func operands(items []map[string]any, f *definition.Field, filter string) []string {
	if strings.HasSuffix(filter, "_null") {
		return []string{"true", "false"}
	}
	var out []string
	for _, item := range items {
		value := item[f.Name]
		if value == nil {
			continue
		}
		text := fmt.Sprint(value)
		if n, ok := value.(float64); ok {
			text = strconv.FormatInt(int64(n), 10)
		}
		if f.Type == definition.String {
			text = strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), ",", `\,`)
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
		if len(out) == 18 {
			break
		}
	}
	if filter == f.Name && len(out) > 1 {
		out = append(out, out[0]+","+out[1])
	}
	return out
}

// meets reports whether a value matches a filter.
func meets(value any, operator, operand string) bool {
	if operator == "_null" {
		return (value == nil) == (operand == "true")
	}
	if value == nil {
		return false
	}
	if operator == "" {
		for _, one := range splitOperand(operand) {
			if n, ok := value.(float64); ok && strconv.FormatInt(int64(n), 10) == one || fmt.Sprint(value) == one {
				return true
			}
		}
		return false
	}
	order := 0
	switch v := value.(type) {
	case float64:
		var n float64
		_, _ = fmt.Sscan(operand, &n)
		switch {
		case v < n:
			order = -1
		case v > n:
			order = 1
		}
	case string:
		order = strings.Compare(comparableTime(v), comparableTime(operand))
	}
	return map[string]bool{"_gte": order >= 0, "_gt": order > 0, "_lte": order <= 0, "_lt": order < 0}[operator]
}

// splitOperand splits what operands joined.
func splitOperand(text string) []string {
	const comma, slash = "\x01", "\x02"
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\\`, slash), `\,`, comma)
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.ReplaceAll(strings.ReplaceAll(parts[i], comma, ","), slash, `\`)
	}
	return parts
}

func idsOf(items []map[string]any) []any {
	out := []any{}
	for _, item := range items {
		out = append(out, item["id"])
	}
	return out
}

func TestListShape(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		empty := a.get("/orders").is(200).has("total", 0).has("total_is_estimate", false).has("next_cursor", nil)
		if !strings.Contains(empty.Text, `"items":[]`) {
			t.Errorf("an empty list: %s", empty.Text)
		}
		ids := a.varied()
		a.get("/products").is(200).has("total", 18).has("total_is_estimate", false).has("next_cursor", nil).
			has("items.0.id", int(ids["last"]))
		a.get("/products?include_deleted=true").has("total", 19)
		a.get("/products?include_deleted=false").has("total", 18)
		a.get("/products?deleted_at_null=false&include_deleted=true").has("total", 1).has("items.0.id", int(ids["gone_product"]))
		a.get("/products?deleted_at_null=false").has("total", 0)
		a.get("/categories").has("items.0.slug", "chairs") // by position, then name

		bare := a.get("/products?count=none&limit=1").is(200)
		for _, member := range []string{"total", "total_is_estimate"} {
			if _, ok := bare.JSON[member]; ok {
				t.Errorf("count=none: %s", bare.Text)
			}
		}
		whole := a.get("/products?limit=200").items()
		for _, offset := range []int{0, 1, 17, 18, 10_000} {
			page := a.get(fmt.Sprintf("/products?limit=5&offset=%d", offset)).is(200).has("total", 18)
			from, to := min(offset, len(whole)), min(offset+5, len(whole))
			if diff := cmp.Diff(idsOf(whole[from:to]), idsOf(page.items())); diff != "" {
				t.Errorf("offset %d: %s", offset, diff)
			}
			if more := page.at("next_cursor") != nil; more != (to < len(whole)) {
				t.Errorf("offset %d: next_cursor %v", offset, page.at("next_cursor"))
			}
		}
		a.get("/orders?status=pending,processing").has("total", 3)
		a.get(ids.in("/orders?customer_id={customer},{buyer}&status=cancelled")).has("total", 2)
		a.get(ids.in("/products?category_id={child}&is_active=false&price_gte=100&price_lt=300&sort=-price")).has("total", 4)
		a.get("/products/").is(404) // no redirect, which would drop a body
	})
}

// Search terms are plain text, even if they are special in LIKE or SQL.
func TestSearch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.varied()
		for text, want := range map[string][]string{
			"100%":        {"100% cotton"},
			"100":         {"100% cotton", "100 cotton"},
			"%":           {"100% cotton"},
			"_":           {"a_b"},
			"a_b":         {"a_b"},
			`\`:           {`back\slash`, `a\,b`},
			`back\s`:      {`back\slash`},
			`"`:           {`"quoted"`},
			"'":           {"it's"},
			"' OR 1=1 --": {},
			";":           {"semi;colon"},
			"a,b":         {"a,b"},
			"漢":           {"漢字 😀"},
			"😀":           {"漢字 😀"},
			"upper":       {"UPPER", "upper"},
			"UPP":         {"UPPER", "upper"},
			"-- c":        {"-- comment"},
			"&b=":         {"a&b=c"},
			"v-0":         {"100% cotton", "100 cotton", `a_b`, "axb", `back\slash`, `"quoted"`, "it's", "semi;colon", "a,b", `a\,b`},
			"nothing":     {},
			" ":           nil, // many
		} {
			got := a.get("/products?sort=id&limit=200&q=" + url.QueryEscape(text)).is(200)
			if want == nil {
				continue
			}
			names := []string{}
			for _, item := range got.items() {
				names = append(names, item["name"].(string))
			}
			if diff := cmp.Diff(want, names); diff != "" {
				t.Errorf("q=%s: %s", text, diff)
			}
			got.has("total", len(want))
		}
		a.get("/products?q=" + url.QueryEscape(times("漢", 200))).is(200)
		a.get("/products?q=cotton&q=100").is(200).has("total", 2)
		a.get("/products?q=cotton&q=100&q=%25").is(200).has("total", 1).has("items.0.name", "100% cotton")
		a.get("/search?q=cotton&q=100").problem(422, "invalid", "query.q")
		a.get("/categories?q=CHAIR").is(200).has("total", 1)
		a.get("/customers?q=V1%40").is(200).has("total", 1)
	})
}

func TestListRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.varied()
		var cases []refusal
		refuse := func(query string, at ...string) {
			for _, path := range []string{"GET /products?", "GET /products?count=none&"} {
				cases = append(cases, refusal{request: path + query, at: at})
			}
		}
		for parameter, values := range map[string][]string{
			"limit":           {"", "0", "201", "-1", "abc", "1.5", "1e1", "%2B5", "+5", "5+", "0x5", "99999999999999999999", "1,2", "%D9%A3"},
			"offset":          {"", "-1", "10001", "abc", "1.0", "99999999999999999999"},
			"sort":            {"", ",", "colour", "name,", "name,name", "name,-name", "--name", "Name", "name%20asc", "description", "name;id", "id,name,price,stock,sku,version", "products.name", "1", "(select%201)", "*"},
			"q":               {"", times("a", 201), times("%E6%BC%A2", 201)},
			"count":           {"", "all", "exact", "NONE"},
			"include_deleted": {"", "yes", "1", "TRUE", "null"},
			"cursor":          {"", "abc", "%20", "AAAA", "null", "=", times("A", 4000), "../../etc/passwd", "%F0%9F%98%80"},
			"price":           {"", "abc", "1.5", "1e3", "%2B1", "1,,2", "1,", ",1", "9223372036854775808", "NaN", "0x1"},
			"price_gte":       {"", "abc", "1,2", "null"},
			"category_id":     {"", "0", "-1", "abc", "1,abc", "1;2", strings.TrimSuffix(times("1,", 201), ",")},
			"is_active":       {"", "yes", "1", "True", "true,maybe"},
			"low_stock_at_null": {
				"", "yes", "true,false", "null",
			},
			"created_at_gte": {"", "yesterday", "2026-01-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01%2000:00:00Z", "2026-01-01T00:00:00%2B02:00x", "2026-01-01T00:00:00+02:00", "20260101T000000Z", "99999-01-01T00:00:00Z", "1e9"},
			"name":           {""},
			"description":    {"x"}, "colour": {"red"}, "name_gte": {"a"}, "is_active_null": {"true"}, "category": {"1"}, "id_null": {"true"},
			"price_ne": {"1"}, "price__gte": {"1"}, "_gte": {"1"}, "Price": {"1"}, "price_GTE": {"1"}, "filter": {"1"}, "page": {"1"},
		} {
			for _, value := range values {
				at := "query." + parameter
				if strings.Contains(value, ";") {
					at = "query"
				}
				refuse(parameter+"="+value, at)
			}
		}
		refuse("=1")
		refuse("limit=5&limit=5", "query.limit")
		refuse("limit=5&sort=name&limit=6", "query.limit")
		refuse("price=1&price=2", "query.price")
		refuse("cursor=abc&offset=1")
		refuse("name=a;b", "query")
		refuse("limit=5;sort=name", "query")
		refuse("name=%zz", "query")
		refuse("name=%", "query")
		refuse("name=%4", "query")
		refuse("%zz=1", "query")
		refuse("name=%00")
		refuse("name=a%00b")
		refuse("q=%00")
		refuse("name=%ff")
		refuse("name=%c0%af")
		refuse("q=%ed%a0%80")
		refuse("%00=1")
		refuse("%ff=1")
		refuse("a%00=1&name=x")
		refuse("limit=0&sort=colour&price=x&colour=red", "query.limit", "query.sort", "query.price", "query.colour")
		cases = append(cases,
			refusal{request: "GET /orders?number=1001", at: at("query.number")},
			refusal{request: "GET /orders?items=1", at: at("query.items")},
			refusal{request: "GET /orders?sort=number", at: at("query.sort")},
			refusal{request: "GET /orders?status=unknown", at: at("query.status")},
			refusal{request: "GET /orders?status=pending,unknown", at: at("query.status")},
			refusal{request: "GET /orders?status=PENDING", at: at("query.status")},
			refusal{request: "GET /orders?q=x", at: at("query.q")},
			refusal{request: "GET /orders?include_deleted=true", at: at("query.include_deleted")},
			refusal{request: "GET /inventory-movements?reason=theft", at: at("query.reason")},
			refusal{request: "GET /orders/{order}/timeline?order_id=1", at: at("query.order_id")},
			refusal{request: "GET /orders/{order}/timeline?kind=refund", at: at("query.kind")},
			refusal{request: "GET /order-events?kind=refund", at: at("query.kind")},
			refusal{request: "GET /order-events?order_id=0", at: at("query.order_id")},
			refusal{request: "GET /order-events?order_id=" + strings.Repeat("7,", 200) + "7", at: at("query.order_id")},
			refusal{request: "GET /orders/{order}/timeline?q=x", at: at("query.q")},
			refusal{request: "GET /products/{product}/stock-movements?product_id=1", at: at("query.product_id")},
			refusal{request: "GET /products/{product}/stock-movements?limit=201", at: at("query.limit")},
			refusal{request: "GET /schema?x=1", at: at("query.x")},
			refusal{request: "GET /customers/{customer}/cart?x=1", at: at("query.x")},
		)
		a.refuses(ids, cases...)
	})
}

// A cursor is valid only for the list that returned it.
func TestCursors(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.varied()
		const list = "GET /products?limit=3&sort=-price,name&is_active=true"
		_, path, _ := strings.Cut(list, " ")
		cursor, _ := a.get(path).is(200).at("next_cursor").(string)
		a.get(path + "&cursor=" + cursor).is(200)
		a.get(strings.Replace(path, "limit=3", "limit=9&count=none", 1) + "&cursor=" + cursor).is(200) // these parameters may change

		var cases []refusal
		refuse := func(name, request string) {
			cases = append(cases, refusal{name: name, request: request, at: at("query.cursor")})
		}
		refuse("other sort", "GET /products?sort=price,name&is_active=true&cursor="+cursor)
		refuse("longer sort", "GET /products?sort=-price,name,sku&is_active=true&cursor="+cursor)
		refuse("no sort", "GET /products?is_active=true&cursor="+cursor)
		refuse("other filter", "GET /products?sort=-price,name&is_active=false&cursor="+cursor)
		refuse("no filter", "GET /products?sort=-price,name&cursor="+cursor)
		refuse("another filter", list+"&price_gte=0&cursor="+cursor)
		refuse("search", list+"&q=a&cursor="+cursor)
		refuse("deleted", list+"&include_deleted=true&cursor="+cursor)
		refuse("other resource", "GET /customers?cursor="+cursor)
		for i := range len(cursor) {
			refuse(fmt.Sprintf("cut to %d", i), list+"&cursor="+cursor[:i])
		}
		raw, _ := base64.RawURLEncoding.DecodeString(cursor)
		for i := range raw {
			for _, bit := range []byte{1, 0x80} {
				forged := slices.Clone(raw)
				forged[i] ^= bit
				refuse(fmt.Sprintf("byte %d", i), list+"&cursor="+base64.RawURLEncoding.EncodeToString(forged))
			}
		}
		refuse("longer", list+"&cursor="+cursor+"A")
		refuse("padded", list+"&cursor="+cursor+"%3D")
		refuse("line break", list+"&cursor="+cursor[:4]+"%0A"+cursor[4:])
		refuse("standard alphabet", list+"&cursor="+url.QueryEscape(strings.NewReplacer("-", "+", "_", "/").Replace(cursor)+"+/"))
		cases = append(cases, refusal{name: "with offset", request: list + "&offset=1&cursor=" + cursor, at: at("query.offset")})

		movements, _ := a.get(ids.in("/products/{product}/stock-movements?limit=1")).is(200).at("next_cursor").(string)
		a.get(ids.in("/products/{product}/stock-movements?limit=1&cursor=") + movements).is(200)
		refuse("other product", ids.in("GET /products/{second}/stock-movements?limit=1&cursor=")+movements)
		refuse("all movements", "GET /inventory-movements?limit=1&cursor="+movements)
		a.refuses(ids, cases...)
	})
}

// Every record that stays is found while the list changes during a walk.
func TestWalkWhileChanging(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.varied()
		page := a.get("/products?limit=6&sort=name").is(200)
		seen := idsOf(page.items())
		for i := range 5 { // before, at and after the place
			a.product(fmt.Sprintf("NEW-%d", i), 1, 0, ids["spare"])
		}
		a.delete(fmt.Sprintf("/products/%.0f", seen[5])).is(204)
		for page.at("next_cursor") != nil {
			page = a.get("/products?limit=6&sort=name&cursor=" + page.at("next_cursor").(string)).is(200)
			seen = append(seen, idsOf(page.items())...)
		}
		for _, item := range a.get("/products?limit=200&include_deleted=true").items() {
			n := 0
			for _, id := range seen {
				if id == item["id"] {
					n++
				}
			}
			old := item["deleted_at"] == nil && !strings.HasPrefix(item["sku"].(string), "NEW")
			if n > 1 || old && n != 1 {
				t.Errorf("product %v was shown %d times", item["sku"], n)
			}
		}
	})
}
