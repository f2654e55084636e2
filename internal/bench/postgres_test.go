package bench_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/bench/limit"
	"github.com/storekeeper/storekeeper/internal/bench/wire"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// postgres is a shop on PostgreSQL.
type postgres struct {
	size

	url string
	db  *store.DB // as the program opens it
}

func newPostgres(tb testing.TB, s size) *postgres {
	tb.Helper()
	p := &postgres{size: s, url: storetest.URL(tb, dialect.Postgres)}
	p.db = storetest.Open(tb, store.Config{URL: p.url, MaxWait: maxWait})
	stockUp(tb, p.db, s)
	return p
}

// needDurable fails a benchmark on a server whose commits are not durable, because its
// figures would mean nothing.
func (p *postgres) needDurable(b *testing.B) {
	b.Helper()
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		var value string
		err := p.db.SQL().QueryRowContext(context.Background(), "SHOW "+setting).Scan(&value)
		if err != nil || value != "on" {
			b.Fatalf("%s is %q (%v): run the benchmarks with make bench, on a durable server", setting, value, err)
		}
	}
}

// conns returns how many connections the shop opens by default.
func (p *postgres) conns() int { return p.db.SQL().Stats().MaxOpenConnections }

// limit returns the hand-written handler, with as many connections as the shop has.
func (p *postgres) limit(tb testing.TB, databaseURL string, conns int) http.Handler {
	tb.Helper()
	return limit.Postgres(openPool(tb, databaseURL, conns), defaultCursor(tb))
}

// verify checks the books.
func (p *postgres) verify(tb testing.TB) { tb.Helper(); verify(tb, p.db) }

// tapped is a handler on one connection whose traffic is counted.
type tapped struct {
	handler http.Handler
	tap     *wire.Tap
	body    string // of every request
	keyed   bool   // whether each request has an Idempotency-Key
}

func (p *postgres) tapProduct(tb testing.TB) *tapped {
	tb.Helper()
	tap, url := openTap(tb, p.url)
	return &tapped{handler: product(tb, storetest.Open(tb, store.Config{URL: url, MaxConns: 1, MaxWait: maxWait})), tap: tap}
}

func (p *postgres) tapLimit(tb testing.TB) *tapped {
	tb.Helper()
	tap, url := openTap(tb, p.url)
	return &tapped{handler: p.limit(tb, url, 1), tap: tap}
}

func openTap(tb testing.TB, server string) (*wire.Tap, string) {
	tb.Helper()
	tap, url, err := wire.Open(context.Background(), server)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := tap.Close(); err != nil {
			tb.Error(err)
		}
	})
	return tap, url
}

// ask does n operations and returns the statements of the last one and its cost. By then
// all statements are prepared.
func (t *tapped) ask(tb testing.TB, n int, method string, status int, target func(operation int) string) ([]string, *cost) {
	tb.Helper()
	for operation := range n {
		t.tap.Reset()
		header := caller.Clone()
		if t.keyed {
			header.Set("Idempotency-Key", strconv.Itoa(operation))
		}
		answer := serveOnce(t.handler, method, target(operation), t.body, header)
		if answer.Code != status {
			tb.Fatalf("expected status %d, got %d: %s", status, answer.Code, answer.Body)
		}
	}
	statements, trips := t.tap.Heard()
	return statements, &cost{statements: float64(len(statements)), roundTrips: float64(trips)}
}

func clientsName(prefix string, clients int) string {
	return fmt.Sprintf("%s/clients=%d", prefix, clients)
}
