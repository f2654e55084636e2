package summary

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
)

// statements are the SQL for one of the databases. The first argument of each is the
// present time.
type statements struct{ dialect string }

func (s statements) postgres() bool { return s.dialect == dialect.Postgres }

// write runs several statements that begin with the same tables: as one statement that
// computes the tables once or, on SQLite, which does not support that, one after another.
func (s statements) write(ctx context.Context, tx *ent.Client, tables string, args []any, writes ...string) error {
	if s.postgres() {
		var b strings.Builder
		b.WriteString(tables)
		for i, write := range writes {
			fmt.Fprintf(&b, ", write_%d AS (%s)", i, write)
		}
		writes = []string{b.String() + " SELECT 1"}
	}
	for _, write := range writes {
		if !s.postgres() {
			write = tables + write
		}
		if _, err := tx.ExecContext(ctx, write, args...); err != nil {
			return fmt.Errorf("add to the summaries: %w", err)
		}
	}
	return nil
}

// columns transposes rows to columns.
func columns[T any](rows []T, values func(T) []int64) [][]int64 {
	var out [][]int64
	for i, row := range rows {
		for j, v := range values(row) {
			if i == 0 {
				out = append(out, make([]int64, len(rows)))
			}
			out[j][i] = v
		}
	}
	return out
}

// numbers returns a table n with the columns a, b, …, whose values are the arguments after
// the first.
func (s statements) numbers(columns ...[]int64) (table string, args []any) {
	names, values := make([]string, len(columns)), make([]string, len(columns))
	for i := range columns {
		names[i] = string(rune('a' + i))
		values[i] = fmt.Sprintf("value->>%d AS %s", i, names[i])
		if s.postgres() {
			values[i] = fmt.Sprintf("$%d::bigint[]", 2+i)
			args = append(args, columns[i])
		}
	}
	if s.postgres() {
		return "unnest(" + strings.Join(values, ", ") + ") AS n (" + strings.Join(names, ", ") + ")", args
	}
	rows, cells := make([]string, len(columns[0])), make([]string, len(columns))
	for i := range rows {
		for j := range columns {
			cells[j] = strconv.FormatInt(columns[j][i], 10)
		}
		rows[i] = "[" + strings.Join(cells, ",") + "]"
	}
	return "(SELECT " + strings.Join(values, ", ") + " FROM json_each($2)) AS n", []any{"[" + strings.Join(rows, ",") + "]"}
}

// Each joins every preceding row with the rows of a table that match a condition, looked up
// one by one in an index. Without it, both planners think that reading the whole table is
// cheap. The result has only the named columns, and the condition must qualify its columns.
func Each(name, table, alias, columns, condition string) string {
	if name == dialect.Postgres {
		return " CROSS JOIN LATERAL (SELECT " + columns + " FROM " + table + " AS " + alias +
			" WHERE " + condition + " OFFSET 0) AS " + alias
	}
	return " CROSS JOIN " + table + " AS " + alias + " ON " + condition
}

func (s statements) each(table, alias, columns, condition string) string {
	return Each(s.dialect, table, alias, columns, condition)
}

// LineAmount is the SQL for the amount of an order line AS i. It is capped, so that nothing
// overflows whatever somebody has done to the table.
const LineAmount = "CASE WHEN i.price > 9007199254740991 / i.quantity THEN 9007199254740992 ELSE i.price * i.quantity END"

// The expressions for the beginning of the quarter of an hour, the hour, the day and the
// month in which an order AS o was placed. SQLite stores times as text in UTC.
func (s statements) slot() string {
	return s.either(s.hour()+" + floor(extract(minute FROM o.placed_at AT TIME ZONE 'UTC') / 15) * interval '15 minutes'",
		"substr(o.placed_at, 1, 14) || printf('%02d', CAST(substr(o.placed_at, 15, 2) AS integer) / 15 * 15) || ':00+00:00'")
}

func (s statements) hour() string {
	return s.either("date_trunc('hour', o.placed_at, 'UTC')", "substr(o.placed_at, 1, 14) || '00:00+00:00'")
}

func (s statements) day() string {
	return s.either("date_trunc('day', o.placed_at, 'UTC')", "substr(o.placed_at, 1, 10) || ' 00:00:00+00:00'")
}

func (s statements) month() string {
	return s.either("date_trunc('month', o.placed_at, 'UTC')",
		"substr(o.placed_at, 1, 7) || '-01 00:00:00+00:00'")
}

func (s statements) now() string { return s.either("$1::timestamptz", "$1") }

// either returns the SQL for the dialect.
func (s statements) either(postgres, sqlite string) string {
	if s.postgres() {
		return postgres
	}
	return sqlite
}
