package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Slow queries leave a connection to others. Who waits in vain for one of those that are in
// use is told so.
func TestBusy(t *testing.T) {
	t.Parallel()
	const conns = 4
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, dialect.Postgres), MaxConns: conns, MaxWait: 50 * time.Millisecond})
	ctx := storetest.Context(t)
	lock, err := db.Probe().BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.ExecContext(ctx, "LOCK TABLE categories"); err != nil {
		t.Fatal(err)
	}
	count := func(ctx context.Context) error {
		_, err := db.Reader.Category.Query().Count(ctx)
		return err
	}
	var wg sync.WaitGroup
	for range conns - 1 {
		wg.Go(func() {
			if err := count(store.Slow(ctx)); err != nil {
				t.Error(err)
			}
		})
	}
	for db.ReadSQL().Stats().InUse < conns-1 {
		time.Sleep(time.Millisecond) //nolint:forbidigo // nothing tells
	}
	if err := count(store.Slow(ctx)); !errors.Is(err, store.ErrBusy) {
		t.Errorf("one more slow query: %v", err)
	}
	err = db.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		for name, err := range map[string]error{
			"query":       count(ctx),
			"look-up":     count(store.Lookup(ctx)),
			"transaction": db.Tx(ctx, func(context.Context, *ent.Client) error { return nil }),
		} {
			if !errors.Is(err, store.ErrBusy) {
				t.Errorf("one more %s: %v", name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Errorf("a transaction beside the slow queries: %v", err)
	}
	patient := make(chan error, 1)
	go func() { patient <- count(store.Patient(store.Slow(ctx))) }()
	if err := count(store.Slow(ctx)); !errors.Is(err, store.ErrBusy) {
		t.Errorf("behind one that is patient: %v", err)
	}
	if err := lock.Rollback(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	if err := <-patient; err != nil {
		t.Errorf("one that is patient: %v", err)
	}
	if err := count(store.Slow(ctx)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// Who waits in vain for the one connection that writes to SQLite is told so, unless it is
// patient. Reading goes on.
func TestWriterIsBusy(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, dialect.SQLite), MaxWait: 50 * time.Millisecond})
	ctx := storetest.Context(t)
	nothing := func(context.Context, *ent.Client) error { return nil }
	patient := make(chan error, 1)
	err := db.Tx(ctx, func(context.Context, *ent.Client) error {
		go func() { patient <- db.Tx(store.Patient(ctx), nothing) }()
		for range 3 { // the patient one waits meanwhile
			if err := db.Tx(ctx, nothing); !errors.Is(err, store.ErrBusy) {
				t.Errorf("behind one that writes: %v", err)
			}
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := db.Tx(gone, nothing); !errors.Is(err, context.Canceled) {
			t.Errorf("one that went away: %v", err)
		}
		if _, err := db.Reader.Category.Query().Count(ctx); err != nil {
			t.Errorf("one that reads: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if err := <-patient; err != nil {
		t.Errorf("one that is patient: %v", err)
	}
	if err := db.Tx(ctx, nothing); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// A database that takes long to connect, or to say that an idle connection still works, is
// not taken for a busy one.
func TestSlowIsNotBusy(t *testing.T) {
	t.Parallel()
	proxy, databaseURL := proxied(t)
	db := storetest.Open(t, store.Config{URL: databaseURL, MaxConns: 2, MaxWait: 20 * time.Millisecond})
	ctx := storetest.Context(t)
	count := func(name string) {
		if _, err := db.Reader.Category.Query().Count(ctx); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	const idle = 1100 * time.Millisecond // longer than connections are trusted
	time.Sleep(idle)                     //nolint:forbidigo // that they are idle is the case
	latency := strings.NewReader(`{"type": "latency", "attributes": {"latency": 100}}`)
	if _, err := proxy.Toxics.AddToxicJson(latency); err != nil {
		t.Fatal(err)
	}
	count("an idle connection")
	err := db.Tx(ctx, func(context.Context, *ent.Client) error {
		count("a new connection")
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
