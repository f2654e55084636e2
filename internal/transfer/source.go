package transfer

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"entgo.io/ent/dialect/sql/schema"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// source is a snapshot of the database to copy.
type source struct {
	tx       *sql.Tx
	postgres bool
}

func openSource(ctx context.Context, db *store.DB) (*source, error) {
	options := &sql.TxOptions{ReadOnly: true}
	if isPostgres(db) {
		options.Isolation = sql.LevelRepeatableRead // as every SQLite transaction is
	}
	tx, err := db.ReadSQL().BeginTx(ctx, options)
	if err != nil {
		return nil, fmt.Errorf("copy: read %s: %w", db.Name(), err)
	}
	s := &source{tx: tx, postgres: isPostgres(db)}
	if s.postgres {
		if err := patient(ctx, tx); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

// patient removes PostgreSQL's time limits from a transaction.
func patient(ctx context.Context, tx *sql.Tx) error {
	for _, setting := range []string{"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"} {
		if _, err := tx.ExecContext(ctx, "SET LOCAL "+setting+" = 0"); err != nil {
			return fmt.Errorf("copy: set %s: %w", setting, err)
		}
	}
	return nil
}

// differs returns an error when the target is the source, whatever their addresses say:
// when its file is the same, or when it shows a lock that the snapshot of the source holds.
func (s *source) differs(ctx context.Context, from, to *store.DB) error {
	same := false
	switch {
	case s.postgres != isPostgres(to):
	case s.postgres:
		const lock = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))"
		name, got, free := rand.Text(), false, false
		err := s.tx.QueryRowContext(ctx, lock, name).Scan(&got)
		if err == nil {
			err = to.SQL().QueryRowContext(ctx, lock, name).Scan(&free)
		}
		if err != nil {
			return fmt.Errorf("copy: compare the databases: %w", err)
		}
		same = !free
	default:
		one, err := os.Stat(from.Name())
		other, otherErr := os.Stat(to.Name())
		if err := errors.Join(err, otherErr); err != nil {
			return fmt.Errorf("copy: compare the files: %w", err)
		}
		same = os.SameFile(one, other)
	}
	if same {
		return shop.Conflictf("the target is the source itself: copy into another database")
	}
	return nil
}

func (s *source) close() error {
	if err := s.tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) { // it only read
		return fmt.Errorf("copy: end the snapshot: %w", err)
	}
	return nil
}

func (s *source) count(ctx context.Context, table *schema.Table) (int64, error) {
	var n int64
	err := s.tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+store.Quote(table.Name)).Scan(&n)
	return n, err
}

// read begins to read a table in the order of its keys.
func (s *source) read(ctx context.Context, table *schema.Table, progress func(done int64)) (*reader, error) {
	rows, err := s.tx.QueryContext(ctx, selection(table)) //nolint:rowserrcheck // reader.close asks
	if err != nil {
		return nil, err
	}
	return &reader{rows: rows, row: newRow(table.Columns), digest: &digest{}, progress: progress}, nil
}

// selection returns the query for every column of every row.
func selection(table *schema.Table) string {
	return "SELECT " + store.Quote(namesOf(table.Columns)...) + " FROM " + store.Quote(table.Name) +
		" ORDER BY " + store.Quote(namesOf(table.PrimaryKey)...)
}

func namesOf(columns []*schema.Column) []string {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	return names
}

// lastID returns the last id that the source gave to a record of a table, even if that
// record no longer exists. It is 0 when there was none, or when the database does not
// assign the ids.
func (s *source) lastID(ctx context.Context, table *schema.Table) (int64, error) {
	if !counted(table) {
		return 0, nil
	}
	query := "SELECT MAX(seq) FROM sqlite_sequence WHERE name = $1"
	if s.postgres {
		query = "SELECT pg_sequence_last_value(pg_get_serial_sequence(quote_ident($1), 'id')::regclass)"
	}
	var last sql.NullInt64
	if err := s.tx.QueryRowContext(ctx, query, table.Name).Scan(&last); err != nil {
		return 0, fmt.Errorf("last id: %w", err)
	}
	return last.Int64, nil
}

// counted reports whether the database assigns the ids of a table.
func counted(table *schema.Table) bool {
	return len(table.PrimaryKey) == 1 && table.PrimaryKey[0].Increment && table.PrimaryKey[0].Name == "id"
}

// reader iterates over the rows of a table and computes their digest. It is the source of
// a COPY (pgx.CopyFromSource).
type reader struct {
	rows     *sql.Rows
	row      *row
	digest   *digest
	progress func(done int64)
	err      error
}

// progressEvery is the number of rows between two reports of progress.
const progressEvery = 1_000

// Next reads the next row.
func (r *reader) Next() bool {
	if r.err != nil || !r.rows.Next() {
		return false
	}
	if r.err = r.row.scan(r.rows); r.err != nil {
		return false
	}
	r.digest.add(r.row)
	if r.digest.rows%progressEvery == 0 {
		r.progress(r.digest.rows)
	}
	return true
}

// Values returns the values of the row. They are valid until the next call of Next.
func (r *reader) Values() ([]any, error) { return r.row.out, nil }

// Err returns the error that ended the reading early.
func (r *reader) Err() error { return errors.Join(r.err, r.rows.Err()) }

func (r *reader) close() error { return errors.Join(r.Err(), r.rows.Close()) }
