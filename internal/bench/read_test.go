package bench_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
)

// BenchmarkRead reads products over HTTP, on PostgreSQL: one product, and the first page of
// the default view with and without its total.
func BenchmarkRead(b *testing.B) {
	p := newPostgres(b, fullSize)
	p.needDurable(b)
	for _, c := range p.reads() {
		b.Run(c.name, c.bench)
	}
}

// reading is a GET.
type reading struct {
	name    string
	target  func(operation int) string
	clients []int
}

func (s size) readings() []reading {
	return []reading{
		{"get", func(operation int) string {
			return fmt.Sprintf("/api/v1/products/%d", (operation*7919)%s.products+1)
		}, []int{1, 16, 64}},
		{"list", func(int) string { return "/api/v1/products" }, []int{1, 16, 64}},
		{"list-uncounted", func(int) string { return "/api/v1/products?count=none" }, []int{16}},
	}
}

func (p *postgres) reads() []contest {
	var all []contest
	for _, r := range p.readings() {
		for _, clients := range r.clients {
			all = append(all, contest{
				name: clientsName(r.name, clients), clients: clients, most: 1 << 20,
				open: func(tb testing.TB) []side {
					tb.Helper()
					return []side{
						p.readSide(tb, "product", product(tb, p.db), clients, r, p.tapProduct(tb)),
						p.readSide(tb, "limit", p.limit(tb, p.url, p.conns()), clients, r, p.tapLimit(tb)),
					}
				},
			})
		}
	}
	return all
}

func (p *postgres) readSide(tb testing.TB, name string, handler http.Handler, clients int, r reading, t *tapped) side {
	tb.Helper()
	_, c := t.ask(tb, warm+1, http.MethodGet, http.StatusOK, r.target)
	return side{
		name: name, cost: c,
		do: overHTTP(tb, handler, clients, http.StatusOK, requests(p.products, http.MethodGet, r.target)),
	}
}

// defaultCursor returns a function that makes cursors for the default view of the products
// as the API does. They are part of the bodies, and the same work on both sides.
func defaultCursor(tb testing.TB) func(id int64) string {
	tb.Helper()
	query, err := listquery.Parse(&definition.Resource{
		Name: "products", Table: "products", DefaultSort: "-id", SoftDelete: true,
		Fields: []definition.Field{{Name: "id", Column: "id", Type: definition.Integer, Sortable: true}},
	}, "")
	if err != nil {
		tb.Fatal(err)
	}
	return func(id int64) string {
		return query.NextCursor(func(string) any { return id })
	}
}
