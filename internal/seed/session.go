package seed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
)

// session is the transaction in which a shop is seeded.
type session struct {
	loader

	conn    *sql.Conn
	tx      *sql.Tx
	dialect string
	dropped []string // statements that recreate what strip dropped
}

// tables are all tables that are written, each after those that it refers to.
var tables = []string{
	categoryTable.name, productTable.name, customerTable.name, cartTable.name,
	orderTable.name, itemTable.name, eventTable.name, movementTable.name,
}

// begin opens the transaction and keeps other writers out until it ends, so that ids,
// SKUs and email addresses can be assigned without looking again.
func begin(ctx context.Context, db *store.DB) (*session, error) {
	conn, err := db.SQL().Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("seed: connect: %w", err)
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("seed: begin: %w", err), conn.Close())
	}
	s := &session{conn: conn, tx: tx, dialect: db.Dialect()}
	if s.dialect == dialect.Postgres {
		s.loader = &copier{conn: conn}
		err = s.settle(ctx)
	} else {
		s.loader = &inserter{tx: tx}
	}
	if err != nil {
		return nil, errors.Join(err, s.end())
	}
	return s, nil
}

// settle prepares a PostgreSQL transaction that may take minutes. Its lock does not block
// readers.
func (s *session) settle(ctx context.Context) error {
	return s.exec(ctx,
		"SET LOCAL statement_timeout = 0",
		"SET LOCAL idle_in_transaction_session_timeout = 0",
		"LOCK TABLE "+store.Quote(tables...)+" IN SHARE ROW EXCLUSIVE MODE",
	)
}

// note records the new products in product_changes for package summary. In an empty shop
// that is not needed: there the summaries read all products before they count the first
// order.
func (s *session) note(ctx context.Context, found inventory) error {
	if found.empty {
		return nil
	}
	_, err := s.tx.ExecContext(ctx, "INSERT INTO product_changes (created_at, product_id)"+
		" SELECT created_at, id FROM products WHERE id > $1 ORDER BY id", found.last.product)
	if err != nil {
		return fmt.Errorf("seed: note new products: %w", err)
	}
	return nil
}

// commit makes the ids continue after the seeded rows, which SQLite does by itself, and
// then commits.
func (s *session) commit(ctx context.Context) error {
	if s.dialect == dialect.Postgres {
		for _, table := range tables {
			//nolint:gosec // the names of our tables
			query := "SELECT setval(seq, GREATEST(last, pg_sequence_last_value(seq)))" +
				" FROM (SELECT pg_get_serial_sequence($1, 'id')::regclass AS seq, max(id) AS last FROM " + store.Quote(table) + ") t" +
				" WHERE last IS NOT NULL"
			if _, err := s.tx.ExecContext(ctx, query, table); err != nil {
				return fmt.Errorf("identity of %s: %w", table, err)
			}
		}
	}
	return s.tx.Commit()
}

// end releases the connection and rolls back what was not committed.
func (s *session) end() error {
	err := s.tx.Rollback()
	if errors.Is(err, sql.ErrTxDone) {
		err = nil // it was committed, or rolled back when the context ended
	}
	return errors.Join(err, s.conn.Close())
}

// analyze updates the planner's statistics for the new rows. SQLite, which never does so by
// itself, learns nothing of the other tables: what little is in them now would be its measure
// of years of audit trail.
func analyze(ctx context.Context, db *store.DB) error {
	statements := []string{"VACUUM (ANALYZE) " + store.Quote(tables...)}
	if db.Dialect() == dialect.SQLite {
		statements = make([]string, 0, len(tables)+1)
		for _, table := range tables {
			statements = append(statements, "ANALYZE "+store.Quote(table))
		}
		statements = append(statements, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	for _, statement := range statements {
		if _, err := db.SQL().ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("seed: %s: %w", statement, err)
		}
	}
	return nil
}
