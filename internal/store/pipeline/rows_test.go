package pipeline_test

import (
	stdsql "database/sql"
	"errors"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Moments are read as database/sql reads them.
func TestMoments(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != dialect.Postgres {
			return // which keeps them as texts
		}
		for _, text := range []string{
			"2026-11-27 01:02:03.000004+02", "1969-12-31 23:59:59.999999Z", "0001-01-01 00:00:00Z", "9999-12-31 23:59:59Z", "infinity", "", // as NULL
		} {
			const query = `SELECT CAST(NULLIF($1, '') AS timestamptz)`
			var want, got stdsql.NullTime
			wrong := db.SQL().QueryRowContext(t.Context(), query, text).Scan(&want)
			rows, err := db.Reader.Rows(storetest.Context(t), query, text)
			if err != nil {
				t.Fatal(err)
			}
			rows.Next()
			err = errors.Join(rows.Scan(&got), rows.Close())
			if (err == nil) != (wrong == nil) || err == nil && got != want {
				t.Errorf("%q is %v, %v; want %v, %v", text, got, err, want, wrong)
			}
		}
	})
}
