// Package admission decides whether a request may use the database now, has to wait for its
// turn, or is refused until later.
package admission

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/storekeeper/storekeeper/internal/store"
)

var (
	// ErrOverloaded is the error for a request whose turn did not come in time. It has
	// done nothing.
	ErrOverloaded = errors.New("admission: too many requests wait for the database")
	// ErrAway is the error for a request while the database is known to be away. It has
	// done nothing.
	ErrAway = errors.New("admission: the database is away")
)

const (
	// failures is the number of failures in a row after which the database counts as away.
	failures = 5
	// pause is how long the database is then left alone before one request tries again.
	pause = time.Second
)

// Config says how many requests may use the database.
type Config struct {
	// Reads, Writes, Accounts and Callers are how many of each kind work at the same
	// time. The others wait, in the order of arrival. The kinds do not wait for each other:
	// a locked row only holds up those who want to change it, not those who read. Accounts
	// are what people do about their own account: a login neither waits behind changes to
	// the shop nor holds them up. Callers look up who sends a request, before it does
	// anything else.
	Reads, Writes, Accounts, Callers int
	// MaxWait is how long a request waits for its turn. Zero means without limit.
	MaxWait time.Duration
	// Log records when the database goes away and comes back.
	Log *slog.Logger
}

// Gate limits the load on the database. No request waits longer than MaxWait for its turn,
// and as long for a connection (store.Config), so it is answered within about that time plus
// its own, however many requests there are (a bulkhead). While the database is away,
// clients are told at once, and only one at a time tries it (a circuit breaker), so that it
// does not face all of them when it comes back. See M. Nygard, Release It!, for both
// patterns.
type Gate struct {
	// Reads, Writes, Accounts and Callers are the turns of Read, Write, Account and Caller.
	Reads, Writes, Accounts, Callers *Turns

	breaker circuitbreaker.CircuitBreaker[any]
	wait    time.Duration
	shed    atomic.Int64
	away    atomic.Int64
}

// Turns limits how many requests do the same kind of work at the same time.
type Turns struct {
	slots            bulkhead.Bulkhead[any]
	waiting, working atomic.Int64
}

func turns(most int) *Turns { return &Turns{slots: bulkhead.New[any](uint(max(1, most)))} }

// Waiting returns how many requests are waiting for their turn.
func (t *Turns) Waiting() int64 { return t.waiting.Load() }

// Working returns how many requests have their turn now.
func (t *Turns) Working() int64 { return t.working.Load() }

// New returns a gate.
func New(cfg Config) *Gate {
	breaker := circuitbreaker.NewBuilder[any]().
		WithFailureThreshold(failures).
		WithSuccessThreshold(1). // one success closes it, so one request at a time tries
		WithDelay(pause).
		OnStateChanged(func(e circuitbreaker.StateChangedEvent) {
			switch {
			case e.NewState == circuitbreaker.OpenState && e.OldState == circuitbreaker.ClosedState:
				cfg.Log.Error("the database is away: requests are refused until it answers")
			case e.NewState == circuitbreaker.ClosedState:
				cfg.Log.Info("the database is back")
			}
		}).
		Build()
	return &Gate{
		Reads: turns(cfg.Reads), Writes: turns(cfg.Writes), Accounts: turns(cfg.Accounts), Callers: turns(cfg.Callers),
		breaker: breaker, wait: cfg.MaxWait,
	}
}

// Read runs fn, which only reads, when its turn comes. It returns the error of fn,
// ErrOverloaded, ErrAway or the error of the context. It must not be called from inside
// another fn.
func (g *Gate) Read(ctx context.Context, fn func() error) error { return g.do(ctx, g.Reads, fn) }

// Write is Read for functions that change something.
func (g *Gate) Write(ctx context.Context, fn func() error) error { return g.do(ctx, g.Writes, fn) }

// Account is Write for what people do about their own account.
func (g *Gate) Account(ctx context.Context, fn func() error) error { return g.do(ctx, g.Accounts, fn) }

// Caller is Read for looking up who sends a request.
func (g *Gate) Caller(ctx context.Context, fn func() error) error { return g.do(ctx, g.Callers, fn) }

func (g *Gate) do(ctx context.Context, t *Turns, fn func() error) error {
	if err := g.enter(ctx, t); err != nil {
		return err
	}
	t.working.Add(1)
	defer func() {
		t.working.Add(-1)
		t.slots.ReleasePermit()
	}()
	return g.Try(ctx, fn)
}

// Try runs fn without waiting for a turn, unless the database is known to be away. It is
// for checks of the database that must not wait behind other work.
func (g *Gate) Try(ctx context.Context, fn func() error) error {
	if !g.breaker.TryAcquirePermit() {
		g.away.Add(1)
		return ErrAway
	}
	healthy, cut := false, false
	defer func() { // on a panic too
		switch {
		case healthy:
			g.breaker.RecordSuccess()
		case cut && g.breaker.IsClosed(): // but a trial in the half-open state needs a result
		default:
			g.breaker.RecordFailure()
		}
	}()
	err := fn()
	busy := errors.Is(err, store.ErrBusy)
	// A client that went away says nothing about the database, nor do connections that
	// others use.
	cut = busy || err != nil && errors.Is(ctx.Err(), context.Canceled)
	healthy = !cut && answers(err)
	if busy {
		g.shed.Add(1)
		return ErrOverloaded
	}
	return err
}

// answers reports whether the database is likely to be there in spite of the error. A
// request that ran out of time does not count against it, because it may have waited for
// a lock; when the database hangs, opening a connection soon fails.
func answers(err error) bool {
	if err == nil {
		return true
	}
	return !store.Unreachable(err) && (errors.Is(err, context.DeadlineExceeded) || !store.Away(err))
}

func (g *Gate) enter(ctx context.Context, t *Turns) error {
	t.waiting.Add(1)
	defer t.waiting.Add(-1)
	if g.wait == 0 {
		return t.slots.AcquirePermit(ctx) //nolint:wrapcheck // the context's own
	}
	err := t.slots.AcquirePermitWithMaxWait(ctx, g.wait)
	if errors.Is(err, bulkhead.ErrFull) {
		g.shed.Add(1)
		return ErrOverloaded
	}
	return err //nolint:wrapcheck // the context's own
}

// Refused returns how many requests were refused so far: because their turn did not come
// in time, and because the database was away.
func (g *Gate) Refused() (overloaded, away int64) { return g.shed.Load(), g.away.Load() }

// Away reports whether the database counts as away.
func (g *Gate) Away() bool { return !g.breaker.IsClosed() }
