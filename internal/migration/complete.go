package migration

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	entschema "entgo.io/ent/dialect/sql/schema"

	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Complete returns an error if a migrated database lacks a table or a column of the ent
// schema, as it does when nobody wrote the migration for a change of the schema. It is one
// query that reads no row.
func Complete(ctx context.Context, db *store.DB) error { return complete(ctx, db, entmigrate.Tables) }

func complete(ctx context.Context, db *store.DB, tables []*entschema.Table) error {
	quote := `"`
	if db.Dialect() == dialect.SQLite {
		quote = "`" // which never means a text
	}
	parts := make([]string, len(tables))
	for i, table := range tables {
		columns := make([]string, len(table.Columns))
		for j, column := range table.Columns {
			columns[j] = quote + column.Name + quote
		}
		parts[i] = fmt.Sprintf("(SELECT %s FROM %s WHERE 1 = 0) t%d", strings.Join(columns, ", "), quote+table.Name+quote, i)
	}
	err := store.Each(ctx, db.Probe(), func(*sql.Rows) error { return nil }, "SELECT 1 FROM "+strings.Join(parts, ", "))
	if err == nil || !store.Undefined(err) {
		return nil // another error shows when the shop is used
	}
	return fmt.Errorf("the database lacks what the program reads (%w): after a change of ent/schema, "+
		"'storekeeper migrate diff NAME' writes the migration that adds it", err)
}
