package bench_test

import (
	"strconv"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// BenchmarkPool checks out with 64 clients on pools of several sizes. The
// largest, a connection for each client, is the baseline.
func BenchmarkPool(b *testing.B) {
	p := newPostgres(b, fullSize)
	p.needDurable(b)
	for _, c := range p.pools() {
		b.Run(c.name, c.bench)
	}
	p.verify(b)
}

func (p *postgres) pools() []contest {
	const clients = 64
	var all []contest
	for _, k := range []kind{spread, hot} {
		c := p.checkout(k, clients)
		c.open = func(tb testing.TB) []side {
			tb.Helper()
			var sides []side
			for _, conns := range []int{2, 4, 8, 16, clients} {
				db := storetest.Open(tb, store.Config{URL: p.url, MaxConns: conns, MaxWait: maxWait})
				sides = append(sides, p.checkoutSide(tb, "conns-"+strconv.Itoa(conns), product(tb, db), clients, nil))
			}
			return sides
		}
		all = append(all, c)
	}
	return all
}
