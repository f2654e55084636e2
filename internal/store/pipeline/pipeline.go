// Package pipeline runs ent's statements on PostgreSQL through pgx itself, and in as few
// round trips as a transaction needs.
package pipeline

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

type laterKey struct{}

type alongKey struct{}

type apartKey struct{}

type mayEndKey struct{}

type lastKey struct{}

type againKey struct{}

type replanKey struct{}

// Later lets a write in a transaction wait for the transaction's next statement, or for its
// commit, and travel with it, which saves a round trip. It is for writes whose result
// nobody reads, such as an INSERT of a row with a known id. A statement that returns rows
// does not wait. If the database refuses the write, the later statement returns the error.
// It has no effect on SQLite.
func Later(ctx context.Context) context.Context { return context.WithValue(ctx, laterKey{}, true) }

// Along puts the waiting writes into the WITH clause of a query, which costs PostgreSQL
// less than separate statements. All of them then see the tables as they were before
// (section 7.8.4 of PostgreSQL's manual), so it is for queries that do not read what the
// waiting writes change. Foreign keys between them are allowed: they are checked at the end
// of the statement.
func Along(ctx context.Context) context.Context { return context.WithValue(ctx, alongKey{}, true) }

// Apart keeps a write that is Later out of the WITH clause that Along makes. It is sent
// before that query as a statement of its own, in the same round trip, and has taken effect
// when the query starts to read. A lock needs that.
func Apart(ctx context.Context) context.Context { return context.WithValue(ctx, apartKey{}, true) }

// MayEnd says that the caller who began the transaction writes nothing after the call that
// gets this context. A statement with Last may then commit the transaction.
func MayEnd(ctx context.Context) context.Context { return context.WithValue(ctx, mayEndKey{}, true) }

// Again says that the transaction is run once more because the first run failed. Whatever
// was done in a way that is fast and usually succeeds is now done in the way that always
// does. Such a transaction ends with a COMMIT of its own.
func Again(ctx context.Context) context.Context { return context.WithValue(ctx, againKey{}, true) }

// IsAgain reports whether the context is one of Again.
func IsAgain(ctx context.Context) bool { return marked(ctx, againKey{}) }

// Ending reports whether the context is one of MayEnd in the first run of a transaction.
func Ending(ctx context.Context) bool { return marked(ctx, mayEndKey{}) && !IsAgain(ctx) }

// Last lets a query be committed in its own round trip, so that its locks are held no
// longer than the database itself needs. It is for the last statement of a transaction with
// MayEnd: no statement can follow it, and its result can no longer be rejected. A query
// that finds that it must not be committed divides by zero, because portable SQL has no
// other way to fail on purpose. Its error is ErrRefused.
func Last(ctx context.Context) context.Context { return context.WithValue(ctx, lastKey{}, true) }

// ErrRefused is the error of a query under Last that refused to be committed. The
// transaction has to be run again under Again, which finds out why.
var ErrRefused = errors.New("the last statement of the transaction was refused")

// Replan makes PostgreSQL plan every query in this context for the values of its arguments
// (see store.Replan). It does not go together with Along and Last.
func Replan(ctx context.Context) context.Context { return context.WithValue(ctx, replanKey{}, true) }

// WithMode puts pgx's mode for Replan before the arguments of a query.
func WithMode(ctx context.Context, args []any) []any {
	if len(args) == 0 || !marked(ctx, replanKey{}) {
		return args
	}
	return append([]any{pgx.QueryExecModeCacheDescribe}, args...)
}

func marked(ctx context.Context, key any) bool {
	is, _ := ctx.Value(key).(bool)
	return is
}

// UnsureError is the error of a commit whose answer was lost: the transaction may
// have been committed.
type UnsureError struct{ error }

// Unwrap returns why the answer did not come.
func (e *UnsureError) Unwrap() error { return e.error }
