package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"entgo.io/ent/dialect"
)

const (
	// largeLog is from how many bytes on Checkpoint empties the log. For each time
	// that the log is as large, it waits a second for those who read, up to longestWait.
	largeLog    = 32 << 20
	longestWait = 5
)

// Checkpoint empties SQLite's write-ahead log (the -wal file) when it is larger than 32
// MiB. SQLite copies the log into the database as it grows, but starts it again from the
// front only at a moment without readers. If there always is a reader, the log would grow
// until the disk is full
// (https://sqlite.org/wal.html#avoiding_excessively_large_wal_files). Checkpoint makes such
// a moment. New readers read the database without the log, and writers wait until the
// present readers have finished: at most a second, and up to five the larger the log is. If
// a reader takes longer, the log stays as it is. That is not an error: call Checkpoint
// again later. It does nothing on PostgreSQL.
func (db *DB) Checkpoint(ctx context.Context) (err error) {
	if db.dialect != dialect.SQLite {
		return nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("empty the log of %s: %w", db.name, err)
		}
	}()
	log, err := os.Stat(db.name + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err //nolint:wrapcheck // above
	}
	if log.Size() <= largeLog {
		return nil
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var wait int64
	if err := conn.QueryRowContext(ctx, "PRAGMA busy_timeout").Scan(&wait); err != nil {
		return err
	}
	if err := setBusyTimeout(ctx, conn, 1000*min(log.Size()/largeLog, longestWait)); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return errors.Join(err, setBusyTimeout(context.WithoutCancel(ctx), conn, wait))
}

// setBusyTimeout says how many milliseconds a connection waits for others.
func setBusyTimeout(ctx context.Context, conn *sql.Conn, ms int64) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", ms))
	return err
}
