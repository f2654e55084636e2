package shoptest

import (
	"context"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Overlap runs two transactions and returns their errors. The second starts when the first
// has done its work. The first commits when the second waits for it, or has finished
// without waiting.
func Overlap(t testing.TB, db *store.DB, first, second func(ctx context.Context, tx *ent.Client) error) (error, error) {
	t.Helper()
	outer := storetest.Context(t)
	done := make(chan error, 1)
	waiting := waits(t, db)
	started := false
	err := db.Tx(outer, func(ctx context.Context, tx *ent.Client) error {
		if err := first(ctx, tx); err != nil || started {
			return err
		}
		started = true
		go func() { done <- db.Tx(outer, second) }()
		return await(ctx, done, waiting)
	})
	if !started {
		return err, db.Tx(outer, second)
	}
	return err, <-done
}

// await returns when done has a result, or waiting is true.
func await(ctx context.Context, done chan error, waiting func() bool) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !waiting() {
		select {
		case err := <-done:
			done <- err
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

// waits returns a function that reports whether a transaction waits for another: for a lock
// on PostgreSQL, for the only connection that writes on SQLite.
func waits(t testing.TB, db *store.DB) func() bool {
	t.Helper()
	if db.Dialect() == dialect.SQLite {
		before := db.SQL().Stats().WaitCount
		return func() bool { return db.SQL().Stats().WaitCount > before }
	}
	return func() bool { return blocked(t, db) > 0 }
}

// blocked returns how many transactions of PostgreSQL wait for a lock.
func blocked(t testing.TB, db *store.DB) (n int) {
	t.Helper()
	err := db.SQL().QueryRowContext(storetest.Context(t),
		"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Blocked returns when n transactions of PostgreSQL wait for a lock.
func Blocked(t testing.TB, db *store.DB, n int) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for blocked(t, db) < n {
		<-tick.C
	}
}
