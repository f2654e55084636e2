package shoptest

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// readable writes bytes as the text that they are, if they are, so that it can be
// searched: both databases give JSON and what is remembered as bytes.
func readable(v any) string {
	if data, ok := v.([]byte); ok && utf8.Valid(data) {
		return string(data)
	}
	return fmt.Sprint(v)
}

// Dump is every row of every table, as text, to see whether anything changed or
// something is left.
func Dump(t testing.TB, db *store.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range migrate.Tables {
		//nolint:unqueryvet // every column is the point
		rows, err := db.ReadSQL().QueryContext(storetest.Context(t), fmt.Sprintf("SELECT * FROM %q ORDER BY id", table.Name))
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			b.WriteString(table.Name)
			for _, v := range values {
				b.WriteString(" " + readable(v))
			}
			b.WriteByte('\n')
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}
