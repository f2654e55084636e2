package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
)

// Querier is a client of ent, a pool, a connection or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Each runs the query and calls read for every row, until read fails.
func Each(ctx context.Context, q Querier, read func(*sql.Rows) error, query string, args ...any) (err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := read(rows); err != nil {
			return fmt.Errorf("read a row: %w", err)
		}
	}
	return rows.Err()
}

// All runs the query and returns every row as read by the function.
func All[T any](
	ctx context.Context, client *ent.Client, read func(*entsql.Rows, *T) error, query string, args ...any,
) (out []T, err error) {
	rows, err := client.Rows(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var row T
		if err := read(rows, &row); err != nil {
			return nil, fmt.Errorf("read a row: %w", err)
		}
		out = append(out, row)
	}
	return out, rows.Err()
}
