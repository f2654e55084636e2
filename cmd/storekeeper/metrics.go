package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/admission"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/store"
)

// metrics are the metrics that /metrics shows.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	durations *prometheus.HistogramVec
	checkouts *prometheus.CounterVec
	drifts    *prometheus.GaugeVec
	looked    prometheus.Gauge
}

func newMetrics(db *store.DB) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "storekeeper_http_requests_total", Help: "Requests by method, route, status and problem code.",
		}, []string{"method", "route", "status", "code"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "storekeeper_http_request_duration_seconds", Help: "How long requests took.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"method", "route"}),
		checkouts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "storekeeper_checkouts_total",
			Help: "Checkouts by outcome: placed, replayed (the answer to an earlier one), or the code of the refusal.",
		}, []string{"outcome"}),
		drifts: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "storekeeper_drifts",
			Help: "Records that disagreed with the books at the last reconciliation. Anything but 0 is an alarm.",
		}, []string{"kind"}),
		looked: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "storekeeper_last_reconciled_timestamp_seconds", Help: "When the books were last reconciled, 0 if not yet.",
		}),
	}
	build := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "storekeeper_build_info", Help: "Always 1; the labels describe the program.",
		ConstLabels: prometheus.Labels{"version": version(), "goversion": runtime.Version(), "database": db.Dialect()},
	}, func() float64 { return 1 })
	retries := prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "storekeeper_transaction_retries_total", Help: "Transactions that were repeated because of a conflict with another one.",
	}, func() float64 { return float64(db.Retries()) })
	m.registry.MustRegister(m.requests, m.durations, m.checkouts, m.drifts, m.looked, build, retries,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewDBStatsCollector(db.SQL(), "write"))
	if db.ReadSQL() != db.SQL() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(db.ReadSQL(), "read"))
	}
	if db.HasStandby() {
		m.registry.MustRegister(standbyMetrics(db)...)
	}
	return m
}

// gate shows how many requests wait for the database, and how many were told to come back
// later.
func (m *metrics) gate(g *admission.Gate) {
	refused := func(reason string, count func() int64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name:        "storekeeper_requests_refused_total",
			Help:        "Requests answered with 503: their turn did not come in time, or the database was unreachable.",
			ConstLabels: prometheus.Labels{"reason": reason},
		}, func() float64 { return float64(count()) })
	}
	m.registry.MustRegister(
		refused("overloaded", func() int64 { overloaded, _ := g.Refused(); return overloaded }),
		refused("away", func() int64 { _, away := g.Refused(); return away }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "storekeeper_database_away", Help: "1 while the circuit breaker is open because the database did not answer.",
		}, func() float64 {
			if g.Away() {
				return 1
			}
			return 0
		}),
	)
	for kind, turns := range map[string]*admission.Turns{"read": g.Reads, "write": g.Writes, "account": g.Accounts, "caller": g.Callers} {
		gauge := func(name, help string, count func() int64) prometheus.Collector {
			return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: name, Help: help, ConstLabels: prometheus.Labels{"kind": kind},
			}, func() float64 { return float64(count()) })
		}
		m.registry.MustRegister(
			gauge("storekeeper_requests_waiting", "Requests that wait for their turn at the database.", turns.Waiting),
			gauge("storekeeper_requests_working", "Requests that have their turn at the database.", turns.Working),
		)
	}
}

// request counts a request.
func (m *metrics) request(o handlers.Outcome) {
	m.requests.WithLabelValues(o.Method, o.Route, strconv.Itoa(o.Status), o.Code).Inc()
	m.durations.WithLabelValues(o.Method, o.Route).Observe(o.Took.Seconds())
	if o.Method == http.MethodPost && strings.HasSuffix(o.Route, "/checkout") {
		outcome := o.Code
		switch {
		case o.Replayed:
			outcome = "replayed"
		case outcome == "":
			outcome = "placed"
		}
		m.checkouts.WithLabelValues(outcome).Inc()
	}
}

// reconciled shows what a reconciliation found.
func (m *metrics) reconciled(r *reconcile.Report) {
	m.drifts.WithLabelValues("products").Set(float64(r.ProductDrifts))
	m.drifts.WithLabelValues("orders").Set(float64(r.OrderDrifts))
	m.drifts.WithLabelValues("sales").Set(float64(r.SalesDrifts + r.ScarceDrifts + r.TallyDrifts))
	m.looked.SetToCurrentTime()
}

// serve answers /metrics on its own listener until the server is closed.
func (m *metrics) serve(ctx context.Context, a *app, listener net.Listener) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: minHeaderBytes,
	}
	go func() {
		if err := server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
			a.log.ErrorContext(ctx, "/metrics is served no more: restart the program", "error", err)
		}
	}()
	a.log.InfoContext(ctx, "serving metrics", "address", listener.Addr().String())
	return server
}
