package store_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Whatever PostgreSQL says is taken, is told by the names of its columns.
func TestUniqueColumns(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	rows, err := db.SQL().QueryContext(t.Context(), `
SELECT c.relname, string_agg(a.attname, ',' ORDER BY array_position(i.indkey::int[], a.attnum::int))
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	indexes := 0
	for rows.Next() {
		var name, columns string
		if err := rows.Scan(&name, &columns); err != nil {
			t.Fatal(err)
		}
		indexes++
		taken := &pgconn.PgError{Code: "23505", ConstraintName: name}
		if !store.UniqueViolation(taken, strings.Split(columns, ",")...) {
			t.Errorf("%s is not known to be on %s", name, columns)
		}
	}
	if err := rows.Err(); err != nil || indexes < 10 {
		t.Errorf("%d unique indexes, %v", indexes, err)
	}
}
