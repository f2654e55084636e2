package bench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// sizes names the environment variable with the shops that BenchmarkScale measures, by their
// numbers of orders: 10000,100000,1000000. A shop that is seeded already is given with its
// database, as 1000000=postgres://…, and not seeded again.
const sizes = "STOREKEEPER_SCALE"

// BenchmarkScale sends every list, sort, filter, search, report and operation to shops of
// several sizes, one request at a time, and prints how long they took, so that what grows
// with the shop stands out. Run it with `make bench-scale`.
func BenchmarkScale(b *testing.B) {
	var columns []*column
	for _, size := range strings.FieldsFunc(os.Getenv(sizes), func(r rune) bool { return r == ',' }) {
		number, databaseURL, _ := strings.Cut(size, "=")
		orders, err := strconv.Atoi(number)
		if err != nil {
			b.Fatalf("%s: %v", sizes, err)
		}
		s := openScale(b, orders, databaseURL)
		columns = append(columns, s.measure(b, 100, 2*time.Second))
	}
	if len(columns) == 0 {
		b.Skip("this takes long: name the sizes by " + sizes)
	}
	fmt.Print(scaleTable(columns))
}

// Every request that is measured works.
func TestScale(t *testing.T) {
	t.Parallel()
	c := openScale(t, 300, "").measure(t, 2, time.Minute)
	if len(c.names) < 100 {
		t.Errorf("only %d requests", len(c.names))
	}
	if table := scaleTable([]*column{c, c}); strings.Count(table, "\n") != len(c.names)+2 {
		t.Errorf("unexpected table:\n%s", table)
	}
}

// scale is a shop of some size.
type scale struct {
	size

	db      *store.DB
	handler http.Handler
}

// openScale seeds a shop with one product for every ten orders and one customer for every
// five, within limits.
func openScale(tb testing.TB, orders int, databaseURL string) *scale {
	tb.Helper()
	s := &scale{size: size{products: min(max(orders/10, 100), 1_000_000), customers: max(orders/5, 50), orders: orders}}
	ctx := access.System(context.Background())
	seeded := databaseURL != ""
	if !seeded {
		databaseURL = storetest.URL(tb, dialect.Postgres)
	}
	s.db = storetest.Open(tb, store.Config{URL: databaseURL, MaxWait: maxWait})
	if !seeded {
		_, err := seed.Run(ctx, s.db, seed.Options{Products: s.products, Customers: s.customers, Orders: s.orders, Seed: 1, Now: shop.Now()})
		if err != nil {
			tb.Fatal(err)
		}
	}
	if _, err := summary.Update(ctx, s.db, summary.Options{}); err != nil {
		tb.Fatal(err)
	}
	storetest.SQL(tb, s.db, "VACUUM (ANALYZE)") // as autovacuum does sooner or later
	s.handler = product(tb, s.db)
	return s
}

// request is a request that is measured. It may be different each time.
type request struct {
	name, method string
	target       func(i int) string
	body         func(i int) string
	status       int
}

func asking(name, target string) request {
	return request{name: name, method: http.MethodGet, target: func(int) string { return target }, status: http.StatusOK}
}

// requests returns all of them.
func (s *scale) requests(tb testing.TB) []request {
	tb.Helper()
	all := s.lists(tb)
	for _, q := range []string{"#1042", "TAB-0001", "oak", "example.com", "no such thing", "an"} {
		all = append(all, asking("search "+q, "/search?q="+url.QueryEscape(q)))
	}
	return append(append(all, s.reports(tb)...), s.operations(tb)...)
}

