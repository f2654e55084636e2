package shop

import "time"

// Now is the current time as the databases keep it: UTC, truncated to
// microseconds, which both hold exactly.
func Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
