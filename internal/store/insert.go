package store

import "strings"

// Quote returns names of tables or columns as identifiers, separated by commas. Names of
// the schema contain no quotes.
func Quote(names ...string) string { return `"` + strings.Join(names, `", "`) + `"` }

// Insertion returns the statement for SQLite that inserts so many rows, with a parameter
// for each value.
func Insertion(table string, columns []string, rows int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",") + ")"
	return "INSERT INTO " + Quote(table) + " (" + Quote(columns...) + ") VALUES " +
		strings.TrimSuffix(strings.Repeat(row+",", rows), ",")
}
