package pipeline

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

type heldKey struct{}

// heldQuery is a query of a record by its id.
type heldQuery struct {
	text string
	id   int64
}

// Held says that the transaction has locked what queries by an id FOR SHARE will find, and
// deletes none of it. In this context each such query is sent once, however often a rule
// asks it.
func Held(ctx context.Context) context.Context {
	return context.WithValue(ctx, heldKey{}, map[heldQuery]Rows{})
}

// readOnce is read, except for what it has read and is held.
func (tx *Tx) readOnce(ctx context.Context, query string, values []any) (*Rows, error) {
	held, _ := ctx.Value(heldKey{}).(map[heldQuery]Rows)
	if held == nil || len(values) != 1 || !strings.HasSuffix(query, " FOR SHARE") {
		return tx.read(ctx, query, values)
	}
	id, ok := values[0].(int64)
	if !ok {
		return tx.read(ctx, query, values)
	}
	key := heldQuery{query, id}
	if rows, known := held[key]; known {
		rows.types, _ = types.Get().(*pgtype.Map)
		return &rows, nil
	}
	rows, err := tx.read(ctx, query, values)
	if err == nil {
		held[key] = *rows
	}
	return rows, err
}
