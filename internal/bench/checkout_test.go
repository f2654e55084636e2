package bench_test

import (
	"net/http"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
)

// BenchmarkCheckout turns carts of three lines into orders over HTTP, on PostgreSQL.
func BenchmarkCheckout(b *testing.B) {
	p := newPostgres(b, fullSize)
	p.needDurable(b)
	for _, c := range p.checkouts() {
		b.Run(c.name, c.bench)
	}
	p.verify(b)
}

func (p *postgres) checkouts() []contest {
	var all []contest
	for _, k := range []kind{spread, hot} {
		for _, clients := range []int{1, 16, 64} {
			c := p.checkout(k, clients)
			c.open = func(tb testing.TB) []side {
				tb.Helper()
				return []side{
					p.checkoutSide(tb, "product", product(tb, p.db), clients, p.checkoutCost(tb, p.tapProduct(tb), k)),
					p.checkoutSide(tb, "limit", p.limit(tb, p.url, p.conns()), clients, p.checkoutCost(tb, p.tapLimit(tb), k)),
				}
			}
			all = append(all, c)
		}
	}
	return all
}

func (p *postgres) checkout(k kind, clients int) contest {
	return buying(p.db, p.size, k, k.String(), clients)
}

// buying returns a contest of checkouts without sides.
func buying(db *store.DB, s size, k kind, name string, clients int) contest {
	placed := 0
	return contest{
		name: clientsName(name, clients), clients: clients, most: s.customers,
		prepare: func(tb testing.TB, n int) {
			tb.Helper()
			fill(tb, db, s, k, n)
			placed = orders(tb, db)
		},
		verify: func(tb testing.TB, n int) {
			tb.Helper()
			if got := orders(tb, db) - placed; got != n {
				tb.Errorf("%d checkouts made %d orders", n, got)
			}
		},
	}
}

func checkoutPath(operation int) string { return customerPath(operation, "/checkout") }

func (p *postgres) checkoutSide(tb testing.TB, name string, handler http.Handler, clients int, c *cost) side {
	tb.Helper()
	return side{
		name: name, cost: c,
		do: overHTTP(tb, handler, clients, http.StatusCreated, requests(p.customers, http.MethodPost, checkoutPath)),
	}
}

// warm is the number of operations before one is counted.
const warm = 6

func (p *postgres) checkoutCost(tb testing.TB, t *tapped, k kind) *cost {
	tb.Helper()
	fill(tb, p.db, p.size, k, warm+1)
	_, c := t.ask(tb, warm+1, http.MethodPost, http.StatusCreated, checkoutPath)
	return c
}
