// Package pipeline speaks to PostgreSQL for ent: through pgx itself, and in as few
// round trips as a transaction needs.
package pipeline

import (
	"context"
	"errors"
)

type laterKey struct{}

type alongKey struct{}

type apartKey struct{}

type mayEndKey struct{}

type lastKey struct{}

type againKey struct{}

// Later lets writes inside a transaction of PostgreSQL wait for the next
// statement of the transaction, or for its commit, to save their round trips.
// It is for writes whose result nobody reads, as an INSERT of a row whose id is
// known; a statement that returns rows does not wait. When the database refuses such a
// write, the later statement gets the error. SQLite, which is in the same process,
// takes no notice.
func Later(ctx context.Context) context.Context { return context.WithValue(ctx, laterKey{}, true) }

// Along makes the writes that wait parts of a query's WITH clause, which costs
// PostgreSQL less than one statement after the other. All of them then see the tables
// as they were before (section 7.8.4 of PostgreSQL's manual), so it is for queries that
// do not read what the waiting writes change. Foreign keys may refer to it: they are
// checked at the end of the statement.
func Along(ctx context.Context) context.Context { return context.WithValue(ctx, alongKey{}, true) }

// Apart keeps a write that is Later out of the WITH clause that Along makes: it goes
// before that query as a statement of its own, in the same round trip, and has taken
// effect when the query begins to read the tables. A lock needs that.
func Apart(ctx context.Context) context.Context { return context.WithValue(ctx, apartKey{}, true) }

// MayEnd says that whoever began the transaction writes nothing after the call that
// gets the context, so that a statement under Last may commit the transaction.
func MayEnd(ctx context.Context) context.Context { return context.WithValue(ctx, mayEndKey{}, true) }

// Again says that the transaction is run once more because the first run failed. What
// was done in a way that is fast and mostly succeeds is now done in the way that always
// succeeds. Such a transaction ends with a COMMIT of its own.
func Again(ctx context.Context) context.Context { return context.WithValue(ctx, againKey{}, true) }

// IsAgain reports whether Again was said.
func IsAgain(ctx context.Context) bool { return marked(ctx, againKey{}) }

// Ending reports whether MayEnd was said, of a transaction that is run for the
// first time.
func Ending(ctx context.Context) bool { return marked(ctx, mayEndKey{}) && !IsAgain(ctx) }

// Last lets a query be committed in its own round trip, so that its locks are held for
// no longer than the database itself needs. It is for the last statement of a
// transaction that MayEnd: no statement can follow it, and its result can no longer be
// rejected. A query that finds that it must not be committed divides by zero, because
// portable SQL has no other way to fail on purpose; its error is ErrRefused.
func Last(ctx context.Context) context.Context { return context.WithValue(ctx, lastKey{}, true) }

// ErrRefused is the error of a query under Last that refused to be committed. The
// transaction has to be run again under Again, which finds out why.
var ErrRefused = errors.New("the last statement of the transaction was refused")

func marked(ctx context.Context, key any) bool {
	is, _ := ctx.Value(key).(bool)
	return is
}

// UnsureError is the error of a commit whose answer was lost: the transaction may
// have been committed.
type UnsureError struct{ error }

// Unwrap returns why the answer did not come.
func (e *UnsureError) Unwrap() error { return e.error }
