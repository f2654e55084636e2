package summary

import (
	"context"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

const touch = "UPDATE checkpoints SET runs = runs" // the first write of each step

// asked returns the result of waitedFor after some statements, or nil if it is only an hour
// ago.
func asked(t *testing.T, db *store.DB, before ...string) (oldest *time.Time) {
	t.Helper()
	now := shop.Now()
	err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		for _, statement := range before {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		got, err := waitedFor(ctx, tx, []gap{{first: 1, last: 1}}, now)
		if got.After(now.Add(-waits / 2)) {
			oldest = &got
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return oldest
}

// Gaps are given up when every transaction that had taken an id has ended, and kept when
// that is unknown.
func TestWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	address := storetest.URL(t, "postgres")
	db := opened(t, address)
	other := stranger(t, db, address)
	beside := opened(t, storetest.URL(t, "postgres")) // a copy, whose tables have the same OIDs
	for statement, in := range map[string]*store.DB{
		"SELECT 1 FROM order_events": db, "DELETE FROM order_items": db, "DELETE FROM order_events": beside,
	} {
		holder, err := in.SQL().BeginTx(storetest.Context(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := holder.ExecContext(storetest.Context(t), statement); err != nil {
			t.Fatal(err)
		}
		if first := told(t, db); !told(t, db).After(first) {
			t.Errorf("%s: is waited for, and writes no event here", statement)
		}
		if err := holder.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
	before := told(t, db)
	for _, taking := range []string{
		"SELECT nextval('order_events_id_seq')",
		"DELETE FROM order_events",
	} {
		holder, err := db.SQL().BeginTx(storetest.Context(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := holder.ExecContext(storetest.Context(t), taking); err != nil {
			t.Fatal(err)
		}
		began := told(t, db)
		if !began.After(before) || told(t, db) != began {
			t.Errorf("%s: since %s, and before it %s", taking, began, before)
		}
		if got := asked(t, other, touch); got != nil {
			t.Errorf("%s: a role that may not see it says %s", taking, got)
		}
		if err := holder.Rollback(); err != nil {
			t.Fatal(err)
		}
		if before = told(t, db); !before.After(began) {
			t.Errorf("%s: it has ended, and is waited for since %s", taking, before)
		}
	}
	if got := asked(t, other, touch); got == nil {
		t.Error("a role sees all there is, and does not say so")
	}
	if got := asked(t, db); got != nil {
		t.Errorf("does not see itself and says %s", got)
	}
	if got := asked(t, db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", touch); got != nil {
		t.Errorf("does not see what comes and says %s", got)
	}
	storetest.SQL(t, db, "ALTER SEQUENCE order_events_id_seq CACHE 2")
	if got := asked(t, db, touch); got != nil {
		t.Errorf("ids come in no order: %s", got)
	}
}

func told(t *testing.T, db *store.DB) time.Time {
	t.Helper()
	oldest := asked(t, db, touch)
	if oldest == nil {
		t.Fatal("nothing is told")
	}
	return *oldest
}

// stranger returns the database as a role with few rights sees it.
func stranger(t *testing.T, db *store.DB, address string) *store.DB {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	role := "stranger_in_" + at.Path[1:]
	exec := func(format string) {
		t.Helper()
		if _, err := db.SQL().Exec(fmt.Sprintf(format, role)); err != nil { //nolint:noctx // also runs after the test
			t.Fatal(err)
		}
	}
	exec("CREATE ROLE %q LOGIN PASSWORD 'stranger'")
	exec("GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO %q")
	at.User = url.UserPassword(role, "stranger")
	other, err := store.Open(t.Context(), store.Config{URL: at.String()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
		exec("DROP OWNED BY %q")
		exec("DROP ROLE %q")
	})
	return other
}

func opened(t *testing.T, address string) *store.DB {
	t.Helper()
	return storetest.Open(t, store.Config{URL: address})
}

// A program with a wrong clock does not give up gaps too early, not even those that it has
// yet to note.
func TestWrongClock(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, "postgres")})
	for _, by := range []time.Duration{-2 * waits, 2 * waits} {
		for _, gaps := range [][]gap{nil, {{first: 1, last: 1}}} {
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				now := shop.Now()
				got, err := waitedFor(ctx, tx, gaps, now.Add(by))
				if off := now.Add(-waits).Sub(got).Abs(); off > waits/2 {
					t.Errorf("by a clock that is off by %s and with %d gaps the wait is off by %s", by, len(gaps), off)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
