package report

import (
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
)

// written is the format of times in an SQLite database, in UTC. As texts they sort like the
// times.
const written = "2006-01-02 15:04:05.999999999-07:00"

// arguments collects the arguments of a statement.
type arguments []any

// add adds an argument and returns its placeholder.
func (a *arguments) add(value any) string {
	*a = append(*a, value)
	return fmt.Sprintf("$%d", len(*a))
}

// list returns a table of rows in JSON, for SQLite, which has no arrays.
func (a *arguments) list(rows []string) string {
	return "json_each(" + a.add("["+strings.Join(rows, ",")+"]") + ")"
}

// spans returns a query for spans as rows (n, since, till).
func (a *arguments) spans(name string, spans []span) string {
	if name != dialect.Postgres {
		rows := make([]string, len(spans))
		for i, s := range spans {
			rows[i] = fmt.Sprintf("[%d,%q,%q]", s.n, s.since.UTC().Format(written), s.till.UTC().Format(written))
		}
		return "SELECT value->>0 AS n, value->>1 AS since, value->>2 AS till FROM " + a.list(rows)
	}
	n, since, till := make([]int64, len(spans)), make([]time.Time, len(spans)), make([]time.Time, len(spans))
	for i, s := range spans {
		n[i], since[i], till[i] = int64(s.n), s.since, s.till
	}
	return fmt.Sprintf("SELECT n, since, till FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS u (n, since, till)",
		a.add(n), a.add(since), a.add(till))
}

// sums returns a query for sums as rows (n, span, since, least).
func (a *arguments) sums(name string, all []sums) string {
	if name != dialect.Postgres {
		rows := make([]string, len(all))
		for i, s := range all {
			rows[i] = fmt.Sprintf("[%d,%q,%q,%d]", i, s.span, s.since.Format(written), s.least)
		}
		return "SELECT value->>0 AS n, value->>1 AS span, value->>2 AS since, value->>3 AS least FROM " + a.list(rows)
	}
	n, names, since, least := make([]int64, len(all)), make([]string, len(all)), make([]time.Time, len(all)), make([]int64, len(all))
	for i, s := range all {
		n[i], names[i], since[i], least[i] = int64(i), s.span, s.since, s.least
	}
	return fmt.Sprintf("SELECT n, span, since, least FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::bigint[])"+
		" AS u (n, span, since, least)", a.add(n), a.add(names), a.add(since), a.add(least))
}
