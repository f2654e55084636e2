package shop

import "time"

// Now is the current time as the databases keep it: UTC, truncated to
// microseconds, which both hold exactly.
func Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Storable reports whether a time is in the years 1 to 9999 of UTC: only then the
// text by which SQLite keeps it sorts as the time does, and JSON can show it.
// PostgreSQL has a wider range, and calls the year before 1 BC.
func Storable(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 1 && year <= 9999
}
