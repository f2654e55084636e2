//go:build unix

package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

const lookedAtByAnother = "STOREKEEPER_TEST_LOCKED"

// A database that is open stays locked when this process opens and closes it once
// more: else another program that reads it takes itself for the only one, and
// removes the log into which this one goes on writing.
func TestOpenedTwice(t *testing.T) {
	t.Parallel()
	if file := os.Getenv(lookedAtByAnother); file != "" {
		checkLocked(t, file)
		return
	}
	file := filepath.Join(t.TempDir(), "shop.db")
	open := func() *store.DB {
		db, err := store.Open(storetest.Context(t), store.Config{URL: "sqlite://" + file})
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	first := open()
	defer func() {
		if err := first.Close(); err != nil {
			t.Error(err)
		}
	}()
	must(t, first.SQL(), "CREATE TABLE n (i integer)")
	if err := open().Close(); err != nil {
		t.Fatal(err)
	}
	another := exec.CommandContext(storetest.Context(t), os.Args[0], "-test.run=^TestOpenedTwice$")
	another.Env = append(os.Environ(), lookedAtByAnother+"="+file)
	if out, err := another.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// checkLocked asks, from another process, for the bytes that SQLite locks for
// reading (SHARED_FIRST in https://www.sqlite.org/src/file/src/os.h).
func checkLocked(t *testing.T, name string) {
	t.Helper()
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Start: 0x40000002, Len: 510}
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_GETLK, &lock); err != nil {
		t.Fatal(err)
	}
	if lock.Type != syscall.F_RDLCK {
		t.Errorf("the database is not locked: %+v", lock)
	}
}
