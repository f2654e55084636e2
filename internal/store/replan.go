package store

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"errors"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// Replan makes PostgreSQL plan every query in this context for the values of its arguments,
// instead of using a prepared plan. It is for queries whose best plan depends on their
// values, such as lists with filters and searches. After five executions PostgreSQL plans a
// prepared query without its values; a search for something rare may then scan the whole
// table: 300 to 1,300 ms instead of 0.4 to 10 ms with 300,000 products.
//
// It costs no round trip, except that in a transaction the query does not travel together
// with what waits. It has no effect on SQLite.
func Replan(ctx context.Context) context.Context { return pipeline.Replan(ctx) }

// WithoutBitmaps runs a query in a transaction in such a way that PostgreSQL reads no bitmap
// of an index for it, and so no trigram index. PostgreSQL takes that for a cheap way to
// compare a column with a thousand values, but each takes it milliseconds, where a unique
// index takes microseconds. It has no effect on SQLite.
func WithoutBitmaps(ctx context.Context, tx *ent.Client, query func() error) error {
	if tx.Dialect() != dialect.Postgres {
		return query()
	}
	set := func(to string) error {
		_, err := tx.ExecContext(pipeline.Apart(pipeline.Later(ctx)), "SET LOCAL enable_bitmapscan TO "+to)
		return err
	}
	if err := set("off"); err != nil {
		return err
	}
	if err := query(); err != nil {
		return err
	}
	return set("DEFAULT")
}

type lookupKey struct{}

// Lookup says that every query in this context finds a few records by an index, so quickly
// that the queries of several callers can wait for each other: those that arrive while
// PostgreSQL answers earlier ones are sent together, in one round trip. Each query sees
// everything that was committed before it was asked.
//
// It applies to queries of Client and Reader outside transactions. It has no effect on
// SQLite.
func Lookup(ctx context.Context) context.Context { return context.WithValue(ctx, lookupKey{}, true) }

type slowKey struct{}

// Slow says that queries in this context may take long, such as those of lists and reports.
// They use three quarters of the connections at most, so that they do not hold up a checkout
// or a login.
//
// It applies to queries of Client and Reader outside transactions. It has no effect on
// SQLite, and none on those of Lookup.
func Slow(ctx context.Context) context.Context { return context.WithValue(ctx, slowKey{}, true) }

// Patient makes transactions and queries in this context wait for a connection as long as
// the context lasts, whatever MaxWait is. It is for work that has begun long ago, that is
// expected to take long, or for which nobody waits.
func Patient(ctx context.Context) context.Context { return pipeline.Patient(ctx) }

func isSlow(ctx context.Context) bool {
	is, _ := ctx.Value(slowKey{}).(bool)
	return is
}

func isLookup(ctx context.Context) bool {
	is, _ := ctx.Value(lookupKey{}).(bool)
	return is
}

// planner is a driver for PostgreSQL that honours Replan and Lookup, and whose transactions
// honour what package pipeline says of a context. It passes pgx the mode as an
// argument before the others.
type planner struct {
	*entsql.Driver

	conn    *stdsql.Conn      // that every query goes to; nil for any of the pool
	pool    *pipeline.Pool    // of all others; nil where conn is not
	lookups *pipeline.Lookups // of the pool
}

// Query implements dialect.Driver.
func (p planner) Query(ctx context.Context, query string, args, v any) error {
	values, listed := args.([]any)
	into, wanted := v.(*entsql.Rows)
	if !listed || !wanted {
		return p.Driver.Query(ctx, query, args, v)
	}
	values = pipeline.WithMode(ctx, values)
	read, err := fresh(func() (*pipeline.Rows, error) { return p.read(ctx, query, values) })
	if errors.Is(err, driver.ErrBadConn) && p.conn == nil {
		return p.Driver.Query(ctx, query, values, v)
	}
	if err != nil {
		return err
	}
	into.ColumnScanner = read
	return nil
}

func (p planner) read(ctx context.Context, query string, args []any) (*pipeline.Rows, error) {
	if p.conn != nil {
		return pipeline.Read(ctx, p.conn, query, args)
	}
	if isLookup(ctx) {
		return p.lookups.Read(ctx, query, args)
	}
	return p.pool.Read(ctx, isSlow(ctx), query, args)
}

// QueryContext serves the client's method of that name.
func (p planner) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	return fresh(func() (*stdsql.Rows, error) {
		return p.Driver.QueryContext(ctx, query, pipeline.WithMode(ctx, args)...)
	})
}

// staleTries limits how often a query is repeated because its connection had prepared it
// before a migration. Each connection fails once, because pgx then drops what was prepared.
const staleTries = 10

// fresh runs a query, and repeats it while it meets such connections.
func fresh[R any](query func() (R, error)) (rows R, err error) {
	for range staleTries {
		if rows, err = query(); !stale(err) {
			break
		}
	}
	return rows, err
}

// stale reports whether PostgreSQL refused a prepared statement because a migration has
// changed the type of its result. The error code alone only says that something is not
// supported.
func stale(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == pgFeatureNotSupported && pg.Routine == "RevalidateCachedQuery"
}

// Tx implements dialect.Driver.
func (p planner) Tx(ctx context.Context) (dialect.Tx, error) { return p.BeginTx(ctx, nil) }

// BeginTx serves the client's method of that name. There is one kind of transaction.
func (p planner) BeginTx(ctx context.Context, options *stdsql.TxOptions) (dialect.Tx, error) {
	if options != nil && *options != (stdsql.TxOptions{}) {
		return nil, errors.New("store: transactions take no options")
	}
	return pipeline.Begin(ctx, p.pool)
}
