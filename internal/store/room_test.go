//go:build linux

package store_test

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// openedWithoutRoom names a file to the process in which nothing can be written.
const openedWithoutRoom = "STOREKEEPER_TEST_OPENED_WITHOUT_ROOM"

// Where there is no room even for the file that programs share to read a database,
// it is said that there is no room.
func TestNoRoomToRead(t *testing.T) {
	t.Parallel()
	if file := os.Getenv(openedWithoutRoom); file != "" {
		checkNoRoom(t, file)
		return
	}
	file := filepath.Join(t.TempDir(), "shop.db")
	db, err := store.Open(storetest.Context(t), store.Config{URL: "sqlite://" + file})
	if err != nil {
		t.Fatal(err)
	}
	must(t, db.SQL(), "CREATE TABLE n (i integer)")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	another := exec.CommandContext(storetest.Context(t), os.Args[0], "-test.run=^TestNoRoomToRead$")
	another.Env = append(os.Environ(), openedWithoutRoom+"="+file)
	if out, err := another.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func checkNoRoom(t *testing.T, file string) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 10, Max: 1 << 10}); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(storetest.Context(t), store.Config{URL: "sqlite://" + file})
	if err == nil {
		err = db.ReadSQL().QueryRowContext(storetest.Context(t), "SELECT count(*) FROM n").Scan(new(int))
	}
	disk, ok := errors.AsType[*store.DiskError](err)
	if !ok || disk.Fault != store.DiskFull {
		t.Errorf("%v", err)
	}
}
