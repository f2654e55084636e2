package shoptest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Dump returns every row of every table as text, to see whether anything changed or is left
// over.
func Dump(t testing.TB, db *store.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range migrate.Tables {
		values, into := make([]any, len(table.Columns)), make([]any, len(table.Columns))
		for i := range values {
			into[i] = &values[i]
		}
		//nolint:unqueryvet // every column is the point
		err := store.Each(storetest.Context(t), db.ReadSQL(), func(rows *sql.Rows) error {
			err := rows.Scan(into...)
			b.WriteString(table.Name)
			for _, v := range values {
				b.WriteString(" " + readable(v))
			}
			b.WriteByte('\n')
			return err
		}, fmt.Sprintf("SELECT * FROM %q ORDER BY id", table.Name))
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// Unchanged fails the test if the database differs from the dump before.
func Unchanged(t testing.TB, db *store.DB, before string) {
	t.Helper()
	if diff := cmp.Diff(before, Dump(t, db)); diff != "" {
		t.Error("something was written:", diff)
	}
}

// readable returns bytes as text if they are valid UTF-8, so that the dump can be searched:
// both databases return JSON and stored answers as bytes.
func readable(v any) string {
	if data, ok := v.([]byte); ok && utf8.Valid(data) {
		return string(data)
	}
	return fmt.Sprint(v)
}
