package pipeline

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"

	entsql "entgo.io/ent/dialect/sql"
)

// Tx is a transaction of PostgreSQL that honours Later and Along. Statements come
// from one goroutine at a time, as those of any transaction.
type Tx struct {
	*entsql.Tx

	waiting []statement
	ctx     context.Context //nolint:containedctx // of the first that waits, for Commit has none
}

// Exec implements dialect.Tx.
func (tx *Tx) Exec(ctx context.Context, query string, args, v any) error {
	values, ok := args.([]any)
	if ok && v == nil && marked(ctx, laterKey{}) {
		tx.wait(ctx, query, values)
		return nil
	}
	if err := tx.flush(ctx); err != nil {
		return err
	}
	return tx.Tx.Exec(ctx, query, args, v) //nolint:wrapcheck // the driver's own
}

// ExecContext serves the client's method of that name.
func (tx *Tx) ExecContext(ctx context.Context, query string, args ...any) (stdsql.Result, error) {
	if marked(ctx, laterKey{}) {
		tx.wait(ctx, query, args)
		return driver.ResultNoRows, nil
	}
	if err := tx.flush(ctx); err != nil {
		return nil, err
	}
	return tx.Tx.ExecContext(ctx, query, args...) //nolint:wrapcheck // the driver's own
}

// Query implements dialect.Tx.
func (tx *Tx) Query(ctx context.Context, query string, args, v any) error {
	if err := tx.flush(ctx); err != nil {
		return err
	}
	return tx.Tx.Query(ctx, query, args, v) //nolint:wrapcheck // the driver's own
}

// QueryContext serves the client's method of that name.
func (tx *Tx) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	if marked(ctx, alongKey{}) {
		query, args = together(tx.waiting, query, args)
		tx.waiting = nil
	} else if err := tx.flush(ctx); err != nil {
		return nil, err
	}
	return tx.Tx.QueryContext(ctx, query, args...) //nolint:wrapcheck // the driver's own
}

// Commit implements driver.Tx.
func (tx *Tx) Commit() error {
	if err := tx.flush(tx.ctx); err != nil {
		return err
	}
	return tx.Tx.Commit() //nolint:wrapcheck // the driver's own
}

func (tx *Tx) wait(ctx context.Context, query string, args []any) {
	if len(tx.waiting) == 0 {
		tx.ctx = context.WithoutCancel(ctx)
	}
	tx.waiting = append(tx.waiting, statement{query, args})
}

// flush runs what waits, in one statement.
func (tx *Tx) flush(ctx context.Context) error {
	if len(tx.waiting) == 0 {
		return nil
	}
	last := len(tx.waiting) - 1
	query, args := together(tx.waiting[:last], tx.waiting[last].text, tx.waiting[last].args)
	tx.waiting = nil
	return tx.Tx.Exec(ctx, query, args, nil) //nolint:wrapcheck // the driver's own
}