// lists returns every list by default, by every sort and filter that is promised to be
// fast, at a deep position, and with a search.
func (s *scale) lists(tb testing.TB) []request {
	tb.Helper()
	var schema definition.Schema
	if err := json.Unmarshal(s.ask(tb, asking("", "/schema"), 0), &schema); err != nil {
		tb.Fatal(err)
	}
	var all []request
	for i := range schema.Resources {
		def := &schema.Resources[i]
		path := "/" + def.Name
		first := s.page(tb, path+"?limit=1&count=none")
		if first == nil {
			continue // none of these is seeded
		}
		all = append(all, asking("list "+def.Name, path), asking("list "+def.Name+" uncounted", path+"?count=none"),
			asking("list "+def.Name+" at 5000", path+"?offset=5000&count=none"))
		searched := false
		for j := range def.Fields {
			f := &def.Fields[j]
			searched = searched || f.Searchable
			if !f.Indexed {
				continue
			}
			if f.Sortable && !f.Nullable {
				all = append(all, asking("list "+def.Name+" by "+f.Name, path+"?count=none&sort="+f.Name),
					asking("list "+def.Name+" by -"+f.Name, path+"?count=none&sort=-"+f.Name))
			}
			if value := first[f.Name]; value != nil && slices.Contains(f.Filters, f.Name) {
				if n, ok := value.(float64); ok {
					value = int64(n)
				}
				all = append(all, asking("list "+def.Name+" of "+f.Name, path+"?"+f.Name+"="+url.QueryEscape(fmt.Sprint(value))))
			}
		}
		if searched {
			all = append(all, asking("list "+def.Name+" q=oak", path+"?q=oak"), asking("list "+def.Name+" q=zzzz", path+"?q=zzzz"))
		}
		if id, ok := first["id"].(float64); ok {
			all = append(all, asking("history of one of "+def.Name, fmt.Sprintf("%s/%.0f/history", path, id)))
		}
	}
	return append(all, asking("list order-events", "/order-events"), asking("list order-events uncounted", "/order-events?count=none"),
		asking("list stock movements of a product", "/products/1/stock-movements"), asking("list timeline of an order", "/orders/1/timeline"))
}

// page returns the first record of a list.
func (s *scale) page(tb testing.TB, target string) map[string]any {
	tb.Helper()
	var page struct {
		Items []map[string]any `json:"items"`
	}
	if err := json.Unmarshal(s.ask(tb, asking("", target), 0), &page); err != nil {
		tb.Fatal(err)
	}
	if len(page.Items) == 0 {
		return nil
	}
	return page.Items[0]
}

// reports returns the reports of whole days, as the screens ask for them, and of the last
// 24 hours, which begin and end in the middle of a summary.
func (s *scale) reports(tb testing.TB) []request {
	tb.Helper()
	var all []request
	now := shop.Now()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		tb.Fatal(err)
	}
	year, month, day := now.In(zone).Date()
	today := time.Date(year, month, day, 0, 0, 0, 0, zone)
	for _, period := range []struct {
		name     string
		from, to time.Time
	}{
		{"a day", today.AddDate(0, 0, -1), today},
		{"24 hours", now.AddDate(0, 0, -1), now},
		{"30 days", today.AddDate(0, 0, -30), today},
		{"a year", today.AddDate(-1, 0, 0), today},
	} {
		query := url.Values{"tz": {zone.String()}, "from": {period.from.Format(time.RFC3339)}, "to": {period.to.Format(time.RFC3339)}}.Encode()
		all = append(all, asking("report summary of "+period.name, "/reports/summary?"+query))
		for _, by := range []string{"day", "category", "product"} {
			all = append(all, asking("report sales by "+by+" of "+period.name, "/reports/sales?by="+by+"&"+query))
		}
	}
	return append(all, asking("report orders by status", "/reports/orders-by-status"), asking("report stock levels", "/reports/stock-levels"),
		asking("report unpacked", "/reports/unpacked"), asking("report of a customer", "/reports/customers/1"),
		asking("report stock of a product", "/products/1/stock-series"))
}

