// Package desired writes the schema that the ent schema describes as SQL: what a database
// should look like after all migrations. Atlas reads the files from atlas.hcl, and package
// migration compares them with the migrations and with live databases. It needs no
// database.
package desired

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"

	"github.com/storekeeper/storekeeper/ent/migrate"
)

// serverVersion is the PostgreSQL version that the SQL is written for: the oldest one that
// is supported.
const serverVersion = "15"

// Dialects returns the databases that the shop runs on.
func Dialects() []string { return []string{dialect.Postgres, dialect.SQLite} }

// FileName returns the name of the dialect's file: the name of its folder with the suffix
// .sql.
func FileName(name string) string { return Folder(name) + ".sql" }

// Folder returns the name of the dialect in paths and in atlas.hcl.
func Folder(name string) string {
	if name == dialect.SQLite {
		return "sqlite"
	}
	return name
}

// SQL returns the schema of the tables as statements for the dialect. The result is the
// same for every call. For PostgreSQL it begins with the extensions that the tables need.
func SQL(ctx context.Context, name string, tables []*schema.Table) (string, error) {
	tables, err := schema.CopyTables(tables) // Dump changes the tables
	if err != nil {
		return "", fmt.Errorf("desired schema for %s: %w", name, err)
	}
	text, err := schema.Dump(ctx, //nolint:staticcheck // DDL needs a driver; this needs no database
		name, serverVersion, tables)
	if err != nil {
		return "", fmt.Errorf("desired schema for %s: %w", name, err)
	}
	var b strings.Builder
	b.WriteString(preamble)
	for _, extension := range Extensions(name, tables) {
		b.WriteString(CreateExtension(extension) + ";\n\n")
	}
	b.WriteString(withoutPositions(text) + "\n")
	return b.String(), nil
}

// withoutPositions removes the comments that tell Atlas where in the source a table is
// declared, which ent does not know.
func withoutPositions(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
		return strings.HasPrefix(line, "-- atlas:pos ")
	})
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

const preamble = "-- Code generated from the ent schema by `go generate ./...`. DO NOT EDIT.\n\n"

// Extensions returns the database extensions that the tables need: pg_trgm on PostgreSQL if
// an index uses its operator class, otherwise none.
func Extensions(name string, tables []*schema.Table) []string {
	if name != dialect.Postgres || !slices.ContainsFunc(tables, hasTrigram) {
		return nil
	}
	return []string{"pg_trgm"}
}

// CreateExtension returns the statement that creates the extension.
func CreateExtension(extension string) string {
	return fmt.Sprintf("CREATE EXTENSION IF NOT EXISTS %q", extension)
}

func hasTrigram(table *schema.Table) bool {
	return slices.ContainsFunc(table.Indexes, func(index *schema.Index) bool {
		return index.Annotation != nil && index.Annotation.OpClass == "gin_trgm_ops"
	})
}

// Write writes the files of all dialects into the directory, which it creates if necessary.
// It does not touch files that are up to date.
func Write(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // part of the source tree
		return fmt.Errorf("desired schema: %w", err)
	}
	for _, name := range Dialects() {
		text, err := SQL(ctx, name, migrate.Tables)
		if err != nil {
			return err
		}
		if err := update(filepath.Join(dir, FileName(name)), text); err != nil {
			return err
		}
	}
	return nil
}

func update(path, text string) error {
	old, err := os.ReadFile(path) //nolint:gosec // the caller names the directory
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("desired schema: %w", err)
	}
	if err == nil && string(old) == text {
		return nil
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil { //nolint:gosec // part of the source tree
		return fmt.Errorf("desired schema: %w", err)
	}
	return nil
}
