package migration

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/schema"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/store"
)

// historyTable is the table in which Atlas's command line keeps its history too.
const historyTable = "atlas_schema_revisions"

// The schemas that contain the history and the shop's tables. Atlas's command line keeps
// its history there too when it is told `revisions_schema = "public"`, or opens an SQLite
// file.
const (
	postgresSchema = "public"
	sqliteSchema   = "main"
)

// cloudIdentifier is the version of a row that is not a revision: Atlas's command line
// stores its identifier of the database there.
const cloudIdentifier = ".atlas_cloud_identifier"

// createTable creates the history in a schema. Its arguments are the types of versions,
// numbers, times and JSON, and the schema.
const createTable = `CREATE TABLE IF NOT EXISTS %[5]s."atlas_schema_revisions" (
  "version" %[1]s NOT NULL,
  "description" %[1]s NOT NULL,
  "type" %[2]s NOT NULL DEFAULT 2,
  "applied" %[2]s NOT NULL DEFAULT 0,
  "total" %[2]s NOT NULL DEFAULT 0,
  "executed_at" %[3]s NOT NULL,
  "execution_time" %[2]s NOT NULL,
  "error" text NULL,
  "error_stmt" text NULL,
  "hash" %[1]s NOT NULL,
  "partial_hashes" %[4]s NULL,
  "operator_version" %[1]s NOT NULL,
  PRIMARY KEY ("version")
)`

var historyColumns = []string{
	"version", "description", "type", "applied", "total", "executed_at", "execution_time",
	"error", "error_stmt", "hash", "partial_hashes", "operator_version",
}

// history reads and writes the table on one connection or in one transaction. It
// implements Atlas's storage of revisions.
type history struct {
	conn    schema.ExecQuerier
	dialect string
}

var _ migrate.RevisionReadWriter = history{}

// create creates the table if it is missing.
func (h history) create(ctx context.Context) error {
	statement := fmt.Sprintf(createTable, "character varying", "bigint", "timestamptz", "jsonb", postgresSchema)
	if h.dialect == dialect.SQLite {
		statement = fmt.Sprintf(createTable, "text", "integer", "datetime", "json", sqliteSchema)
	}
	if _, err := h.conn.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("create the table %s: %w", historyTable, err)
	}
	return nil
}

// exists reports whether the database has the table.
func (h history) exists(ctx context.Context) (bool, error) {
	query, arg := `SELECT 1 WHERE to_regclass($1) IS NOT NULL`, postgresSchema+"."+historyTable
	if h.dialect == dialect.SQLite {
		query, arg = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`, historyTable
	}
	found := false
	err := store.Each(ctx, h.conn, func(*sql.Rows) error {
		found = true
		return nil
	}, query, arg)
	if err != nil {
		return false, fmt.Errorf("look for the table %s: %w", historyTable, err)
	}
	return found, nil
}

// Ident returns the name of the table.
func (h history) Ident() *migrate.TableIdent {
	return &migrate.TableIdent{Name: historyTable, Schema: schemaOf(h.dialect)}
}

func schemaOf(name string) string {
	if name == dialect.SQLite {
		return sqliteSchema
	}
	return postgresSchema
}

// ReadRevisions returns the applied revisions, oldest first.
func (h history) ReadRevisions(ctx context.Context) ([]*migrate.Revision, error) {
	return h.read(ctx, entsql.NEQ("version", cloudIdentifier))
}

// ReadRevision returns one revision. The error is migrate.ErrRevisionNotExist if it was
// never applied.
func (h history) ReadRevision(ctx context.Context, version string) (*migrate.Revision, error) {
	revisions, err := h.read(ctx, entsql.And(entsql.EQ("version", version), entsql.NEQ("version", cloudIdentifier)))
	if err != nil {
		return nil, err
	}
	if len(revisions) == 0 {
		return nil, migrate.ErrRevisionNotExist
	}
	return revisions[0], nil
}

func (h history) read(ctx context.Context, where *entsql.Predicate) ([]*migrate.Revision, error) {
	query, args := entsql.Dialect(h.dialect).Select(historyColumns...).
		From(entsql.Table(historyTable).Schema(schemaOf(h.dialect))).
		Where(where).OrderBy("version").Query()
	var revisions []*migrate.Revision
	err := store.Each(ctx, h.conn, func(rows *sql.Rows) error {
		revision, err := scanRevision(rows)
		revisions = append(revisions, revision)
		return err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the history of migrations: %w", err)
	}
	return revisions, nil
}

func scanRevision(rows *sql.Rows) (*migrate.Revision, error) {
	var (
		r                      migrate.Revision
		failure, statement, ph sql.NullString
		took                   int64
	)
	err := rows.Scan(&r.Version, &r.Description, &r.Type, &r.Applied, &r.Total, &r.ExecutedAt, &took,
		&failure, &statement, &r.Hash, &ph, &r.OperatorVersion)
	if err != nil {
		return nil, err
	}
	r.ExecutionTime, r.Error, r.ErrorStmt = time.Duration(took), failure.String, statement.String
	if ph.String != "" {
		if err := json.Unmarshal([]byte(ph.String), &r.PartialHashes); err != nil {
			return nil, fmt.Errorf("partial hashes of %s: %w", r.Version, err)
		}
	}
	return &r, nil
}

// WriteRevision adds the revision or updates it. An update keeps the description and the
// time of the first execution.
func (h history) WriteRevision(ctx context.Context, r *migrate.Revision) error {
	hashes, err := json.Marshal(r.PartialHashes) // null if the file was applied completely
	if err != nil {
		return fmt.Errorf("write the history of migrations: %w", err)
	}
	query, args := entsql.Dialect(h.dialect).Insert(historyTable).Schema(schemaOf(h.dialect)).
		Columns(historyColumns...).
		Values(r.Version, r.Description, int64(r.Type), //nolint:gosec // a small set of bits
			r.Applied, r.Total, r.ExecutedAt.UTC(), int64(r.ExecutionTime),
			r.Error, r.ErrorStmt, r.Hash, string(hashes), r.OperatorVersion).
		OnConflict(
			entsql.ConflictColumns("version"),
			entsql.ResolveWithNewValues(),
			entsql.ResolveWith(func(u *entsql.UpdateSet) {
				u.SetIgnore("version").SetIgnore("description").SetIgnore("executed_at")
			}),
		).Query()
	if _, err := h.conn.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("write the history of migrations: %w", err)
	}
	return nil
}

// DeleteRevision removes a revision.
func (h history) DeleteRevision(ctx context.Context, version string) error {
	query, args := entsql.Dialect(h.dialect).Delete(historyTable).Schema(schemaOf(h.dialect)).
		Where(entsql.And(entsql.EQ("version", version), entsql.NEQ("version", cloudIdentifier))).Query()
	if _, err := h.conn.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("delete from the history of migrations: %w", err)
	}
	return nil
}
