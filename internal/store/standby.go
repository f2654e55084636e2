package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// Standby configures reading lists and reports from a streaming replica of the database.
type Standby struct {
	// URL is postgres://… of the standby; empty for none. It may be that of a load
	// balancer in front of several.
	URL string
	// MaxLag is how old what it shows may be; 10 s when zero. When it is further
	// behind, reads go to the primary.
	MaxLag time.Duration
	// Wait is how long a read waits for the standby to have what the caller has
	// written, before it goes to the primary; 100 ms when zero.
	Wait time.Duration
	// Log is told when reads begin to go to the standby, and when they no longer do;
	// nil for nobody.
	Log *slog.Logger
}

const (
	// lookEvery is how often both servers are asked for their positions in the log.
	lookEvery = time.Second
	// lookWithin bounds each answer, and how long connecting to the standby may take:
	// no reader waits longer for one that is gone.
	lookWithin = time.Second
)

// standby is the other end of a replication. It is checked once a second, and used only
// while it is what it should be: a server in recovery, of the same cluster, and not too far
// behind.
type standby struct {
	Standby

	primary *sql.DB
	conf    *pgx.ConnConfig
	most    int
	pool    atomic.Pointer[sql.DB] // nil until the standby was met
	usable  atomic.Bool
	floor   atomic.Uint64 // position that it must have, not to be too far behind
	ahead   atomic.Uint64 // position of the primary at the last look
	behind  atomic.Uint64 // position of the standby at the last look
	served  atomic.Int64
	passed  atomic.Int64
	stop    context.CancelFunc
	stopped chan struct{}

	// What follows is the watcher's own.
	samples []sample
	cluster string // that of the primary
	looked  bool
	why     string // why it was not to be read at the last look; empty when it was
}

// sample is the position of the primary at a time.
type sample struct {
	at  time.Time
	lsn LSN
}

// follow begins to watch the standby of the database. If the standby is not there, that is
// no error: until it is, everything is read from the primary.
func (db *DB) follow(ctx context.Context, cfg Config) error {
	conf, err := standbyConfig(cfg)
	if err != nil {
		return err
	}
	s := &standby{Standby: cfg.Standby, primary: db.write, conf: conf, most: cfg.MaxConns, stopped: make(chan struct{})}
	if s.MaxLag == 0 {
		s.MaxLag = 10 * time.Second
	}
	if s.Wait == 0 {
		s.Wait = 100 * time.Millisecond
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.look(ctx)
	go s.watch(ctx)
	db.standby = s
	return nil
}

// standbyConfig reads the standby's URL. What is read there waits for locks only while the
// standby replays a migration or VACUUM, and no longer than a reader waits for one that is
// gone.
func standbyConfig(cfg Config) (*pgx.ConnConfig, error) {
	cfg.URL, cfg.LockTimeout = cfg.Standby.URL, lookWithin
	conf, err := postgresConfig(cfg)
	if err != nil {
		return nil, fmt.Errorf("read %w", err)
	}
	conf.ConnectTimeout = lookWithin
	return conf, nil
}

func (s *standby) watch(ctx context.Context) {
	defer close(s.stopped)
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.look(ctx)
		}
	}
}

// look asks both servers for their positions, and decides whether to read the standby.
func (s *standby) look(ctx context.Context) {
	asked := time.Now() //nolint:forbidigo // never kept: an age is measured
	if is, err := stateOf(ctx, s.primary); err == nil {
		s.cluster = is.cluster
		s.sample(asked, is.lsn)
	}
	why := s.meet(ctx)
	if ctx.Err() != nil {
		return
	}
	s.usable.Store(why == nil)
	said := ""
	if why != nil {
		said = why.Error()
	}
	if said == s.why && s.looked {
		return
	}
	if s.why, s.looked = said, true; why != nil {
		s.Log.WarnContext(ctx, "lists and reports are read from the primary", "standby", s.conf.Host, "error", why)
	} else {
		s.Log.InfoContext(ctx, "lists and reports are read from the standby", "standby", s.conf.Host)
	}
}

// sample notes the position of the primary. The standby must have what the primary had
// MaxLag ago.
func (s *standby) sample(at time.Time, lsn LSN) {
	s.samples = append(s.samples, sample{at, lsn})
	for len(s.samples) > 1 && at.Sub(s.samples[0].at) > s.MaxLag {
		s.samples = s.samples[1:]
	}
	s.ahead.Store(uint64(lsn))
	s.floor.Store(uint64(s.samples[0].lsn))
}

// meet connects to the standby if necessary, asks it for its position, and returns why it
// must not be used, or nil if it may.
func (s *standby) meet(ctx context.Context) error {
	if s.pool.Load() == nil {
		ctx, cancel := context.WithTimeout(ctx, lookWithin)
		defer cancel()
		met, err := meet(ctx, s.conf, s.most)
		if err != nil {
			return err
		}
		s.pool.Store(met.pool)
	}
	is, err := stateOf(ctx, s.pool.Load())
	if err != nil {
		return err
	}
	s.behind.Store(uint64(is.lsn))
	switch {
	case !is.recovering:
		return errNoStandby
	case len(s.samples) == 0:
		return errors.New("the primary has not answered yet")
	case is.cluster != s.cluster:
		return fmt.Errorf("it is no copy of the database: it is %s instead of %s", is.cluster, s.cluster)
	case is.lsn < LSN(s.floor.Load()):
		return fmt.Errorf("it is more than %s behind", s.MaxLag)
	}
	return nil
}

// errNoStandby is the error for a server that takes writes: it is the primary itself,
// or a former standby that was promoted and no longer follows it.
var errNoStandby = errors.New("it is no standby: it is not in recovery")

// state is what a server says of itself.
type state struct {
	recovering bool
	lsn        LSN
	cluster    string
}

// stateQuery asks the primary for its flushed position. A standby is sent nothing beyond
// that, and the rest may stay unflushed for a long time while the primary is idle.
const stateQuery = `SELECT pg_is_in_recovery(),
	CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END::text,
	current_database() || ' of cluster ' || system_identifier FROM pg_control_system()`

func stateOf(ctx context.Context, pool *sql.DB) (is state, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	var lsn sql.NullString
	if err := pool.QueryRowContext(ctx, stateQuery).Scan(&is.recovering, &lsn, &is.cluster); err != nil {
		return state{}, err
	}
	is.lsn, err = ParseLSN(lsn.String)
	return is, err
}

func (s *standby) close() error {
	s.stop()
	<-s.stopped
	if pool := s.pool.Load(); pool != nil {
		return pool.Close()
	}
	return nil
}
