package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// Observer is called with the text of every statement before it runs, without its
// arguments. It returns the context in which the statement runs, and a function that is
// called when the statement is done; for a query, when its rows are closed.
type Observer func(ctx context.Context, statement string) (context.Context, func(err error))

// tracer lets an Observer see the statements of PostgreSQL.
type tracer struct{ observe Observer }

type traceKey struct{}

// TraceQueryStart implements pgx.QueryTracer.
func (t tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	ctx, done := t.observe(ctx, data.SQL)
	return context.WithValue(ctx, traceKey{}, done)
}

// TraceQueryEnd implements pgx.QueryTracer.
func (tracer) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	if done, ok := ctx.Value(traceKey{}).(func(error)); ok {
		done(data.Err)
	}
}

// TraceBatchStart implements pgx.BatchTracer: the Observer is told of each statement of
// the batch, in the context of the caller that asked for it.
func (t tracer) TraceBatchStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	ends := make([]func(error), len(data.Batch.QueuedQueries))
	callers := pipeline.Callers(ctx)
	for i, q := range data.Batch.QueuedQueries {
		caller := ctx
		if len(callers) > 0 {
			caller = callers[i]
		}
		_, ends[i] = t.observe(caller, q.SQL)
	}
	return context.WithValue(ctx, traceKey{}, &ends)
}

// TraceBatchQuery implements pgx.BatchTracer.
func (tracer) TraceBatchQuery(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchQueryData) {
	if ends, ok := ctx.Value(traceKey{}).(*[]func(error)); ok && len(*ends) > 0 {
		(*ends)[0](data.Err)
		*ends = (*ends)[1:]
	}
}

// TraceBatchEnd implements pgx.BatchTracer: what came after an error ends with it.
func (tracer) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchEndData) {
	if ends, ok := ctx.Value(traceKey{}).(*[]func(error)); ok {
		for _, end := range *ends {
			end(data.Err)
		}
		*ends = nil
	}
}

// observedConn lets an Observer see the statements of SQLite.
type observedConn struct {
	*preparedConn

	observe Observer
}

// ExecContext implements driver.ExecerContext.
func (c observedConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	ctx, done := c.observe(ctx, text)
	result, err := c.preparedConn.ExecContext(ctx, text, args)
	done(err)
	return result, err
}

// QueryContext implements driver.QueryerContext.
func (c observedConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	ctx, done := c.observe(ctx, text)
	rows, err := c.preparedConn.QueryContext(ctx, text, args)
	if err != nil {
		done(err)
		return nil, err
	}
	full, ok := rows.(sqliteRows)
	if !ok { // nothing to wait for
		done(nil)
		return rows, nil
	}
	return &observedRows{sqliteRows: full, done: done}, nil
}

// observedRows tell the Observer that the query is done when they are closed.
type observedRows struct {
	sqliteRows

	done func(error)
}

// Close implements driver.Rows.
func (r *observedRows) Close() error {
	err := r.sqliteRows.Close()
	if r.done != nil {
		r.done(err)
		r.done = nil
	}
	return err //nolint:wrapcheck // the driver's own
}

// Observers combines several observers into one. The first wraps the others. Nil observers
// are ignored, and the result is nil when there are no others.
func Observers(list ...Observer) Observer {
	var some []Observer
	for _, o := range list {
		if o != nil {
			some = append(some, o)
		}
	}
	if len(some) == 0 {
		return nil
	}
	return func(ctx context.Context, statement string) (context.Context, func(error)) {
		ends := make([]func(error), len(some))
		for i, o := range some {
			ctx, ends[i] = o(ctx, statement) //nolint:fatcontext // one a few observers, not one a turn
		}
		return ctx, func(err error) {
			if errors.Is(err, driver.ErrSkip) {
				err = nil
			}
			for _, end := range slices.Backward(ends) {
				end(err)
			}
		}
	}
}
