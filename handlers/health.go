package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// ReadyFunc returns the migration version of the database, or the reason why the program
// cannot serve. Anybody may ask, so of an error only the message of a shop.Error is shown;
// the whole error is logged.
type ReadyFunc func(ctx context.Context) (migration string, err error)

// Health is the answer of /healthz.
type Health struct {
	Status string `json:"status" enum:"alive"`
}

// Readiness is the answer of /readyz.
type Readiness struct {
	Status    string  `json:"status" enum:"ready"`
	Version   string  `json:"version" doc:"of the program"`
	Database  string  `json:"database" enum:"sqlite3,postgres"`
	Migration string  `json:"migration" doc:"newest migration applied"`
	LatencyMS float64 `json:"latency_ms" doc:"duration of one round trip to the database"`
	Pool      Pool    `json:"pool"`
}

// Pool shows the connections to the database.
type Pool struct {
	MaxOpen int   `json:"max_open"`
	Open    int   `json:"open"`
	InUse   int   `json:"in_use"`
	Idle    int   `json:"idle"`
	Waits   int64 `json:"waits" doc:"how often a request had to wait for a connection"`
	WaitMS  int64 `json:"wait_ms" doc:"how long they waited in total"`
}

// Starting answers requests until the API is there: the process is alive, but cannot serve
// yet.
var Starting http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if r.URL.Path == "/healthz" {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"status":"alive"}`+"\n")
		return
	}
	p := comeBack("2", "the program is starting")
	p.RequestID = uuid.Must(uuid.NewV7()).String()
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Set(requestIDHeader, p.RequestID)
	w.WriteHeader(p.Status)
	body, err := json.Marshal(p)
	if err != nil {
		panic("handlers: a problem: " + err.Error())
	}
	_, _ = w.Write(append(body, '\n'))
})

func registerHealth(api huma.API, s *Server) {
	huma.Register(api, huma.Operation{
		OperationID: "healthz", Method: http.MethodGet, Path: "/healthz", Tags: []string{"Health"},
		Summary: "Whether the process is alive", Description: "Checks nothing else: it also answers 200 while the database is unreachable.",
		Errors: []int{http.StatusUnprocessableEntity}, Security: []map[string][]string{},
	}, func(context.Context, *struct{}) (*Answer[Health], error) {
		return &Answer[Health]{Status: http.StatusOK, Body: Health{Status: "alive"}}, nil
	})
	huma.Register(api, huma.Operation{
		OperationID: "readyz", Method: http.MethodGet, Path: "/readyz", Tags: []string{"Health"},
		Summary: "Whether the program can serve", Description: "It can once the database is reachable, migrated and filled.",
		Errors: []int{http.StatusUnprocessableEntity, http.StatusServiceUnavailable}, Security: []map[string][]string{},
	}, func(ctx context.Context, _ *struct{}) (*Answer[Readiness], error) {
		return s.readiness(ctx)
	})
}

// readyTimeout limits how long /readyz waits for the database.
const readyTimeout = 2 * time.Second

func (s *Server) readiness(ctx context.Context) (*Answer[Readiness], error) {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	start := time.Now()
	if err := s.gate.Try(ctx, func() error { return s.db.Ping(ctx) }); err != nil {
		s.log.WarnContext(ctx, "not ready", "error", err)
		why := "the database does not answer"
		if disk, ok := errors.AsType[*store.DiskError](err); ok {
			why = "the database cannot be used: " + disk.Advice()
		}
		return nil, problemOf(ctx, s.log, comeBack("2", why))
	}
	latency := time.Since(start)
	migration := ""
	if s.ready != nil {
		var err error
		if migration, err = s.ready(ctx); err != nil {
			s.log.WarnContext(ctx, "not ready", "error", err)
			return nil, problemOf(ctx, s.log, comeBack("2", "not ready: "+unready(err)))
		}
	}
	stats := s.db.SQL().Stats()
	return &Answer[Readiness]{Status: http.StatusOK, Body: Readiness{
		Status: "ready", Version: s.version, Database: s.db.Dialect(), Migration: migration,
		LatencyMS: float64(latency.Microseconds()) / 1000,
		Pool: Pool{
			MaxOpen: stats.MaxOpenConnections, Open: stats.OpenConnections, InUse: stats.InUse, Idle: stats.Idle,
			Waits: stats.WaitCount, WaitMS: stats.WaitDuration.Milliseconds(),
		},
	}}, nil
}

// unready says why the program cannot serve, without the text of a driver, which contains
// the host and the role of the database.
func unready(err error) string {
	if why, ok := errors.AsType[*shop.Error](err); ok {
		return why.Message
	}
	return "the state of the database cannot be read"
}
