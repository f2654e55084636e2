package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// againAfter is how long a read first waits before it asks the standby again.
const againAfter = 2 * time.Millisecond

// clientOn is a client that reads over this one connection only. Behind a load balancer
// another connection may lead to another standby, which has replayed less.
func clientOn(conn *sql.Conn) *ent.Client {
	driver := entsql.NewDriver(dialect.Postgres, entsql.Conn{ExecQuerier: conn})
	return ent.NewClient(ent.Driver(planner{Driver: driver, conn: conn}))
}

// take returns a connection to a standby that has replayed what the caller has to see, or
// nil if none is available in time.
func (s *standby) take(ctx context.Context) *sql.Conn {
	own, floor := followerOf(ctx).position(), LSN(s.floor.Load())
	if !s.usable.Load() || own == UnknownLSN {
		return nil
	}
	conn, err := s.connection(ctx)
	if err != nil {
		return nil
	}
	if s.reaches(ctx, conn, floor, own) {
		return conn
	}
	_ = conn.Close() // back into the pool, or out of it when it is broken
	return nil
}

// connection takes a connection from the pool, and waits a moment for it. If none is free
// in time, that is no reason to give up the standby.
func (s *standby) connection(ctx context.Context) (*sql.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	conn, err := s.pool.Load().Conn(ctx)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		s.lost(ctx, err)
	}
	return conn, err
}

// reaches waits, for a limited time, until the server has replayed the log up to own, the
// position that the caller has to see. It does not wait for floor, because every usable
// standby is past it.
func (s *standby) reaches(ctx context.Context, conn *sql.Conn, floor, own LSN) bool {
	waited := time.NewTimer(s.Wait)
	defer waited.Stop()
	for pause := againAfter; ; pause *= 2 {
		recovering, at, err := replayed(ctx, conn)
		if err == nil && !recovering {
			err = errNoStandby
		}
		if err != nil {
			s.lost(ctx, err)
			return false
		}
		if at >= max(floor, own) {
			return true
		}
		if at < floor {
			return false
		}
		select {
		case <-waited.C:
			return false
		case <-ctx.Done():
			return false
		case <-time.After(pause):
		}
	}
}

func replayed(ctx context.Context, conn *sql.Conn) (recovering bool, at LSN, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	var lsn sql.NullString
	err = conn.QueryRowContext(ctx, "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()::text").Scan(&recovering, &lsn)
	if err != nil || !lsn.Valid {
		return recovering, 0, err
	}
	at, err = ParseLSN(lsn.String)
	return recovering, at, err
}

// lost keeps reads off the standby until the watcher finds it usable again.
func (s *standby) lost(ctx context.Context, err error) {
	if ctx.Err() == nil && s.usable.Swap(false) {
		s.Log.WarnContext(ctx, "a read could not use the standby", "standby", s.conf.Host, "error", err)
	}
}

// TryStandby runs a function that only reads on the standby, if there is one and it has
// caught up with what the caller has to see (see Follow). What others committed within the
// last seconds may be missing. It reports false when the caller has to use Reader instead:
// there is no standby, the standby failed, or it is behind. The function may have run by
// then, and will run again.
func (db *DB) TryStandby(ctx context.Context, fn func(ctx context.Context, client *ent.Client) error) (done bool, err error) {
	s := db.standby
	if s == nil {
		return false, nil
	}
	if conn := s.take(ctx); conn != nil {
		err := fn(ctx, clientOn(conn))
		closed := conn.Close()
		if !doubtful(err) {
			s.served.Add(1)
			return true, err
		}
		if Away(err) || LockedOut(err) || closed != nil {
			s.lost(ctx, err)
		}
	}
	s.passed.Add(1)
	return false, nil
}

// Browse runs a function that only reads on the standby, or with Reader when TryStandby
// reports false.
func (db *DB) Browse(ctx context.Context, fn func(ctx context.Context, client *ent.Client) error) error {
	if done, err := db.TryStandby(ctx, fn); done {
		return err
	}
	return fn(Slow(ctx), db.Reader)
}

// doubtful reports whether the primary may succeed where the standby failed with this
// error: the standby was lost, its replay cancelled the query or held a lock for too long,
// or a migration or a new record has not reached it yet.
func doubtful(err error) bool {
	switch {
	case err == nil:
		return false
	case TimedOut(err):
		return LockedOut(err)
	}
	return Away(err) || Retryable(err) || Undefined(err) || ent.IsNotFound(err) || shop.KindOf(err) == shop.KindNotFound
}

// positionQuery returns a position after every acknowledged commit. Such a commit is
// flushed, unless synchronous_commit is off.
const positionQuery = `SELECT CASE current_setting('synchronous_commit')
	WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END::text`

// Seen makes sure that whatever Browse shows the caller of the context from now on includes
// everything committed so far. Tx calls it after each commit. Code that answers with the
// result of an earlier commit must call it, too.
func (db *DB) Seen(ctx context.Context) {
	f := followerOf(ctx)
	if db.standby == nil || f == nil {
		return
	}
	at := UnknownLSN
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookWithin)
	defer cancel()
	var text string
	if db.write.QueryRowContext(ctx, positionQuery).Scan(&text) == nil {
		if lsn, err := ParseLSN(text); err == nil {
			at = lsn
		}
	}
	f.move(at)
}

// StandbyFigures is how reading from the standby goes.
type StandbyFigures struct {
	// Usable tells whether reads go to it at present.
	Usable bool
	// Lag is how many bytes of the primary's log it had not replayed at the last look.
	Lag int64
	// Served counts the reads that the standby answered, and Passed those that it could
	// have answered but the primary did.
	Served, Passed int64
	// Pool is the pool of connections to the standby.
	Pool sql.DBStats
}

// HasStandby reports whether lists and reports may be read from a standby.
func (db *DB) HasStandby() bool { return db.standby != nil }

// Standby tells how reading from the standby goes; it is zero without one.
func (db *DB) Standby() StandbyFigures {
	s := db.standby
	if s == nil {
		return StandbyFigures{}
	}
	f := StandbyFigures{
		Usable: s.usable.Load(), Served: s.served.Load(), Passed: s.passed.Load(),
		Lag: max(0, int64(s.ahead.Load()-s.behind.Load())), //nolint:gosec // logs are shorter than 2^63
	}
	if pool := s.pool.Load(); pool != nil {
		f.Pool = pool.Stats()
	}
	return f
}
