package migration

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/schema"
	"entgo.io/ent/dialect"
	entschema "entgo.io/ent/dialect/sql/schema"

	"github.com/storekeeper/storekeeper/internal/migration/desired"
	"github.com/storekeeper/storekeeper/internal/store"
)

// inspect describes the shop's tables in a database.
func inspect(ctx context.Context, name string, conn schema.ExecQuerier, schemaName string) (*schema.Schema, error) {
	drv, err := openDriver(name, conn)
	if err != nil {
		return nil, err
	}
	found, err := drv.InspectSchema(ctx, schemaName, &schema.InspectOptions{
		Mode: schema.InspectSchemas | schema.InspectTables,
	})
	if err != nil {
		return nil, fmt.Errorf("inspect the database: %w", err)
	}
	found.Tables = slices.DeleteFunc(found.Tables, func(table *schema.Table) bool { return table.Name == historyTable })
	return found, nil
}

// inspectDesired describes the tables of the ent schema as the database would report them.
// It makes them and leaves nothing behind: on PostgreSQL they are made in a separate schema
// and rolled back; for SQLite they are made in another file.
func inspectDesired(ctx context.Context, db *store.DB, tables []*entschema.Table) (*schema.Schema, error) {
	text, err := desired.SQL(ctx, db.Dialect(), tables)
	if err != nil {
		return nil, err
	}
	if db.Dialect() == dialect.SQLite {
		return inspectDesiredSQLite(ctx, text)
	}
	tx, err := db.SQL().BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("inspect the desired schema: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	var statements []string
	for _, extension := range desired.Extensions(db.Dialect(), tables) {
		statements = append(statements, desired.CreateExtension(extension)) // outside of the new schema
	}
	name := "storekeeper_desired_" + strings.ToLower(rand.Text())
	statements = append(statements,
		"CREATE SCHEMA "+name,
		"SET LOCAL search_path = "+name+", "+postgresSchema,
		text,
	)
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return nil, fmt.Errorf("inspect the desired schema: %w", err)
		}
	}
	return inspect(ctx, db.Dialect(), tx, name)
}

func inspectDesiredSQLite(ctx context.Context, text string) (_ *schema.Schema, err error) {
	s, err := Dev{}.open(ctx, dialect.SQLite)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close(ctx)) }()
	if _, err := s.SQL().ExecContext(ctx, text); err != nil {
		return nil, fmt.Errorf("inspect the desired schema: %w", err)
	}
	return inspect(ctx, dialect.SQLite, s.SQL(), sqliteSchema)
}

// missing returns the changes that would turn the database's schema into that of the
// tables.
func missing(ctx context.Context, db *store.DB, tables []*entschema.Table) ([]schema.Change, error) {
	have, err := inspect(ctx, db.Dialect(), db.SQL(), schemaOf(db.Dialect()))
	if err != nil {
		return nil, err
	}
	want, err := inspectDesired(ctx, db, tables)
	if err != nil {
		return nil, err
	}
	drv, err := openDriver(db.Dialect(), db.SQL())
	if err != nil {
		return nil, err
	}
	want.Name, want.Attrs = have.Name, have.Attrs // the schema itself is not ours
	// Both are in the form in which the database reports them, so that expressions can be
	// compared too.
	changes, err := drv.SchemaDiff(have, want, schema.DiffNormalized())
	if err != nil {
		return nil, fmt.Errorf("compare with the desired schema: %w", err)
	}
	return slices.Concat(collations(have, want), changes), nil
}

// collations returns the changes of columns that are to be compared by another collation.
// Atlas does not look at that.
func collations(have, want *schema.Schema) []schema.Change {
	var changes []schema.Change
	for _, table := range want.Tables {
		old, ok := have.Table(table.Name)
		if !ok {
			continue
		}
		var columns []schema.Change
		for _, to := range table.Columns {
			from, ok := old.Column(to.Name)
			if ok && collation(from) != collation(to) {
				columns = append(columns, &schema.ModifyColumn{From: from, To: to, Change: schema.ChangeType})
			}
		}
		if len(columns) > 0 {
			changes = append(changes, &schema.ModifyTable{T: table, Changes: columns})
		}
	}
	return changes
}

// collation returns the collation of a column, "" for that of the database.
func collation(c *schema.Column) string {
	for _, attr := range c.Attrs {
		if of, ok := attr.(*schema.Collation); ok {
			return of.V
		}
	}
	return ""
}
