package store

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
)

// ClockAhead returns by how much this machine's clock, now, is ahead of PostgreSQL's, by
// which all servers of a shop can compare theirs. It is negative if the clock is behind, and
// 0 on SQLite, where there is only one machine.
func (db *DB) ClockAhead(ctx context.Context, now func() time.Time) (time.Duration, error) {
	if db.dialect != dialect.Postgres {
		return 0, nil
	}
	before := now()
	var theirs time.Time
	if err := db.read.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&theirs); err != nil {
		return 0, fmt.Errorf("ask for the time: %w", err)
	}
	after := now()
	switch {
	case theirs.Before(before):
		return before.Sub(theirs), nil
	case theirs.After(after):
		return after.Sub(theirs), nil
	}
	return 0, nil
}
