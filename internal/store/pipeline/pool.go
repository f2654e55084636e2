package pipeline

import (
	"context"
	stdsql "database/sql"
	"errors"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// ErrBusy is the error for who waited in vain for a connection, because all were in use.
// Nothing was sent.
var ErrBusy = errors.New("all connections to the database are in use")

// Pool limits how long its users wait for a connection while all are in use. How long
// connecting takes is limited elsewhere: a database that does not answer is not busy.
type Pool struct {
	db      *stdsql.DB
	maxWait time.Duration // without limit when zero
	most    int64
	used    atomic.Int64        // connections that are taken or waited for
	slow    *semaphore.Weighted // queries at a time
}

// NewPool limits waiting for the connections of db. Slow queries use three quarters of them
// at most.
func NewPool(db *stdsql.DB, maxWait time.Duration) *Pool {
	most := int64(db.Stats().MaxOpenConnections)
	return &Pool{db: db, maxWait: maxWait, most: most, slow: semaphore.NewWeighted(max(1, most-most/4))}
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
	defer p.give(conn)
	return Read(ctx, conn, query, args)
}

// turn waits until few enough slow queries run.
func (p *Pool) turn(ctx context.Context) error {
	if p.slow.TryAcquire(1) {
		return nil
	}
	ctx, done := Limit(ctx, p.maxWait)
	defer done()
	if p.slow.Acquire(ctx, 1) != nil {
		return context.Cause(ctx) //nolint:wrapcheck // ErrBusy, or the reason that the caller knows
	}
	return nil
}

// take returns a connection, which must be given back.
func (p *Pool) take(ctx context.Context) (*stdsql.Conn, error) {
	if p.used.Add(1) > p.most {
		var done func()
		ctx, done = Limit(ctx, p.maxWait)
		defer done()
	}
	conn, err := p.db.Conn(ctx)
	if err == nil {
		return conn, nil
	}
	p.used.Add(-1)
	if errors.Is(context.Cause(ctx), ErrBusy) {
		err = ErrBusy
	}
	return nil, err
}

// give puts a connection back into the pool, or out of it when it is broken.
func (p *Pool) give(conn *stdsql.Conn) {
	p.used.Add(-1)
	_ = conn.Close() // or it is closed already
}

// Limit returns a context for waiting that ends with ErrBusy after maxWait, which is without
// limit when zero.
func Limit(ctx context.Context, maxWait time.Duration) (limited context.Context, done func()) {
	if maxWait == 0 || marked(ctx, patientKey{}) {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, maxWait, ErrBusy)
}

type patientKey struct{}

// Patient keeps Limit from limiting how long the context waits.
func Patient(ctx context.Context) context.Context {
	return context.WithValue(ctx, patientKey{}, true)
}
