package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/admission"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/store"
)

// watchFlags say how to observe a running server.
type watchFlags struct {
	MetricsListen  string        `placeholder:"ADDR" help:"Address and port on which Prometheus can read /metrics; off when empty. Do not expose it."`
	SlowQuery      time.Duration `default:"200ms" help:"Log statements that take longer, without their arguments; 0 logs none."`
	ReconcileEvery time.Duration `default:"0" help:"How often to reconcile the books, for the log and /metrics, for example 24h; 0 is never."`
}

// limitFlags limit what a request can ask of the database.
type limitFlags struct {
	MaxWait          time.Duration `default:"1s" help:"How long a request waits for its turn at the database, and then for a connection (on SQLite for the one that writes), before it is answered with 503; 0 waits until --request-timeout."`
	StatementTimeout time.Duration `default:"30s" help:"How long a statement of a request may run in PostgreSQL; 0 keeps the limit of the database."`
	LockTimeout      time.Duration `default:"10s" help:"How long a statement of a request may wait for a lock in PostgreSQL; 0 keeps the limit of the database."`
}

// Validate implements kong's validation.
func (f *watchFlags) Validate() error {
	if err := notNegative(period{"--slow-query", f.SlowQuery}, period{"--reconcile-every", f.ReconcileEvery}); err != nil {
		return err
	}
	if f.MetricsListen == "" {
		return nil
	}
	return checkAddress("--metrics-listen", f.MetricsListen)
}

// Validate implements kong's validation.
func (f *limitFlags) Validate() error {
	if err := notNegative(period{"--max-wait", f.MaxWait}); err != nil {
		return err
	}
	for flag, d := range map[string]time.Duration{"--statement-timeout": f.StatementTimeout, "--lock-timeout": f.LockTimeout} {
		if d < 0 || d > 0 && d < time.Millisecond {
			return fmt.Errorf("%s: expected 0, or a millisecond or more", flag)
		}
	}
	return nil
}

// watch is everything that observes a server.
type watch struct {
	flags   *watchFlags
	traces  trace.TracerProvider // nil when off
	flush   func(context.Context) error
	metrics *metrics // nil when off
	server  *http.Server
	address net.Listener // of the metrics; nil when off
}

// openWatch prepares what does not need the database. The caller must close the watch.
func openWatch(ctx context.Context, a *app, flags *watchFlags) (*watch, error) {
	w := &watch{flags: flags}
	provider, err := openTraces(ctx, a)
	if err != nil {
		return nil, err
	}
	if provider != nil {
		w.traces, w.flush = provider, provider.Shutdown
	}
	if flags.MetricsListen == "" {
		return w, nil
	}
	if w.address, err = listenOn(ctx, "--metrics-listen", flags.MetricsListen); err != nil {
		w.close(ctx, a)
		return nil, err
	}
	return w, nil
}

// observer is the observer of the database's statements.
func (w *watch) observer(a *app, system string) store.Observer {
	return store.Observers(slowLog(a.log, w.flags.SlowQuery), traceSQL(w.traces, system))
}

// start serves the metrics, if they are wanted, until the watch is closed. They are still
// served while requests are drained.
func (w *watch) start(ctx context.Context, a *app, db *store.DB) {
	if w.address == nil {
		return
	}
	w.metrics = newMetrics(db)
	w.server = w.metrics.serve(ctx, a, w.address)
}

// request returns the function that counts requests, or nil when there are no metrics.
func (w *watch) request() func(handlers.Outcome) {
	if w.metrics == nil {
		return nil
	}
	return w.metrics.request
}

// gate adds the metrics of the gate: how many wait there, and how many were refused.
func (w *watch) gate(g *admission.Gate) {
	if w.metrics != nil {
		w.metrics.gate(g)
	}
}

// prove reconciles the books and logs when they do not agree. It opens its own
// connections each time: they have no limits, and the database may be away this time and
// back the next.
func (w *watch) prove(ctx context.Context, a *app) error {
	var found *reconcile.Report
	err := a.withDB(ctx, func(db *store.DB) (err error) {
		found, err = reconcile.Prove(ctx, db, reconcile.Options{}, false)
		return err
	})
	if err != nil && !errors.Is(err, reconcile.ErrNotKept) {
		return err
	}
	if w.metrics != nil {
		w.metrics.reconciled(found)
	}
	if !found.OK {
		a.log.ErrorContext(ctx, "the books do not agree: run 'storekeeper reconcile'",
			"products", found.ProductDrifts, "orders", found.OrderDrifts, "sales", found.SalesDrifts,
			"scarce", found.ScarceDrifts, "tallies", found.TallyDrifts)
	}
	return err
}

// close sends the remaining spans and ends the metrics. A collector that does not take
// the spans is no failure of the server.
func (w *watch) close(ctx context.Context, a *app) {
	if w.server != nil {
		defer w.server.Close()
	} else if w.address != nil {
		defer w.address.Close()
	}
	if w.flush == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := w.flush(ctx); err != nil {
		a.log.WarnContext(ctx, "the last traces were not sent", "error", err)
	}
}
