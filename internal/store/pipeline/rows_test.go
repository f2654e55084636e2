package pipeline_test

import (
	stdsql "database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Any number of rows with values of any size come back as they are, and NULL is not an
// empty text.
func TestRows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			text := rapid.Ptr(rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[a-zß€]{0,20}`), rapid.Just(strings.Repeat("x", 40_000))), true)
			want := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) [2]*string {
				return [2]*string{text.Draw(rt, "left"), text.Draw(rt, "right")}
			}), 1, 70).Draw(rt, "rows")
			var query strings.Builder
			args := make([]any, 0, 2*len(want))
			for i, row := range want {
				query.WriteString([...]string{"SELECT CAST(", " UNION ALL SELECT CAST("}[min(i, 1)])
				fmt.Fprintf(&query, "$%d AS text), CAST($%d AS text)", 2*i+1, 2*i+2)
				args = append(args, row[0], row[1])
			}
			rows, err := db.Reader.Rows(storetest.Context(t), query.String(), args...)
			if err != nil {
				rt.Fatal(err)
			}
			var got [][2]*string
			for rows.Next() {
				if len(got) == 3 { // need not be scanned to be passed
					got = append(got, want[3])
					continue
				}
				var row [2]*string
				if err := rows.Scan(&row[0], &row[1]); err != nil {
					rt.Fatal(err)
				}
				got = append(got, row)
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Fatal(diff)
			}
		})
	})
}

// Values are read as database/sql reads them.
func TestValues(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != dialect.Postgres {
			return // which keeps moments as texts
		}
		sameValues[stdsql.NullTime](t, db, "timestamptz", "2026-11-27 01:02:03.000004+02", "1969-12-31 23:59:59.999999Z",
			"0001-01-01 00:00:00Z", "9999-12-31 23:59:59Z", "infinity", "-infinity", null)
		sameValues[stdsql.NullTime](t, db, "date", "2026-11-27", null)
		sameValues[stdsql.NullTime](t, db, "bigint", "5", null)
		for _, number := range []string{"bigint", "integer", "smallint", "numeric", "text"} {
			sameValues[stdsql.NullInt64](t, db, number, "0", "-1", "32767", null)
		}
		sameValues[stdsql.NullInt64](t, db, "bigint", "9223372036854775807", "-9223372036854775808")
		sameValues[stdsql.NullInt64](t, db, "double precision", "1.5", "1.7e308")
		sameValues[stdsql.NullInt64](t, db, "timestamptz", "2026-11-27", null)
		sameValues[stdsql.NullBool](t, db, "boolean", "true", "false", null)
		sameValues[stdsql.NullString](t, db, "text", "", " ", "ß", null)
		for _, number := range []string{"bigint", "integer", "numeric"} {
			sameValues[int64](t, db, number, "0", "-1", "32767", null)
		}
		for _, text := range []string{"text", "varchar"} {
			sameValues[string](t, db, text, "", " ", "ß", null)
		}
		sameValues[bool](t, db, "boolean", "true", "false", null)
		sameValues[time.Time](t, db, "timestamptz", "2026-11-27 01:02:03.000004+02", "0001-01-01 00:00:00Z", "infinity", null)
		sameValues[time.Time](t, db, "date", "2026-11-27", null)
	})
}

const null = "NULL"

// sameValues fails unless texts, cast to a type of PostgreSQL, are read into a T as
// database/sql reads them, each into a variable that held another value.
func sameValues[T comparable](t *testing.T, db *store.DB, as string, texts ...string) {
	t.Helper()
	var got T
	for _, text := range texts {
		query := fmt.Sprintf(`SELECT CAST(NULLIF($1::text, '%s') AS %s)`, null, as)
		var want T
		wrong := db.SQL().QueryRowContext(t.Context(), query, text).Scan(&want)
		rows, err := db.Reader.Rows(storetest.Context(t), query, text)
		if err != nil {
			t.Fatal(err)
		}
		rows.Next()
		err = errors.Join(rows.Scan(&got), rows.Close())
		if (err == nil) != (wrong == nil) || err == nil && got != want {
			t.Errorf("%s %q is %v, %v; want %v, %v", as, text, got, err, want, wrong)
		}
	}
}
