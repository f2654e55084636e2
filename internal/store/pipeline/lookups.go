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
	// late is how long a trip that has its connection makes later look-ups wait: it may
	// be stuck, or the network slow. On a local network a trip takes less.
	late = 300 * time.Microsecond
	// patience is how long a look-up waits for a shared trip before it runs by itself,
	// because the connection of the trip may hang.
	patience = 100 * time.Millisecond
	// tripTime bounds a trip of several look-ups, after which its connection is closed.
	tripTime = 5 * time.Second
)

// Lookups lets queries share round trips to PostgreSQL. Queries that arrive while others
// are running are sent together once these are back, like the commits of a database that
// share one write to its log, or the keys of a DataLoader. The busier the database, the
// more of them travel together and the less each costs: most of the cost of a look-up by
// key is system calls and process switches.
//
// They must be short, because they wait for each other. Each is a statement of its own and
// sees everything that was committed before it was asked. None gets the error of another.
type Lookups struct {
	pool *Pool

	mu      sync.Mutex
	waiting []*lookup
	away    int       // trips under way
	left    time.Time // when the last of them got its connection, zero before that
}

// lookup is one that waits for others.
type lookup struct {
	ctx   context.Context //nolint:containedctx // for the observer of the statement
	query string
	args  []any
	found chan *Rows // closed without a value when the trip brought nothing
}

// NewLookups makes the look-ups that share the connections of a pool.
func NewLookups(pool *Pool) *Lookups { return &Lookups{pool: pool} }

// Read runs a query, together with others if there are any. driver.ErrBadConn means the
// same as for the function Read.
func (l *Lookups) Read(ctx context.Context, query string, args []any) (*Rows, error) {
	own := &lookup{ctx: ctx, query: query, args: args, found: make(chan *Rows, 1)}
	if l.leaves(own) { //nolint:contextcheck // the trip of several has the context of none
		defer l.arrives()
	} else if rows := l.wait(own); rows != nil {
		return rows, nil
	}
	conn, err := l.conn(ctx)
	if err != nil {
		return nil, err
	}
	defer l.pool.give(conn)
	return Read(ctx, conn, query, args)
}

// leaves reports whether a look-up starts a trip of its own. Otherwise it waits to share
// one with others.
func (l *Lookups) leaves(own *lookup) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	due := l.away == 0 || !l.left.IsZero() && time.Since(l.left) > late
	if due && len(l.waiting) == 0 {
		l.begin()
		return true
	}
	l.waiting = append(l.waiting, own)
	if due {
		l.leave()
	}
	return false
}

func (l *Lookups) begin() {
	l.away++
	l.left = time.Time{}
}

// leave begins a trip with all that wait.
func (l *Lookups) leave() {
	group := l.waiting
	l.waiting = nil
	l.begin()
	go func() {
		defer l.arrives()
		l.carry(group)
	}()
}

// conn takes a connection of the pool for a trip.
func (l *Lookups) conn(ctx context.Context) (*stdsql.Conn, error) {
	conn, err := l.pool.take(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = time.Now() //nolint:forbidigo // never kept: an age is measured
	return conn, err
}

// arrives ends a trip, and starts the next one with the look-ups that have come in
// meanwhile.
func (l *Lookups) arrives() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.away--
	if len(l.waiting) > 0 {
		l.leave()
	}
}

// wait returns the rows that a trip has brought, or nil if the look-up has to run by
// itself.
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

// carry makes a trip for a group of look-ups. PostgreSQL does not run the statements of a
// batch after one that failed: those look-ups then run by themselves.
func (l *Lookups) carry(group []*lookup) {
	defer func() {
		for _, each := range group {
			close(each.found)
		}
	}()
	ctx, cancel := context.WithTimeout(withCallers(context.Background(), group), tripTime)
	defer cancel()
	conn, err := l.conn(ctx)
	if err != nil {
		return
	}
	defer l.pool.give(conn)
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

// Callers returns the contexts of the callers whose statements a batch contains, one for
// each statement, or nil when the batch has one caller.
func Callers(ctx context.Context) []context.Context {
	callers, _ := ctx.Value(callersKey{}).([]context.Context)
	return callers
}
