//go:build linux

package backup_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/backup"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A backup that does not fit on the disk leaves nothing behind, and the error names the
// file that could not be written.
func TestBackupWithoutRoom(t *testing.T) {
	t.Parallel()
	storetest.WithoutRoom(t, 1<<20, func() string {
		db := storetest.SQLite(t)
		// More than SQLite keeps in memory until the copy is complete.
		storetest.SQL(t, db, "CREATE TABLE n AS SELECT zeroblob(8000000)")
		return db.Name()
	}, func(database string) {
		db := storetest.Open(t, store.Config{URL: "sqlite://" + database})
		dir := t.TempDir()
		file := filepath.Join(dir, "shop.backup")
		_, err := backup.Run(storetest.Context(t), db, file, backup.Options{})
		if _, ok := errors.AsType[*store.DiskError](err); !ok || !strings.Contains(err.Error(), "database "+file+": ") {
			t.Errorf("%v", err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})
}
