//go:build linux

package torture_test

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the checker's own way into the file

	"github.com/storekeeper/storekeeper/internal/programtest"
)

// newSQLiteWorld starts one server on a file.
func newSQLiteWorld(t *testing.T) *world {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shop.db")
	w := &world{direct: "sqlite://" + file, quiet: func(context.Context) error { return nil }}
	w.open(t, 1, w.direct)
	w.db = openFile(t, file)
	w.faults = append(w.faults,
		fault{"database locked by another program", func(ctx context.Context, rng *rand.Rand) error {
			return lockFile(ctx, w.db, between(rng, 50*time.Millisecond, 1500*time.Millisecond))
		}},
		fault{"backup", func(ctx context.Context, _ *rand.Rand) error {
			return runBeside(ctx, t, w, "backup", "--force", file+".backup")
		}},
		fault{"reconcile", func(ctx context.Context, _ *rand.Rand) error { return runBeside(ctx, t, w, "reconcile") }},
	)
	return w
}

func openFile(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// lockFile holds the write lock, as a slow disk or another program might.
func lockFile(ctx context.Context, db *sql.DB, while time.Duration) error {
	conn, err := db.Conn(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return errors.Join(errMissed, err, conn.Close())
	}
	rest(ctx, while)
	_, err = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return errors.Join(err, conn.Close())
}

// runBeside runs a command on the database while it is served.
func runBeside(ctx context.Context, t *testing.T, w *world, args ...string) error {
	t.Helper()
	out, err := programtest.Command(context.WithoutCancel(ctx), t, w.direct, args...).CombinedOutput()
	if err != nil {
		return errors.Join(err, errors.New(string(out)))
	}
	return nil
}

// restored checks that the last backup is a whole shop.
func restored(t *testing.T, w *world) {
	t.Helper()
	backup := w.direct[len("sqlite://"):] + ".backup"
	if _, err := os.Stat(backup); err != nil {
		return // none was made in time
	}
	programtest.Call(t, "sqlite://"+backup, "reconcile")
}
