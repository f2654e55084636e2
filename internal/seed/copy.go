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
		var values []any // reused for every row
		_, err := conn.Conn().CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) {
			values = row(i, values[:0])
			return values, nil
		}))
		return err
	})
	if err != nil {
		return fmt.Errorf("seed: copy into %s: %w", table, err)
	}
	return nil
}
