package pipeline

import (
	"context"
	stdsql "database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Codes of PostgreSQL (Appendix A of its manual).
const (
	// ReadOnly is the code of a server that takes no writes: one that recovers, or a standby
	// that has not been promoted yet.
	ReadOnly       = "25006"
	divisionByZero = "22012"
	adminShutdown  = "57P01"
)

// trip is one round trip to the database. It sends BEGIN if that has not been sent yet, the
// waiting writes, a statement and COMMIT, each of them if there is one.
type trip struct {
	statement *statement
	alone     func(ctx context.Context, conn *pgx.Conn) error // runs the statement by itself
	along     func(results pgx.BatchResults) error            // or takes its result from a batch
	together  bool                                            // what waits becomes part of the statement
	commit    bool
}

// send makes a trip. A connection that was lost while nobody used it, or whose server
// takes no writes any more, is replaced.
func (tx *Tx) send(ctx context.Context, t trip) error {
	for left := tx.pool.most; ; left-- {
		if tx.conn == nil || tx.over {
			return stdsql.ErrTxDone
		}
		lost := false
		err := tx.raw(func(conn *pgx.Conn) error {
			usable := !conn.IsClosed()
			err := tx.travel(ctx, conn, t)
			lost = left > 0 && err != nil && !tx.begun && conn.IsClosed() &&
				(!usable || !t.commit && (pgconn.SafeToRetry(err) || gone(err)))
			if lost {
				return err
			}
			return tx.arrived(conn, t.commit && usable, err)
		})
		if !lost {
			if !unsent(ctx, err) {
				tx.waiting = nil
			}
			return err
		}
		tx.release()
		if tx.conn, err = tx.pool.take(ctx); err != nil {
			tx.conn = nil
			return err
		}
	}
}

// unsent reports whether nothing was sent because the context had already ended. The
// waiting writes are then still waiting.
func unsent(ctx context.Context, err error) bool {
	return err != nil && ctx.Err() != nil && pgconn.SafeToRetry(err)
}

// gone reports whether the connection was closed because the server shuts down or cannot
// be written, either of which undoes what was not committed.
func gone(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == adminShutdown || pg.Code == ReadOnly)
}

// arrived notes the state of the transaction after a trip, and returns the error of the
// trip. commit says whether the trip included a COMMIT. A transaction without its
// connection is over.
func (tx *Tx) arrived(conn *pgx.Conn, commit bool, err error) error {
	status := conn.PgConn().TxStatus()
	tx.begun = tx.begun || status != 'I'
	tx.over = conn.IsClosed() || commit && status == 'I'
	if !commit {
		return err
	}
	if err == nil {
		tx.committed = true
		return nil
	}
	refused, answered := errors.AsType[*pgconn.PgError](err)
	if answered && refused.Code == divisionByZero {
		return ErrRefused
	}
	if answered || !tx.over || errors.Is(err, pgx.ErrTxCommitRollback) {
		return err
	}
	return &UnsureError{err}
}

func (tx *Tx) travel(ctx context.Context, conn *pgx.Conn, t trip) error {
	if tx.begun && len(tx.waiting) == 0 && !t.commit {
		return t.alone(ctx, conn)
	}
	waiting := tx.waiting
	if t.together {
		var parts []statement
		waiting, parts = divide(waiting)
		text, args := together(parts, t.statement.text, t.statement.args)
		t.statement = &statement{text: text, args: args}
	}
	var batch pgx.Batch
	if !tx.begun {
		batch.BeginTx(pgx.TxOptions{})
	}
	for _, s := range waiting {
		batch.Queue(s.text, s.args...)
	}
	first := batch.Len()
	if t.statement != nil {
		batch.Queue(t.statement.text, t.statement.args...)
	}
	if t.commit {
		batch.Queue("commit")
	}
	results := conn.SendBatch(ctx, &batch)
	// When the connection breaks, the error of Close looks as if nothing had been sent.
	// A COMMIT that was answered holds even if the server, told to shut down, ends the
	// connection right after it.
	err := take(results, first, t)
	if closed := results.Close(); err == nil && !t.commit {
		err = closed
	}
	return err
}

// take reads the results of a batch, up to the first error.
func take(results pgx.BatchResults, first int, t trip) error {
	for range first {
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	if t.statement != nil {
		if err := t.along(results); err != nil {
			return err
		}
	}
	if !t.commit {
		return nil
	}
	tag, err := results.Exec()
	if err == nil && tag.String() == "ROLLBACK" {
		return pgx.ErrTxCommitRollback
	}
	return err
}
