package seed

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// copier loads rows with PostgreSQL's COPY.
type copier struct {
	conn *sql.Conn
}

func (c *copier) load(ctx context.Context, table string, columns []string, n int, row func(int, []any) []any) error {
	err := c.conn.Raw(func(driver any) error {
		conn, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("COPY needs a connection of pgx, got %T", driver)
		}
		_, err := conn.Conn().CopyFrom(ctx, pgx.Identifier{table}, columns, &source{n: n, row: row})
		return err
	})
	if err != nil {
		return fmt.Errorf("seed: copy into %s: %w", table, err)
	}
	return nil
}

// source feeds pgx one row at a time, each in the place of the one before.
type source struct {
	i, n   int
	row    func(int, []any) []any
	values []any
}

func (s *source) Next() bool {
	if s.i == s.n {
		return false
	}
	s.values = s.row(s.i, s.values[:0])
	s.i++
	return true
}

func (s *source) Values() ([]any, error) { return s.values, nil }

func (s *source) Err() error { return nil }
