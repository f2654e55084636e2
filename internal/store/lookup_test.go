package store_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// lookUp asks for one value, as a look-up.
func lookUp[T any](ctx context.Context, client *ent.Client, query string, args ...any) (value T, err error) {
	rows, err := client.Rows(store.Lookup(ctx), query, args...)
	if err != nil {
		return value, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if !rows.Next() {
		return value, errors.New("no row")
	}
	return value, rows.Scan(&value)
}

// crowd has look-ups made by 16 at once, 50 each.
func crowd(t *testing.T, look func(ctx context.Context, n int64) error) {
	t.Helper()
	const people, each = 16, 50
	var wg sync.WaitGroup
	for p := range people {
		wg.Go(func() {
			for i := range each {
				if err := look(storetest.Context(t), int64(p*each+i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// Everybody gets the answer to their own question.
func TestLookups(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		crowd(t, func(ctx context.Context, n int64) error {
			got, err := lookUp[int64](ctx, db.Reader, "SELECT CAST($1 AS bigint)", n)
			if err == nil && got != n {
				err = fmt.Errorf("%d instead of %d", got, n)
			}
			return err
		})
	})
}

// Look-ups that are made at the same time share round trips, however the protocol is
// to be spoken: those of one begin at one moment on one connection.
func TestLookupsTravelTogether(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"cache_statement", "cache_describe", "describe_exec", "exec", "simple_protocol"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			db := storetest.Open(t, store.Config{URL: storetest.URL(t, dialect.Postgres) + "&default_query_exec_mode=" + mode})
			share(t, db, 20)
		})
	}
}

// share fails unless look-ups share trips in one of several crowds, which may not all be
// busy enough.
func share(t *testing.T, db *store.DB, crowds int) {
	t.Helper()
	for range crowds {
		var trips sync.Map
		var looks, shared atomic.Int64
		crowd(t, func(ctx context.Context, n int64) error {
			trip, err := lookUp[string](ctx, db.Reader,
				"SELECT CONCAT(pg_backend_pid(), ' ', now()) WHERE $1 = CAST($1 AS text)", strconv.FormatInt(n, 10))
			looks.Add(1)
			if _, known := trips.LoadOrStore(trip, true); known {
				shared.Add(1)
			}
			return err
		})
		if shared.Load() > looks.Load()/20 {
			return
		}
	}
	t.Error("hardly any look-up shared a trip")
}

// What somebody has committed they find, whoever brings it.
func TestLookupsSeeWhatWasCommitted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		crowd(t, func(ctx context.Context, n int64) error {
			err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				return tx.Category.Create().SetName("Tea").SetSlug(fmt.Sprintf("tea-%d", n)).Exec(ctx)
			})
			if err != nil {
				return err
			}
			_, err = lookUp[int64](ctx, db.Reader, "SELECT id FROM categories WHERE slug = $1", fmt.Sprintf("tea-%d", n))
			return err
		})
	})
}

// A look-up that fails, and one whose caller goes away, are nobody else's.
func TestLookupsFailAlone(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	crowd(t, func(ctx context.Context, n int64) error {
		gone := n%5 == 1
		if gone {
			var leave context.CancelFunc
			ctx, leave = context.WithCancel(ctx)
			go leave()
		}
		divisor := n % 3
		got, err := lookUp[int64](ctx, db.Reader, "SELECT 6 / CAST($1 AS bigint)", divisor)
		refused, _ := errors.AsType[*pgconn.PgError](err)
		switch {
		case gone && errors.Is(err, context.Canceled):
		case divisor == 0 && refused != nil && refused.Code == "22012":
		case divisor != 0 && err == nil && got == 6/divisor:
		default:
			return fmt.Errorf("6 / %d is %d, %w", divisor, got, err)
		}
		return nil
	})
}

// Look-ups whose connections hang keep nobody for long: others go on sharing trips, instead
// of waiting until each has to go by itself.
func TestLookupsHang(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	ctx, end := context.WithTimeout(storetest.Context(t), 30*time.Second)
	holder, err := db.SQL().BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Rollback() }()
	if _, err := holder.ExecContext(ctx, "LOCK TABLE categories"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	defer wg.Wait()
	defer end()
	for range 4 {
		wg.Go(func() { _, _ = lookUp[int64](ctx, db.Reader, "SELECT count(*) FROM categories") })
	}
	for waiting := 0; waiting < 2; {
		const query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
		if err := db.Probe().QueryRowContext(ctx, query).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	share(t, db, 4)
}

type callerKey struct{}

// Whoever observes a look-up is told for whom it is.
func TestLookupsAreObserved(t *testing.T) {
	t.Parallel()
	var told sync.Map
	observe := func(ctx context.Context, statement string) (context.Context, func(error)) {
		if n, ok := ctx.Value(callerKey{}).(int64); ok && strings.HasPrefix(statement, "SELECT") {
			told.Store(n, true)
		}
		return ctx, func(error) {}
	}
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, dialect.Postgres), Observe: observe})
	crowd(t, func(ctx context.Context, n int64) error {
		_, err := lookUp[int64](context.WithValue(ctx, callerKey{}, n), db.Reader, "SELECT CAST($1 AS bigint)", n)
		if _, ok := told.Load(n); !ok {
			t.Errorf("nobody was told of look-up %d", n)
		}
		return err
	})
}
