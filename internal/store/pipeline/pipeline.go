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
// known; what returns rows does not wait. Should the database refuse such a
// write, it is the later statement that fails. SQLite, which is in the same
// process, takes no notice.
func Later(ctx context.Context) context.Context { return context.WithValue(ctx, laterKey{}, true) }

// Along makes a query take with it what waits, as parts of its WITH clause, which
// costs PostgreSQL less than one statement after the other. All of them then see
// the tables as they were before (section 7.8.4 of PostgreSQL's manual), so that it
// is for queries that do not look at what waits. Its foreign keys may: they are
// checked when all is done.
func Along(ctx context.Context) context.Context { return context.WithValue(ctx, alongKey{}, true) }

// Apart keeps what is Later out of the statement that Along makes: it goes before that
// one, in the same round trip, and is done when that one begins to look at the tables.
// A lock must be.
func Apart(ctx context.Context) context.Context { return context.WithValue(ctx, apartKey{}, true) }

// MayEnd says that whoever began the transaction writes nothing after what the
// context is given to, so that the Last of its statements may commit.
func MayEnd(ctx context.Context) context.Context { return context.WithValue(ctx, mayEndKey{}, true) }

// Again says that the transaction is run once more, after something had come to
// nothing: what was tried because it mostly succeeds is now done in the way that
// always does. Such a transaction ends with a COMMIT of its own.
func Again(ctx context.Context) context.Context { return context.WithValue(ctx, againKey{}, true) }

// IsAgain reports whether Again was said.
func IsAgain(ctx context.Context) bool { return marked(ctx, againKey{}) }

// Ending reports whether MayEnd was said, of a transaction that is run for the
// first time.
func Ending(ctx context.Context) bool { return marked(ctx, mayEndKey{}) && !IsAgain(ctx) }

// Last lets a query be committed in its own round trip, so that what it locks is
// locked for no longer than the database itself needs. It is for the last
// statement of a transaction that MayEnd: none can follow it, and its result
// cannot be refused. One that finds that it must not be committed divides by zero,
// because portable SQL has no other way to fail at will: it gets ErrRefused.
func Last(ctx context.Context) context.Context { return context.WithValue(ctx, lastKey{}, true) }

// ErrRefused is the error of a Last query that has refused to be committed. The
// transaction is to be run again, where it must not end so, to find out why.
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
