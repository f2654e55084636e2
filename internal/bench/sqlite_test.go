package bench_test

import (
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/bench/limit"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// BenchmarkSQLite turns carts into orders on SQLite: once by the use case against the same
// statements through database/sql, and once over HTTP.
func BenchmarkSQLite(b *testing.B) {
	for _, synchronous := range []string{"FULL", "NORMAL"} {
		l := newLite(b, fullSize, synchronous)
		for _, c := range l.checkouts() {
			b.Run(c.name, c.bench)
		}
		verify(b, l.db)
	}
}

// lite is a shop on SQLite.
type lite struct {
	size

	synchronous string
	url         string
	db          *store.DB
}

func newLite(tb testing.TB, s size, synchronous string) *lite {
	tb.Helper()
	l := &lite{size: s, synchronous: synchronous, url: storetest.URL(tb, dialect.SQLite)}
	l.db = storetest.Open(tb, l.config())
	stockUp(tb, l.db, s)
	return l
}

func (l *lite) config() store.Config {
	return store.Config{URL: l.url, RelaxedSync: l.synchronous == "NORMAL"}
}

// raw returns a connection to the same file with the same pragmas as the shop's.
func (l *lite) raw(tb testing.TB) *limit.Lite {
	tb.Helper()
	query := url.Values{
		"_pragma": {
			"foreign_keys(1)", "busy_timeout(10000)", "journal_mode(WAL)", "synchronous(" + l.synchronous + ")",
		},
		"_time_format": {"sqlite"},
	}
	file := url.URL{Scheme: "file", Path: strings.TrimPrefix(l.url, "sqlite://"), RawQuery: query.Encode()}
	pool, err := sql.Open("sqlite", file.String())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = pool.Close() })
	raw, err := limit.NewLite(context.Background(), pool)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = raw.Close() })
	return raw
}

// checkouts are contests of the use case and of HTTP.
func (l *lite) checkouts() []contest {
	var all []contest
	for _, over := range []struct {
		name    string
		clients int
		product func(tb testing.TB, clients int) func(client, operation int) error
		limit   func(tb testing.TB, clients int) func(client, operation int) error
	}{
		{"use-case", 1, l.placeUseCase, l.placeRaw},
		{"use-case", 16, l.placeUseCase, l.placeRaw},
		{"http", 16, l.placeHTTP, l.placeRawHTTP},
	} {
		c := buying(l.db, l.size, spread, strings.ToLower(l.synchronous)+"/"+over.name, over.clients)
		c.open = func(tb testing.TB) []side {
			tb.Helper()
			return []side{
				{name: "product", do: over.product(tb, over.clients), cost: l.productCost(tb)},
				{name: "limit", do: over.limit(tb, over.clients), cost: &cost{statements: rawStatements}},
			}
		}
		all = append(all, c)
	}
	return all
}

// rawStatements is the number of statements that limit.Lite executes for a cart of three
// lines.
const rawStatements = 6 + linesPerCart*3

func (l *lite) placeUseCase(testing.TB, int) func(client, operation int) error {
	return func(_, operation int) error { return placeOne(l.db, int64(operation+1)) }
}

func placeOne(db *store.DB, customer int64) error {
	return db.Tx(access.System(context.Background()), func(ctx context.Context, tx *ent.Client) error {
		_, err := checkout.Place(ctx, tx, customer, nil, nil, shop.DefaultCurrency)
		return err
	})
}

func (l *lite) placeRaw(tb testing.TB, _ int) func(client, operation int) error {
	tb.Helper()
	raw := l.raw(tb)
	return func(_, operation int) error {
		_, err := raw.Place(context.Background(), int64(operation+1))
		return err
	}
}

func (l *lite) placeHTTP(tb testing.TB, clients int) func(client, operation int) error {
	tb.Helper()
	return l.overHTTP(tb, product(tb, l.db), clients)
}

func (l *lite) placeRawHTTP(tb testing.TB, clients int) func(client, operation int) error {
	tb.Helper()
	return l.overHTTP(tb, limit.SQLite(l.raw(tb)), clients)
}

func (l *lite) overHTTP(tb testing.TB, handler http.Handler, clients int) func(client, operation int) error {
	tb.Helper()
	return overHTTP(tb, handler, clients, http.StatusCreated, requests(l.customers, http.MethodPost, checkoutPath))
}

// productCost counts the statements that ent sends to the driver, including BEGIN and
// COMMIT.
func (l *lite) productCost(tb testing.TB) *cost {
	tb.Helper()
	fill(tb, l.db, l.size, spread, warm+1)
	db := storetest.Open(tb, l.config())
	var statements atomic.Int64
	count := dialect.DebugWithContext(entsql.OpenDB(dialect.SQLite, db.SQL()), func(context.Context, ...any) {
		statements.Add(1)
	})
	db.Client = ent.NewClient(ent.Driver(count))
	for operation := range warm + 1 {
		statements.Store(0)
		if err := placeOne(db, int64(operation+1)); err != nil {
			tb.Fatal(err)
		}
	}
	return &cost{statements: float64(statements.Load())}
}
