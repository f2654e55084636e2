package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
)

// Clock returns the time by PostgreSQL's clock, which all servers of a shop share, or now on
// SQLite, where there is only one machine.
func Clock(ctx context.Context, client *ent.Client, now time.Time) (time.Time, error) {
	if client.Dialect() != dialect.Postgres {
		return now, nil
	}
	err := Each(ctx, client, func(rows *sql.Rows) error { return rows.Scan(&now) }, "SELECT clock_timestamp()")
	if err != nil {
		return time.Time{}, fmt.Errorf("ask for the time: %w", err)
	}
	return now, nil
}

// ClockAhead returns by how much this machine's clock, now, is ahead of Clock. It is negative
// if it is behind, and 0 on SQLite.
func (db *DB) ClockAhead(ctx context.Context, now func() time.Time) (time.Duration, error) {
	before := now()
	theirs, err := Clock(ctx, db.Reader, before)
	if err != nil {
		return 0, err
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
