package migration

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"ariga.io/atlas/sql/schema"

	"github.com/storekeeper/storekeeper/internal/store"
)

// withoutForeignKeys runs fn while SQLite does not enforce foreign keys on the connection.
// Enforcing them would delete or refuse the rows that refer to a table that is being
// rebuilt. It must be called outside of a transaction, because SQLite ignores the pragma
// inside one.
func (s *session) withoutForeignKeys(ctx context.Context, fn func() error) error {
	return s.while(ctx, "PRAGMA foreign_keys = off", "PRAGMA foreign_keys = on", fn)
}

// sqliteTransaction runs fn in a transaction, which takes the write lock at once. It rolls
// back if fn broke references.
func (s *session) sqliteTransaction(ctx context.Context, fn func(schema.ExecQuerier) error) error {
	tx, err := s.beginSQLite(ctx)
	if err != nil {
		return err
	}
	return finish(tx.Commit, tx.Rollback, keepReferences(ctx, tx, fn))
}

// beginSQLite waits for the write lock, even if another migration takes longer than SQLite
// itself would wait.
func (s *session) beginSQLite(ctx context.Context) (*sql.Tx, error) {
	deadline := time.Now().Add(s.wait)
	for {
		tx, err := s.conn.BeginTx(ctx, nil) // the connection's transactions are immediate
		switch {
		case err == nil:
			return tx, nil
		case !store.Retryable(err):
			return nil, fmt.Errorf("begin: %w", err)
		case time.Now().After(deadline):
			return nil, fmt.Errorf("another program writes to this database, and did not end within %v: %w", s.wait, err)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("begin: %w", ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// reference is a row that refers to one that does not exist.
type reference struct {
	table  string
	row    sql.NullInt64
	parent string
	key    int64
}

func keepReferences(ctx context.Context, tx *sql.Tx, fn func(schema.ExecQuerier) error) error {
	before, err := brokenReferences(ctx, tx)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	after, err := brokenReferences(ctx, tx)
	if err != nil {
		return err
	}
	var broken []string
	for found := range after {
		if !before[found] {
			broken = append(broken, fmt.Sprintf("row %d of %s refers to a row of %s", found.row.Int64, found.table, found.parent))
		}
	}
	if len(broken) == 0 {
		return nil
	}
	return fmt.Errorf("%d references would point nowhere, for example: %s", len(broken), strings.Join(broken[:min(3, len(broken))], "; "))
}

func brokenReferences(ctx context.Context, tx *sql.Tx) (map[reference]bool, error) {
	broken := make(map[reference]bool)
	err := store.Each(ctx, tx, func(rows *sql.Rows) error {
		var found reference
		err := rows.Scan(&found.table, &found.row, &found.parent, &found.key)
		broken[found] = true
		return err
	}, "PRAGMA foreign_key_check")
	if err != nil {
		return nil, fmt.Errorf("check foreign keys: %w", err)
	}
	return broken, nil
}
