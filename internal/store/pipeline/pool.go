package pipeline

import (
	"context"
	stdsql "database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/sync/semaphore"
)

// ErrBusy is the error for who waited in vain for a connection, because all were in use.
// Nothing was sent.
var ErrBusy = errors.New("all connections to the database are in use")

// Pool limits how long its users wait for a connection while all are in use. Connecting
// has a limit of its own, and a database that does not answer is not reported as busy.
type Pool struct {
	db      *stdsql.DB
	maxWait time.Duration       // without limit when zero
	slow    *semaphore.Weighted // queries at a time
}

// NewPool limits waiting for the connections of db, which must be opened with Options.
func NewPool(db *stdsql.DB, maxWait time.Duration) *Pool {
	most := int64(db.Stats().MaxOpenConnections)
	return &Pool{db: db, maxWait: maxWait, slow: semaphore.NewWeighted(max(1, most-most/4))}
}

// Read runs a query, which may be slow. Errors: ErrBusy, and those of the function Read.
func (p *Pool) Read(ctx context.Context, slow bool, query string, args []any) (*Rows, error) {
	if slow {
		if err := p.turn(ctx); err != nil {
			return nil, err
		}
		defer p.slow.Release(1)
	}
	conn, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }() // back into the pool, or out of it when it is broken
	return Read(ctx, conn, query, args)
}

// turn waits until few enough slow queries run.
func (p *Pool) turn(ctx context.Context) error {
	if p.slow.TryAcquire(1) {
		return nil
	}
	ctx, done := p.limit(ctx)
	defer done()
	if p.slow.Acquire(ctx, 1) != nil {
		return context.Cause(ctx) //nolint:wrapcheck // ErrBusy, or the reason that the caller knows
	}
	return nil
}

// take returns a connection.
func (p *Pool) take(ctx context.Context) (*stdsql.Conn, error) {
	ctx, done := p.limit(ctx)
	defer done()
	conn, err := p.db.Conn(ctx)
	if err != nil && errors.Is(context.Cause(ctx), ErrBusy) {
		return nil, ErrBusy
	}
	return conn, err
}

type patientKey struct{}

// Patient keeps a Pool from limiting how long the context waits.
func Patient(ctx context.Context) context.Context {
	return context.WithValue(ctx, patientKey{}, true)
}

type waitKey struct{}

// limit returns a context that ends with ErrBusy after maxWait, unless done or queued is
// called before.
func (p *Pool) limit(ctx context.Context) (limited context.Context, done func()) {
	if p.maxWait == 0 || marked(ctx, patientKey{}) {
		return ctx, func() {}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	wait := time.AfterFunc(p.maxWait, func() { cancel(ErrBusy) })
	return context.WithValue(ctx, waitKey{}, wait), func() {
		wait.Stop()
		cancel(nil)
	}
}

// queued ends the limit of a context for which the pool has a connection, or begins one.
func queued(ctx context.Context) {
	if wait, ok := ctx.Value(waitKey{}).(*time.Timer); ok {
		wait.Stop()
	}
}

// Options are those of the pools whose waiting Pool limits.
func Options() []stdlib.OptionOpenDB {
	return []stdlib.OptionOpenDB{
		stdlib.OptionBeforeConnect(func(ctx context.Context, _ *pgx.ConnConfig) error {
			queued(ctx)
			return nil
		}),
		stdlib.OptionShouldPing(func(ctx context.Context, p stdlib.ShouldPingParams) bool {
			queued(ctx)
			return p.IdleDuration > time.Second // as by default
		}),
	}
}
