package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/storekeeper/storekeeper/internal/idempotency"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/search"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
)

// beside runs the periodic jobs while requests are served. The function that it returns
// stops them and waits until they have ended, so that none works on a closed database.
func (c *serveCmd) beside(
	ctx context.Context, a *app, db *store.DB, w *watch, accounts *staff.Service,
) (end func()) {
	ctx, stop := context.WithCancel(store.Patient(ctx))
	var running sync.WaitGroup
	start := func(pause time.Duration, name string, job func(context.Context) error) {
		running.Go(func() { a.repeat(ctx, pause, name, job) })
	}
	start(time.Hour, "remove what has expired", func(ctx context.Context) error {
		return removeExpired(ctx, db, accounts, shop.Now)
	})
	start(time.Hour, "prepare names and telephone numbers for searches", func(ctx context.Context) error {
		status, err := migration.Status(ctx, db)
		if err != nil {
			return err
		}
		return a.refold(ctx, db, status)
	})
	start(15*time.Second, "empty the -wal file", db.Checkpoint)
	start(c.SummariseEvery, "bring the summaries up to date: until then reports are right, but slower",
		func(ctx context.Context) error { return summarise(ctx, a.log, db) })
	start(c.Watch.ReconcileEvery, "reconcile the books",
		func(ctx context.Context) error { return w.prove(ctx, a) })
	return func() {
		stop()
		running.Wait()
	}
}

// refold folds the names and sets the digits of the telephone numbers that searches would not
// find, and says how many there were. When a newer program has migrated the database, it leaves
// that to it, which may do it otherwise.
func (a *app) refold(ctx context.Context, db *store.DB, status *migration.State) error {
	if status.Ahead() {
		a.log.DebugContext(ctx, "names are left to the newer program")
		return nil
	}
	names, err := search.Refold(ctx, db, shop.Now())
	if names > 0 {
		a.log.InfoContext(ctx, "folded names for searches", "names", names)
	}
	if err != nil {
		return err
	}
	numbers, err := search.Renumber(ctx, db, shop.Now())
	if numbers > 0 {
		a.log.InfoContext(ctx, "set the digits of telephone numbers for searches", "numbers", numbers)
	}
	return err
}

// clocksDiffer is the difference from PostgreSQL's clock at which a server's clock is wrong.
const clocksDiffer = time.Minute

// removeExpired removes the idempotency keys, sessions and links that have expired. A server
// whose clock is wrong would take the sessions of others for expired, so it removes none.
func removeExpired(ctx context.Context, db *store.DB, accounts *staff.Service, now func() time.Time) error {
	if err := idempotency.ForgetExpired(ctx, db); err != nil {
		return err
	}
	ahead, err := db.ClockAhead(ctx, now)
	if err != nil {
		return err
	}
	if ahead.Abs() > clocksDiffer {
		than := "ahead of"
		if ahead < 0 {
			than = "behind"
		}
		return fmt.Errorf("this server's clock is %s %s PostgreSQL's: set it right (docs/scaling.md)", ahead.Abs().Round(time.Second), than)
	}
	return accounts.Sweep(ctx)
}

// repeat runs a job at once and again after every pause, until the context ends. It never
// runs it when the pause is 0. It logs failures with the name of the job.
func (a *app) repeat(ctx context.Context, pause time.Duration, name string, job func(context.Context) error) {
	for pause > 0 && ctx.Err() == nil {
		if err := job(ctx); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "a periodic job failed: it is tried again", "job", name, "in", pause, "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}
