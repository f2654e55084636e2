package transfer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect/sql/schema"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/storekeeper/storekeeper/internal/store"
)

// target is the transaction that writes.
type target struct {
	conn     *sql.Conn
	tx       *sql.Tx
	postgres bool
}

// openTarget begins the transaction, locks the tables against other writers, and makes sure
// that they are empty, except for the checkpoints of jobs.
func openTarget(ctx context.Context, db *store.DB, tables []*schema.Table) (*target, error) {
	conn, err := db.SQL().Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("copy: write %s: %w", db.Name(), err)
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("copy: write %s: %w", db.Name(), err), conn.Close())
	}
	t := &target{conn: conn, tx: tx, postgres: isPostgres(db)}
	if err := t.prepare(ctx, tables); err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

func (t *target) prepare(ctx context.Context, tables []*schema.Table) error {
	if t.postgres {
		if err := patient(ctx, t.tx); err != nil {
			return err
		}
		names := make([]string, len(tables))
		for i, table := range tables {
			names[i] = table.Name
		}
		if _, err := t.tx.ExecContext(ctx, "LOCK TABLE "+store.Quote(names...)+" IN EXCLUSIVE MODE"); err != nil {
			return fmt.Errorf("copy: lock the target: %w", err)
		}
	} else if _, err := t.tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil { // rows may refer to later ones
		return fmt.Errorf("copy: defer foreign keys: %w", err)
	}
	// The checkpoints of an empty database say nothing: they are from when it was
	// reconciled while it was new.
	if _, err := t.tx.ExecContext(ctx, "DELETE FROM checkpoints"); err != nil {
		return fmt.Errorf("copy: forget how far the target was reconciled: %w", err)
	}
	for _, table := range tables {
		var one int
		err := t.tx.QueryRowContext(ctx, "SELECT 1 FROM "+store.Quote(table.Name)+" LIMIT 1").Scan(&one)
		if err == nil {
			return notEmpty(table)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("copy: look at the target: %w", err)
		}
	}
	return nil
}

func (t *target) write(ctx context.Context, table *schema.Table, rows *reader) error {
	if t.postgres {
		return t.copyIn(ctx, table, rows)
	}
	return t.insert(ctx, table, rows)
}

// copyIn writes with one COPY. PostgreSQL checks the references at its end.
func (t *target) copyIn(ctx context.Context, table *schema.Table, rows *reader) error {
	return t.conn.Raw(func(driver any) error {
		conn, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("COPY needs a connection of pgx, got %T", driver)
		}
		_, err := conn.Conn().CopyFrom(ctx, pgx.Identifier{table.Name}, namesOf(table.Columns), rows)
		return err
	})
}

// maxParameters is the most parameters of one statement. SQLite accepts 32766.
const maxParameters = 10_000

// insert writes with statements of many rows.
func (t *target) insert(ctx context.Context, table *schema.Table, rows *reader) error {
	columns := namesOf(table.Columns)
	size := min(100, maxParameters/len(columns))
	args := make([]any, 0, size*len(columns))
	flush := func() error {
		if len(args) == 0 {
			return nil
		}
		_, err := t.tx.ExecContext(ctx, store.Insertion(table.Name, columns, len(args)/len(columns)), args...)
		args = args[:0]
		return err
	}
	for rows.Next() {
		args = append(args, rows.row.out...)
		if len(args) == size*len(columns) {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// verify reads the table back and compares it with what was read from the source.
func (t *target) verify(ctx context.Context, table *schema.Table, want *digest) error {
	row, got := newRow(table.Columns), &digest{}
	err := store.Each(ctx, t.tx, func(rows *sql.Rows) error {
		if err := row.scan(rows); err != nil {
			return err
		}
		got.add(row)
		return nil
	}, selection(table))
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	if !got.equal(want) {
		return fmt.Errorf("verify: wrote %d rows with digest %s, but the target has %d with %s", want.rows, want, got.rows, got)
	}
	return nil
}

// continueAfter makes last+1 the next id of a table.
func (t *target) continueAfter(ctx context.Context, table *schema.Table, last int64) error {
	if last == 0 {
		return nil
	}
	statements := []string{
		"INSERT INTO sqlite_sequence (name, seq) SELECT $1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)",
		"UPDATE sqlite_sequence SET seq = MAX(seq, $2) WHERE name = $1",
	}
	args := [][]any{{table.Name}, {table.Name, last}}
	if t.postgres {
		statements = []string{"SELECT setval(pg_get_serial_sequence(quote_ident($1), 'id')::regclass, $2)"}
		args = [][]any{{table.Name, last}}
	}
	for i, statement := range statements {
		if _, err := t.tx.ExecContext(ctx, statement, args[i]...); err != nil {
			return fmt.Errorf("continue after id %d: %w", last, err)
		}
	}
	return nil
}

// close releases the connection and rolls back what was not committed.
func (t *target) close() error {
	err := t.tx.Rollback()
	if errors.Is(err, sql.ErrTxDone) {
		err = nil // it was committed, or ended with the context
	}
	return errors.Join(err, t.conn.Close())
}
