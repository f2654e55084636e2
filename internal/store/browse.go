package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// againAfter is how long a read first waits before it asks the standby again.
const againAfter = 2 * time.Millisecond

// clientOn reads over the one connection, so that what was found out about it
// holds for what it reads.
func clientOn(conn *sql.Conn) *ent.Client {
	driver := entsql.NewDriver(dialect.Postgres, entsql.Conn{ExecQuerier: conn})
	return ent.NewClient(ent.Driver(planner{Driver: driver, conn: conn}))
}

// take returns a connection to a standby that has what the caller has to be
// shown; nil when there is none in time.
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

// connection waits for one for a moment. That there is none says nothing of the
// standby when all are busy.
func (s *standby) connection(ctx context.Context) (*sql.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	conn, err := s.pool.Load().Conn(ctx)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		s.lost(ctx, err)
	}
	return conn, err
}

// reaches waits until the server has the caller's position. For the other one,
// which the server should have long since, it does not wait.
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

// lost keeps reads off the standby until it is met again.
func (s *standby) lost(ctx context.Context, err error) {
	if ctx.Err() == nil && s.usable.Swap(false) {
		s.Log.WarnContext(ctx, "a read could not use the standby", "standby", s.conf.Host, "error", err)
	}
}

// TryStandby runs a function that only reads, and that need not show what others
// have committed within the last seconds, on the standby when there is one that
// has what the caller has to be shown (see Follow). It reports false when Reader
// has to be asked: there is no such standby, it failed on the way, or it does not
// know what is asked for. The function has run then, or not.
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
		if Away(err) || closed != nil {
			s.lost(ctx, err)
		}
	}
	s.passed.Add(1)
	return false, nil
}

// Browse is TryStandby, and Reader where that has to be asked.
func (db *DB) Browse(ctx context.Context, fn func(ctx context.Context, client *ent.Client) error) error {
	if done, err := db.TryStandby(ctx, fn); done {
		return err
	}
	return fn(ctx, db.Reader)
}

// doubtful is an error of the standby that the primary may not have: the standby
// was lost, its replay got into the way of the query, a migration has not reached
// it, or a record that others have just made.
func doubtful(err error) bool {
	if err == nil || TimedOut(err) {
		return false
	}
	return Away(err) || Retryable(err) || undefined(err) || ent.IsNotFound(err) || shop.KindOf(err) == shop.KindNotFound
}

// undefined reports whether a table, column or function does not exist.
func undefined(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "42P01" || pg.Code == "42703" || pg.Code == "42883")
}

// positionQuery is behind every commit that was acknowledged: flushed, unless the
// database is told not to wait for that.
const positionQuery = `SELECT CASE current_setting('synchronous_commit')
	WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END::text`

// Seen makes what Browse shows the caller of the context have all that is
// committed by now. Tx calls it after its commits; whoever answers with what was
// committed before, calls it too.
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
	// Usable tells whether it is read at all.
	Usable bool
	// Lag is how many bytes of the log it had not replayed at the last look.
	Lag int64
	// Served and Passed count the reads that it answered, and those that could
	// have gone there and were answered by the primary.
	Served, Passed int64
	// Pool is that of the standby.
	Pool sql.DBStats
}

// HasStandby reports whether lists and reports may be read from a standby.
func (db *DB) HasStandby() bool { return db.standby != nil }

// Standby is how reading from the standby goes; zero without one.
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
