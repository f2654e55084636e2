package shop

import "time"

// Now is the current time as the databases keep it: UTC, truncated to
// microseconds, which both hold exactly.
func Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Storable reports whether a time has four digits of year in UTC: only then the
// text by which SQLite keeps it sorts as the time does, and JSON can show it.
// PostgreSQL has a wider range.
func Storable(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 0 && year <= 9999
}
