package seed

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/storekeeper/storekeeper/internal/store"
)

// inserter loads rows with prepared statements of many rows each.
type inserter struct {
	tx *sql.Tx
}

// insertRows is how many rows one statement inserts. More would not be faster.
const insertRows = 100

func (l *inserter) load(ctx context.Context, table string, columns []string, n int, row func(int, []any) []any) error {
	args := make([]any, 0, insertRows*len(columns))
	for from := 0; from < n; {
		size := min(insertRows, n-from)
		statement, err := l.tx.PrepareContext(ctx, store.Insertion(table, columns, size))
		if err != nil {
			return fmt.Errorf("seed: insert into %s: %w", table, err)
		}
		for ; n-from >= size; from += size {
			args = args[:0]
			for i := from; i < from+size; i++ {
				args = row(i, args)
			}
			if _, err = statement.ExecContext(ctx, args...); err != nil {
				break
			}
		}
		if closed := statement.Close(); err == nil { //nolint:sqlclosecheck // one statement for each size, not one for all
			err = closed
		}
		if err != nil {
			return fmt.Errorf("seed: insert into %s: %w", table, err)
		}
		if from == n {
			break
		}
	}
	return nil
}
