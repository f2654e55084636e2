package pipeline

import (
	"context"
	stdsql "database/sql"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// trips are how many carry look-ups at the same time: while the one is on its
	// way, the other gathers, and when one is stuck there is another.
	trips = 2
	// patience is how long a look-up waits for the others' trip before it goes by
	// itself, as from a connection that hangs.
	patience = 100 * time.Millisecond
	// tripTime bounds a trip of several. Then its connection is closed.
	tripTime = 5 * time.Second
)

// Lookups share round trips to PostgreSQL: those that come while others are on
// their way are sent together, in one go, when these are back (as commits are in a
// database's log, and keys in a DataLoader). The busier the database, the more of
// them go at once, and the less each of them costs: most of a look-up by key is
// system calls and changes of process.
//
// They are to be short, because they wait for each other. Each is a statement of its
// own, that sees what was committed when it came. None gets another's error.
type Lookups struct {
	pool *stdsql.DB

	mu      sync.Mutex
	waiting []*lookup
	away    int // trips under way
}

// lookup is one that waits for others.
type lookup struct {
	ctx   context.Context //nolint:containedctx // for whoever is told of the statement
	query string
	args  []any
	found chan *Rows // closed when there is nothing to be had
}

// NewLookups makes those of a pool.
func NewLookups(pool *stdsql.DB) *Lookups { return &Lookups{pool: pool} }

// Read runs a query with others if there are any, and by itself otherwise.
// driver.ErrBadConn is as that of Read.
func (l *Lookups) Read(ctx context.Context, query string, args []any) (*Rows, error) {
	own := &lookup{ctx: ctx, query: query, args: args, found: make(chan *Rows, 1)}
	if l.leaves(own) {
		defer l.arrives() //nolint:contextcheck // the trip of several has the context of none
	} else if rows := l.wait(own); rows != nil {
		return rows, nil
	}
	conn, err := l.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }() // back into the pool, or out of it when it is broken
	return Read(ctx, conn, query, args)
}

// leaves reports whether a look-up is to go at once. The others wait.
func (l *Lookups) leaves(own *lookup) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away < trips {
		l.away++
		return true
	}
	l.waiting = append(l.waiting, own)
	return false
}

// arrives ends a trip. What has come meanwhile leaves.
func (l *Lookups) arrives() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.away--
		return
	}
	group := l.waiting
	l.waiting = nil
	go func() {
		defer l.arrives()
		l.carry(group)
	}()
}

// wait returns what others have brought; nil for nothing.
func (l *Lookups) wait(own *lookup) *Rows {
	enough := time.NewTimer(patience)
	defer enough.Stop()
	select {
	case rows := <-own.found:
		return rows
	case <-own.ctx.Done():
	case <-enough.C:
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.waiting, own); i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
	}
	return nil
}

// carry brings what it can of a group. Behind a statement that fails nothing of a
// batch is run, so that the rest goes by itself.
func (l *Lookups) carry(group []*lookup) {
	defer func() {
		for _, each := range group {
			close(each.found)
		}
	}()
	ctx, cancel := context.WithTimeout(withCallers(context.Background(), group), tripTime)
	defer cancel()
	conn, err := l.pool.Conn(ctx)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_ = raw(conn, func(conn *pgx.Conn) error {
		var batch pgx.Batch
		for _, each := range group {
			batch.Queue(each.query, each.args...)
		}
		results := conn.SendBatch(ctx, &batch)
		for _, each := range group {
			found, err := results.Query()
			if err != nil {
				break
			}
			rows := new(Rows)
			if err := rows.collect(found); err != nil {
				break
			}
			each.found <- rows
		}
		return results.Close()
	})
}

type callersKey struct{}

func withCallers(ctx context.Context, group []*lookup) context.Context {
	callers := make([]context.Context, len(group))
	for i, each := range group {
		callers[i] = each.ctx //nolint:fatcontext // one a caller
	}
	return context.WithValue(ctx, callersKey{}, callers)
}

// Callers are the contexts in which the statements of a batch were asked for, one
// for each, when they are of several callers.
func Callers(ctx context.Context) []context.Context {
	callers, _ := ctx.Value(callersKey{}).([]context.Context)
	return callers
}
