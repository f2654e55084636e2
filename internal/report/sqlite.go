package report

import (
	"fmt"
	"strings"
	"time"
)

// written is how times stand in an SQLite database, in UTC. Their order as texts
// is that of the times.
const written = "2006-01-02 15:04:05.999999999-07:00"

// sqliteDay makes rows of sqliteList, the first argument.
const sqliteDay = "day (n, since, until) AS (SELECT key, value->>0, value->>1 FROM json_each($1))"

// sqliteList passes days to SQLite, which has no arrays.
func sqliteList(days []Day) string {
	var b strings.Builder
	for i, day := range days {
		separator := ","
		if i == 0 {
			separator = "["
		}
		fmt.Fprintf(&b, "%s[%q,%q]", separator, day.From.UTC().Format(written), day.To.UTC().Format(written))
	}
	return b.String() + "]"
}

// moment reads a time that an aggregate found, of which SQLite forgets that it
// is one.
type moment struct{ time.Time }

// Scan implements sql.Scanner.
func (m *moment) Scan(value any) error {
	switch v := value.(type) {
	case time.Time:
		m.Time = v.UTC()
		return nil
	case string:
		t, err := time.Parse(written, v)
		m.Time = t.UTC()
		return err //nolint:wrapcheck // says it all
	default:
		return fmt.Errorf("expected a time, got %T", value)
	}
}
