package bench_test

import (
	"net/http"
	"testing"

	"github.com/storekeeper/storekeeper/internal/stock"
)

// BenchmarkLocking compares checkouts that lock, check and update the stock in
// one statement with those that lock it first, in a statement of its own. The
// latter are the baseline.
func BenchmarkLocking(b *testing.B) {
	p := newPostgres(b, fullSize)
	p.needDurable(b)
	for _, c := range p.lockings() {
		b.Run(c.name, c.bench)
	}
	p.verify(b)
}

func (p *postgres) lockings() []contest {
	var all []contest
	for _, k := range []kind{spread, hot} {
		for _, clients := range []int{16, 64} {
			c := p.checkout(k, clients)
			c.open = func(tb testing.TB) []side {
				tb.Helper()
				return []side{
					p.lockingSide(tb, "conditional", stock.Conditional, clients, k),
					p.lockingSide(tb, "pessimistic", stock.Pessimistic, clients, k),
				}
			}
			all = append(all, c)
		}
	}
	return all
}

func (p *postgres) lockingSide(tb testing.TB, name string, locking stock.Locking, clients int, k kind) side {
	tb.Helper()
	counted := p.tapProduct(tb)
	counted.handler = withLocking(counted.handler, locking)
	c := p.checkoutCost(tb, counted, k)
	return p.checkoutSide(tb, name, withLocking(product(tb, p.db), locking), clients, c)
}

func withLocking(handler http.Handler, locking stock.Locking) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(stock.WithLocking(r.Context(), locking)))
	})
}
