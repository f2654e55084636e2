package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/storekeeper/storekeeper/internal/idempotency"
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
		return errors.Join(idempotency.ForgetExpired(ctx, db), accounts.Sweep(ctx))
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
