package pipeline

import (
	"context"
	"database/sql/driver"
)

type returningKey struct{}

// Returning saves the query with which ent reads a record after its UPDATE. The UPDATE gets
// a RETURNING clause. The rows that an Exec in this context returns are kept, and are the
// result of the next query in this context, which is not sent to the database.
func Returning(ctx context.Context) context.Context {
	return context.WithValue(ctx, returningKey{}, new(kept))
}

// IsReturning reports whether the context is one of Returning.
func IsReturning(ctx context.Context) bool { return keptIn(ctx) != nil }

// kept holds rows until they are asked for.
type kept struct{ rows *Rows }

func keptIn(ctx context.Context) *kept {
	k, _ := ctx.Value(returningKey{}).(*kept)
	return k
}

func (k *kept) take() *Rows {
	if k == nil {
		return nil
	}
	rows := k.rows
	k.rows = nil
	return rows
}

// execOrKeep runs a statement, and keeps the rows that it returns for the next query.
func (tx *Tx) execOrKeep(ctx context.Context, mayWait bool, s statement) (driver.Result, error) {
	k := keptIn(ctx)
	if k == nil {
		return tx.exec(ctx, mayWait, s)
	}
	rows, err := tx.read(ctx, s.text, s.args)
	if err != nil {
		return driver.ResultNoRows, err
	}
	n := rows.left()
	if n > 0 {
		k.rows = rows
	}
	return driver.RowsAffected(n), nil
}
