package bench_test

import (
	"bytes"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/bench/load"
)

// BenchmarkAudit compares checkouts and updates of products over HTTP with the audit trail
// to the same without it, which is the baseline.
func BenchmarkAudit(b *testing.B) {
	p := newPostgres(b, fullSize)
	p.needDurable(b)
	for _, c := range p.audits() {
		b.Run(c.name, c.bench)
	}
	p.verify(b)
}

func (p *postgres) audits() []contest {
	const clients = 16
	buy := p.checkout(spread, clients)
	buy.name = clientsName("checkout", clients)
	buy.open = func(tb testing.TB) []side {
		tb.Helper()
		return []side{
			p.checkoutSide(tb, "recorded", product(tb, p.db), clients, nil),
			p.checkoutSide(tb, "unrecorded", unrecorded(product(tb, p.db)), clients, nil),
		}
	}
	edit := contest{
		name: clientsName("update", clients), clients: clients, most: p.products,
		open: func(tb testing.TB) []side {
			tb.Helper()
			return []side{p.updateSide(tb, "recorded", product(tb, p.db), clients), p.updateSide(tb, "unrecorded", unrecorded(product(tb, p.db)), clients)}
		},
	}
	return []contest{buy, edit}
}

// unrecorded serves without the audit trail.
func unrecorded(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(audit.Off(r.Context())))
	})
}

func (p *postgres) updateSide(tb testing.TB, name string, handler http.Handler, clients int) side {
	tb.Helper()
	var turn atomic.Int64 // so that every update changes something
	return side{
		name: name,
		do: overHTTP(tb, handler, clients, http.StatusOK, func(operation int) []byte {
			body := fmt.Sprintf(`{"price":%d,"name":"Oak side table no. %d"}`, 500+operation%20000, turn.Add(1))
			return patch(fmt.Sprintf("/api/v1/products/%d", operation%p.products+1), body)
		}),
	}
}

// patch returns a PATCH request with a body.
func patch(target, body string) []byte {
	head := caller.Clone()
	head.Set("Content-Type", "application/json")
	bare := load.Request(http.MethodPatch, target, head)
	sized := bytes.Replace(bare, []byte("Content-Length: 0"), fmt.Appendf(nil, "Content-Length: %d", len(body)), 1)
	return append(sized, body...)
}
