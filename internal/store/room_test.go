//go:build linux

package store_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Where there is no room even for the file that programs share to read a database,
// it is said that there is no room.
func TestNoRoomToRead(t *testing.T) {
	t.Parallel()
	storetest.WithoutRoom(t, 1<<10, func() string {
		file := filepath.Join(t.TempDir(), "shop.db")
		db, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + file})
		if err != nil {
			t.Fatal(err)
		}
		must(t, db.SQL(), "CREATE TABLE n (i integer)")
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		return file
	}, func(file string) {
		db, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + file})
		if err == nil {
			err = db.ReadSQL().QueryRowContext(t.Context(), "SELECT count(*) FROM n").Scan(new(int))
		}
		if disk, ok := errors.AsType[*store.DiskError](err); !ok || disk.Fault != store.DiskFull {
			t.Errorf("%v", err)
		}
	})
}
