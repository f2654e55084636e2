package migration

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
)

// driver is Atlas's driver on one connection or in one transaction.
type driver struct {
	migrate.Driver
	migrate.StmtScanner

	conn    schema.ExecQuerier
	dialect string
}

func openDriver(name string, conn schema.ExecQuerier) (*driver, error) {
	open := postgres.Open
	if name == dialect.SQLite {
		open = sqlite.Open
	}
	inner, err := open(conn)
	if err != nil {
		return nil, fmt.Errorf("inspect the database: %w", err)
	}
	scanner, ok := inner.(migrate.StmtScanner)
	if !ok {
		return nil, errors.New("inspect the database: only PostgreSQL and SQLite are supported")
	}
	return &driver{Driver: inner, StmtScanner: scanner, conn: conn, dialect: name}, nil
}

// CheckClean returns an error when a database without history has tables already, apart
// from those of extensions. Unlike Atlas's own check it ignores other schemas of the same
// PostgreSQL database.
func (d *driver) CheckClean(ctx context.Context, ident *migrate.TableIdent) error {
	query := `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> $1
		AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.classid = 'pg_class'::regclass AND e.deptype = 'e')
		ORDER BY c.relname LIMIT 1`
	if d.dialect == dialect.SQLite {
		query = `SELECT name FROM sqlite_master
			WHERE type = 'table' AND name <> ? AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name LIMIT 1`
	}
	var table string
	err := store.Each(ctx, d.conn, func(rows *sql.Rows) error { return rows.Scan(&table) }, query, ident.Name)
	if err != nil {
		return fmt.Errorf("look for tables: %w", err)
	}
	if table == "" {
		return nil
	}
	return &migrate.NotCleanError{Reason: fmt.Sprintf("it has the table %q, but no history of migrations", table)}
}
