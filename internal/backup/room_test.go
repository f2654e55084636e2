//go:build linux

package backup_test

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/storekeeper/storekeeper/internal/backup"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// copiedWithoutRoom names a database to the process in which no large file can be written.
const copiedWithoutRoom = "STOREKEEPER_TEST_COPIED_WITHOUT_ROOM"

// A backup that does not fit leaves nothing behind, and says where there is no room.
func TestBackupWithoutRoom(t *testing.T) {
	t.Parallel()
	if file := os.Getenv(copiedWithoutRoom); file != "" {
		checkNoRoom(t, file)
		return
	}
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	// More than SQLite keeps in memory until the copy is complete.
	if _, err := db.SQL().ExecContext(ctx, "CREATE TABLE n AS SELECT zeroblob(8000000)"); err != nil {
		t.Fatal(err)
	}
	another := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestBackupWithoutRoom$")
	another.Env = append(os.Environ(), copiedWithoutRoom+"="+db.Name())
	if out, err := another.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func checkNoRoom(t *testing.T, database string) {
	t.Helper()
	db := storetest.Open(t, store.Config{URL: "sqlite://" + database})
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "shop.backup")
	_, err := backup.Run(storetest.Context(t), db, file, backup.Options{})
	if disk, ok := errors.AsType[*store.DiskError](err); !ok || disk.File != file {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
