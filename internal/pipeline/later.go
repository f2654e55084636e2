// Package pipeline lets the writes of a transaction of PostgreSQL travel
// together, to save round trips.
package pipeline

import "context"

type laterKey struct{}

type alongKey struct{}

// Later lets writes inside a transaction of PostgreSQL wait for the next
// statement of the transaction, or for its commit, to save their round trips.
// It is for writes whose result nobody reads, as an INSERT of a row whose id is
// known; what returns rows does not wait. Should the database refuse such a
// write, it is the later statement that fails. SQLite, which is in the same
// process, takes no notice.
func Later(ctx context.Context) context.Context { return context.WithValue(ctx, laterKey{}, true) }

// Along makes a statement take with it what waits, as parts of its WITH clause.
// All of them then see the tables as they were before (section 7.8.4 of
// PostgreSQL's manual), so that it is for statements that do not look at what
// waits. Its foreign keys may: they are checked when all is done.
func Along(ctx context.Context) context.Context { return context.WithValue(ctx, alongKey{}, true) }

func marked(ctx context.Context, key any) bool {
	is, _ := ctx.Value(key).(bool)
	return is
}
