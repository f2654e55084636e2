package shop

import "time"

// Now is the current time in UTC, truncated to microseconds, which both databases store
// exactly.
func Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Storable reports whether a time is in the years 1 to 9999 of UTC. Outside of these the
// text in which SQLite stores times does not sort like the times, and JSON cannot show
// them. PostgreSQL has a wider range, and calls the year before 1 BC.
func Storable(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 1 && year <= 9999
}

// CheckTime refuses a time that is not storable.
func CheckTime(location string, t time.Time) error {
	if !Storable(t) {
		return Invalidf(location, "expected a time of the years 1 to 9999 in UTC")
	}
	return nil
}
