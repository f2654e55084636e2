//go:build unix

package store_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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

const openedByAnother = "STOREKEEPER_TEST_DENIED"

// Of a file of the database that this user may not read, the error says the name, the owner
// and what opens it.
func TestDenied(t *testing.T) {
	t.Parallel()
	if file := os.Getenv(openedByAnother); file != "" {
		if os.Geteuid() == 0 {
			if err := syscall.Setuid(nobody); err != nil {
				t.Fatal(err)
			}
		}
		_, err := store.Open(storetest.Context(t), store.Config{URL: "sqlite://" + file})
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Chmod(filepath.Dir(folder), 0o711); err != nil { // so that the other user may enter it
		t.Fatal(err)
	}
	file := filepath.Join(folder, "shop's.db")
	quoted := "'" + filepath.Join(folder, `shop'\''s.db-wal`) + "'"
	says := "-wal may not be read and written, though it belongs to"
	if os.Geteuid() == 0 {
		says = "-wal belongs to root, and storekeeper runs as "
	}
	for _, name := range []string{file, file + "-wal"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(file+"-wal", 0); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := errors.Join(os.Chown(folder, nobody, -1), os.Chown(file, nobody, -1)); err != nil {
			t.Fatal(err)
		}
	}
	another := exec.CommandContext(storetest.Context(t), os.Args[0], "-test.run=^TestDenied$")
	another.Env = append(os.Environ(), openedByAnother+"="+file)
	out, err := another.CombinedOutput()
	if err == nil || !strings.Contains(string(out), file+says) || !strings.Contains(string(out), quoted) {
		t.Errorf("%v\n%s", err, out)
	}
}

// nobody is a user without rights.
const nobody = 65534
