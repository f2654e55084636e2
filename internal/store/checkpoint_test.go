package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// reading begins to read, as a list or an export does.
func reading(ctx context.Context, db *store.DB) (*sql.Tx, error) {
	tx, err := db.ReadSQL().BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	var rows int
	return tx, tx.QueryRowContext(ctx, "SELECT count(*) FROM n").Scan(&rows)
}

func logSize(t *testing.T, db *store.DB) int64 {
	t.Helper()
	file, err := os.Stat(db.Name() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	return file.Size()
}

// The log of a shop in which somebody reads at every moment is emptied all the same;
// nobody is kept from writing by somebody who reads for long.
func TestCheckpoint(t *testing.T) {
	t.Parallel()
	ctx := storetest.Context(t)
	db := storetest.Open(t, store.Config{URL: "sqlite://" + filepath.Join(t.TempDir(), "shop.db")})
	must(t, db.SQL(), "CREATE TABLE n (b blob)")
	const large = 33 << 20
	fill := func() { must(t, db.SQL(), "INSERT INTO n VALUES (zeroblob(?))", large) }

	last, err := reading(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	fill()
	if err := db.Checkpoint(ctx); err != nil {
		t.Errorf("beside a long read: %v", err)
	}
	must(t, db.SQL(), "INSERT INTO n VALUES ('')")
	if size := logSize(t, db); size < large {
		t.Errorf("a log that is read has %d bytes", size)
	}

	// One read begins before the one before it has ended, as under load.
	stop, relay := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			next, err := reading(ctx, db)
			if err := errors.Join(err, last.Rollback()); err != nil {
				relay <- err
				return
			}
			last = next
			select {
			case <-stop:
				relay <- last.Rollback()
				return
			default:
			}
		}
	}()
	fill()
	if size := logSize(t, db); size < 2*large {
		t.Errorf("beside reads the log has %d bytes: it began anew without help", size)
	}
	err = db.Checkpoint(ctx)
	if size := logSize(t, db); err != nil || size > 0 {
		t.Errorf("%d bytes of the log are left, %v", size, err)
	}
	close(stop)
	if err := <-relay; err != nil {
		t.Error(err)
	}
	var rows, wait int
	if err := db.SQL().QueryRowContext(ctx, "SELECT count(*) FROM n").Scan(&rows); err != nil || rows != 3 {
		t.Errorf("%d rows, %v", rows, err)
	}
	if err := db.SQL().QueryRowContext(ctx, "PRAGMA busy_timeout").Scan(&wait); err != nil || wait != 10_000 {
		t.Errorf("writers wait for %d ms, %v", wait, err)
	}
}

// A small log is left to SQLite.
func TestCheckpointOfASmallLog(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{URL: "sqlite://" + filepath.Join(t.TempDir(), "shop.db")})
	must(t, db.SQL(), "CREATE TABLE n (b blob)")
	before := logSize(t, db)
	if err := db.Checkpoint(storetest.Context(t)); err != nil || logSize(t, db) != before {
		t.Errorf("%d bytes, then %d, %v", before, logSize(t, db), err)
	}
}