// operations returns the everyday operations of people and programs.
func (s *scale) operations(tb testing.TB) []request {
	tb.Helper()
	post := func(name string, status int, target, body func(i int) string) request {
		return request{name: name, method: http.MethodPost, target: target, body: body, status: status}
	}
	customer := func(rest string) func(i int) string {
		return func(i int) string { return fmt.Sprintf("/customers/%d%s", i*37%s.customers+1, rest) }
	}
	fixed := func(text string) func(int) string { return func(int) string { return text } }
	product := s.page(tb, "/products?limit=1&count=none&is_active=true&stock_gte=1000")
	if product == nil {
		product = s.page(tb, "/products?limit=1&count=none&is_active=true&sort=-stock")
	}
	id := product["id"].(float64)
	placed := func(i int) string { return fmt.Sprintf("/orders/%d/notes", i*61%s.orders+1) }
	return []request{
		{name: "get product", method: http.MethodGet, status: http.StatusOK, target: func(i int) string { return fmt.Sprintf("/products/%d", i*7919%s.products+1) }},
		{name: "get order", method: http.MethodGet, status: http.StatusOK, target: func(i int) string { return fmt.Sprintf("/orders/%d", i*7919%s.orders+1) }},
		post("receive stock", http.StatusCreated, fixed(fmt.Sprintf("/products/%.0f/stock-movements", id)), fixed(`{"quantity_change":1000,"reason":"receipt"}`)),
		post("add to cart", http.StatusOK, customer("/cart/items"), fixed(fmt.Sprintf(`{"product_id":%.0f,"quantity":1}`, id))),
		post("check out", http.StatusCreated, customer("/checkout"), fixed("")),
		post("note on an order", http.StatusCreated, placed, fixed(`{"note":"called back"}`)),
		{
			name: "edit product", method: http.MethodPatch, status: http.StatusOK,
			target: func(i int) string { return fmt.Sprintf("/products/%d", i*7919%s.products+1) },
			body:   func(i int) string { return fmt.Sprintf(`{"description":"Edition %d."}`, i) },
		},
		post("create customer", http.StatusCreated, fixed("/customers"), func(i int) string {
			return fmt.Sprintf(`{"email":"scale-%d-%d@example.net","name":"N"}`, i, time.Now().UnixNano())
		}),
	}
}

// ask sends the request for the i-th time and returns the answer.
func (s *scale) ask(tb testing.TB, r request, i int) []byte {
	tb.Helper()
	body := ""
	if r.body != nil {
		body = r.body(i)
	}
	q := httptest.NewRequestWithContext(context.Background(), r.method, "/api/v1"+r.target(i), strings.NewReader(body))
	q.Header = caller.Clone()
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, q)
	if answer.Code != r.status {
		tb.Fatalf("%s: %s %s: expected status %d, got %d: %s", r.name, r.method, r.target(i), r.status, answer.Code, answer.Body)
	}
	return answer.Body.Bytes()
}

// column is the result of one shop.
type column struct {
	orders   int
	names    []string
	p50, p99 map[string]time.Duration
}

// measure sends n requests of each kind, after some to warm up. Reads stop earlier when the
// time is up, but not before the fifth.
func (s *scale) measure(tb testing.TB, n int, most time.Duration) *column {
	tb.Helper()
	c := &column{orders: s.orders, p50: map[string]time.Duration{}, p99: map[string]time.Duration{}}
	all := s.requests(tb)
	// A checkout needs a cart that is not empty, so both requests use the same customers.
	for _, r := range all {
		var times []time.Duration
		warm := min(3, n)
		if r.name == "check out" {
			warm = 0 // there are only as many carts as requests
		}
		for i := range warm {
			s.ask(tb, r, i)
		}
		began := time.Now()
		for i := 0; i < n && (len(times) < 5 || r.method != http.MethodGet || time.Since(began) < most); i++ {
			start := time.Now()
			s.ask(tb, r, i)
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		c.names = append(c.names, r.name)
		c.p50[r.name], c.p99[r.name] = times[len(times)/2], times[len(times)*99/100]
	}
	return c
}

// scaleTable returns the times in milliseconds, and the growth of the median from the
// second size to the last, as Markdown.
func scaleTable(columns []*column) string {
	var b strings.Builder
	b.WriteString("| request, p50 / p99 in ms |")
	for _, c := range columns {
		fmt.Fprintf(&b, " %d orders |", c.orders)
	}
	b.WriteString(" growth |\n|---|" + strings.Repeat("---|", len(columns)+1) + "\n")
	last := columns[len(columns)-1]
	base := columns[min(1, len(columns)-1)]
	for _, name := range last.names {
		fmt.Fprintf(&b, "| %s |", name)
		for _, c := range columns {
			times := ""
			if c.p50[name] > 0 {
				times = fmt.Sprintf("%.1f / %.1f", milliseconds(c.p50[name]), milliseconds(c.p99[name]))
			}
			fmt.Fprintf(&b, " %s |", times)
		}
		growth := "" // empty if the smaller shop has no such request
		if base.p50[name] > 0 {
			growth = fmt.Sprintf("%.2f", float64(last.p50[name])/float64(base.p50[name]))
		}
		fmt.Fprintf(&b, " %s |\n", growth)
	}
	return b.String()
}
