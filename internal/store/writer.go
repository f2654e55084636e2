package store

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"golang.org/x/sync/semaphore"

	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// writer is the driver for the one connection to SQLite that writes. Its transactions
// are like those of database/sql, but without the goroutines that watch the context for
// every query, for every statement and for the transaction itself: starting them takes
// longer than most statements, and nobody else can write meanwhile. Instead the context
// is checked before each statement and before COMMIT. A statement that has begun runs to
// its end; waiting for the connection, or for another program's lock, ends with the
// context.
//
// Transactions get the connection in the order in which they asked for it. One that waits
// longer than maxWait gets ErrBusy.
//
// Rows must be closed before the transaction ends.
type writer struct {
	*entsql.Driver

	maxWait time.Duration       // without limit when zero
	next    *semaphore.Weighted // the one who gets the connection next
}

// newWriter makes the writer of a pool with one connection. Of several who wait for it,
// database/sql would pick any, so it gets to know only who is next.
func newWriter(pool *stdsql.DB, maxWait time.Duration) writer {
	return writer{entsql.OpenDB(dialect.SQLite, pool), maxWait, semaphore.NewWeighted(1)}
}

// Tx implements dialect.Driver.
func (w writer) Tx(ctx context.Context) (dialect.Tx, error) { return w.BeginTx(ctx, nil) }

// BeginTx serves the client's method of that name. There is one kind of transaction.
func (w writer) BeginTx(ctx context.Context, _ *stdsql.TxOptions) (dialect.Tx, error) {
	conn, err := w.take(ctx)
	if err != nil {
		return nil, err
	}
	tx := &writing{Conn: entsql.Conn{ExecQuerier: whole{conn}}, ctx: ctx, conn: conn}
	err = conn.Raw(func(c any) (err error) {
		begin, ok := c.(driver.ConnBeginTx)
		if !ok {
			return fmt.Errorf("unexpected connection %T", c)
		}
		tx.tx, err = begin.BeginTx(ctx, driver.TxOptions{})
		return err //nolint:wrapcheck // the driver's own
	})
	if Retryable(err) {
		err = &lockedOutError{err}
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return tx, nil
}

// take waits for the connection.
func (w writer) take(ctx context.Context) (*stdsql.Conn, error) {
	ctx, done := pipeline.Limit(ctx, w.maxWait)
	defer done()
	err := w.next.Acquire(ctx, 1)
	var conn *stdsql.Conn
	if err == nil {
		conn, err = w.DB().Conn(ctx)
		w.next.Release(1)
	}
	if err != nil && errors.Is(context.Cause(ctx), ErrBusy) {
		err = ErrBusy
	}
	return conn, err
}

// lockedOutError says that another program kept the lock for as long as SQLite waits for
// it. Such a transaction is not retried, because it has waited long enough.
type lockedOutError struct{ error }

// Unwrap returns what SQLite says.
func (e *lockedOutError) Unwrap() error { return e.error }

// writing is a transaction of the writer.
type writing struct {
	entsql.Conn

	ctx  context.Context //nolint:containedctx // of the transaction, because Commit takes none
	conn *stdsql.Conn    // nil when the transaction is over
	tx   driver.Tx
}

// Query implements dialect.Tx.
func (w *writing) Query(ctx context.Context, query string, args, v any) error {
	values, listed := args.([]any)
	into, wanted := v.(*entsql.Rows)
	insert, one := insertsOne(query)
	if !one || !listed || !wanted {
		return w.Conn.Query(ctx, query, args, v)
	}
	result, err := w.ExecContext(ctx, insert, values...)
	if err != nil {
		return err
	}
	id, err := result.LastInsertId()
	into.ColumnScanner = &inserted{id: id}
	return err
}

// insertsOne returns ent's INSERT of one record without its RETURNING `id`, and whether the
// query is such an INSERT. With RETURNING, SQLite keeps a journal of the statement and a
// table of the rows, which takes twice as long as the INSERT itself; the connection knows
// the id anyway.
func insertsOne(query string) (insert string, ok bool) {
	insert, ok = strings.CutSuffix(query, " RETURNING `id`")
	return insert, ok && strings.HasPrefix(insert, "INSERT INTO `") &&
		!strings.Contains(insert, "), (") && !strings.Contains(insert, " ON CONFLICT ")
}

// inserted is the id of a new record as the row that ent expects.
type inserted struct {
	entsql.ColumnScanner // nil: nothing else is asked

	id   int64
	read bool
}

// Columns implements entsql.ColumnScanner.
func (*inserted) Columns() ([]string, error) { return []string{"id"}, nil }

// Next implements entsql.ColumnScanner.
func (r *inserted) Next() bool {
	next := !r.read
	r.read = true
	return next
}

// Scan implements entsql.ColumnScanner.
func (r *inserted) Scan(dest ...any) error {
	id, ok := dest[0].(*int64)
	if !ok {
		return fmt.Errorf("scan an id into %T", dest[0])
	}
	*id = r.id
	return nil
}

// Err implements entsql.ColumnScanner.
func (*inserted) Err() error { return nil }

// Close implements entsql.ColumnScanner.
func (*inserted) Close() error { return nil }

// Commit implements driver.Tx. When the context has ended, the transaction is still to
// be rolled back.
func (w *writing) Commit() error {
	if w.conn != nil && w.ctx.Err() != nil {
		return fmt.Errorf("commit was not sent: %w", w.ctx.Err())
	}
	return w.end(driver.Tx.Commit)
}

// Rollback implements driver.Tx.
func (w *writing) Rollback() error { return w.end(driver.Tx.Rollback) }

func (w *writing) end(how func(driver.Tx) error) error {
	if w.conn == nil {
		return stdsql.ErrTxDone
	}
	conn := w.conn
	w.conn = nil
	err := conn.Raw(func(any) error { return how(w.tx) })
	return errors.Join(err, conn.Close())
}

// whole runs statements to their end.
type whole struct{ conn *stdsql.Conn }

// ExecContext implements entsql.ExecQuerier.
func (w whole) ExecContext(ctx context.Context, query string, args ...any) (stdsql.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err //nolint:wrapcheck // as database/sql says it
	}
	return w.conn.ExecContext(context.WithoutCancel(ctx), query, args...)
}

// QueryContext implements entsql.ExecQuerier.
func (w whole) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err //nolint:wrapcheck // as database/sql says it
	}
	return w.conn.QueryContext(context.WithoutCancel(ctx), query, args...)
}
