package transfer

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"

	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Progress is called now and then with the number of rows of a stage that are done.
type Progress func(stage string, done, total int64)

// Report says what was copied.
type Report struct {
	Tables []Table `json:"tables"`
	Rows   int64   `json:"rows"`
}

// Table says what was copied of one table. Digest is the same for the same rows on every
// database.
type Table struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"`
}

// Run copies every row of every table. Both databases must have the schema of this
// program. An error of kind Conflict tells that the two are one, or names a table of the
// target that has rows. When anything fails, the target stays as it was. Only the system
// may call it, because it bypasses ent and its policies.
func Run(ctx context.Context, from, to *store.DB, progress Progress) (*Report, error) {
	if err := access.CheckSystem(ctx); err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(string, int64, int64) {}
	}
	tables, err := inOrder(migrate.Tables)
	if err != nil {
		return nil, err
	}
	source, err := openSource(ctx, from)
	if err != nil {
		return nil, err
	}
	var report *Report
	if err = source.differs(ctx, from, to); err == nil {
		report, err = copyAll(ctx, source, to, tables, progress)
	}
	return report, errors.Join(err, source.close())
}

func copyAll(ctx context.Context, from *source, to *store.DB, tables []*schema.Table, progress Progress) (report *Report, err error) {
	target, err := openTarget(ctx, to, tables)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, target.close()) }()
	report = &Report{}
	for _, table := range tables {
		copied, err := copyTable(ctx, from, target, table, progress)
		if err != nil {
			return nil, fmt.Errorf("copy %s: %w", table.Name, err)
		}
		report.Tables = append(report.Tables, copied)
		report.Rows += copied.Rows
	}
	if err := target.tx.Commit(); err != nil {
		return nil, fmt.Errorf("copy: commit: %w", err)
	}
	return report, nil
}

func copyTable(ctx context.Context, from *source, to *target, table *schema.Table, progress Progress) (Table, error) {
	total, err := from.count(ctx, table)
	if err != nil {
		return Table{}, err
	}
	read, err := from.read(ctx, table, func(done int64) { progress(table.Name, done, total) })
	if err != nil {
		return Table{}, err
	}
	written := to.write(ctx, table, read)
	if err := errors.Join(written, read.close()); err != nil {
		return Table{}, err
	}
	progress(table.Name, total, total)
	if err := to.verify(ctx, table, read.digest); err != nil {
		return Table{}, err
	}
	last, err := from.lastID(ctx, table)
	if err != nil {
		return Table{}, err
	}
	if err := to.continueAfter(ctx, table, last); err != nil {
		return Table{}, err
	}
	return Table{Name: table.Name, Rows: read.digest.rows, Digest: read.digest.String()}, nil
}

// inOrder sorts tables so that a table comes after those that it refers to.
func inOrder(tables []*schema.Table) ([]*schema.Table, error) {
	sorted, placed := make([]*schema.Table, 0, len(tables)), map[string]bool{}
	ready := func(table *schema.Table) bool {
		for _, key := range table.ForeignKeys {
			if key.RefTable != table && !placed[key.RefTable.Name] {
				return false
			}
		}
		return true
	}
	for len(sorted) < len(tables) {
		before := len(sorted)
		for _, table := range tables {
			if !placed[table.Name] && ready(table) {
				sorted, placed[table.Name] = append(sorted, table), true
			}
		}
		if len(sorted) == before {
			return nil, errors.New("copy: tables refer to each other in a circle")
		}
	}
	return sorted, nil
}

// notEmpty is the error for a target that has rows.
func notEmpty(table *schema.Table) error {
	return shop.Conflictf("the target has rows in %s: copy into a database that was migrated and never used", table.Name)
}

func isPostgres(db *store.DB) bool { return db.Dialect() == dialect.Postgres }
