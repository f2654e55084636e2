package backup_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/storekeeper/storekeeper/internal/backup"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func fill(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := seed.Run(storetest.Context(t), db, seed.Options{Products: 30, Customers: 10, Orders: 40, Seed: 1}); err != nil {
		t.Fatal(err)
	}
}

// A backup that is made while the shop sells has books that agree. Only its owner can read
// it.
func TestBackup(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	fill(t, db)
	product, customer := shoptest.Products(t, db, 1, 1000)[0], shoptest.Customers(t, db, 1)[0]
	selling, stop := context.WithCancel(ctx)
	defer stop()
	var sellers errgroup.Group
	sold := make(chan struct{}, 10_000)
	sellers.Go(func() error {
		for selling.Err() == nil {
			shoptest.Order(t, db, customer, product) //nolint:contextcheck // uses the context of the test
			sold <- struct{}{}
		}
		return nil
	})
	<-sold
	dir := t.TempDir()
	file := filepath.Join(dir, "shop #1?.backup") // characters that are special in URLs
	report, err := backup.Run(ctx, db, file, backup.Options{})
	stop()
	if err := sellers.Wait(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Size() != report.Bytes || info.Mode().Perm() != 0o600 || report.File != file {
		t.Errorf("%v %v %+v", info, err, report)
	}
	alone(t, dir, file)
	restored := filepath.Join(dir, "restored.db")
	if err := os.Rename(file, restored); err != nil {
		t.Fatal(err)
	}
	copied := storetest.Open(t, store.Config{URL: "sqlite://" + restored})
	books, err := reconcile.Run(ctx, copied, reconcile.Options{})
	if err != nil || !books.OK || books.Orders < 41 || books.Products != 31 {
		t.Errorf("%+v %v", books, err)
	}
}

// alone fails the test when the directory contains anything but the backup.
func alone(t *testing.T, dir, file string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if filepath.Join(dir, entry.Name()) != file {
			t.Errorf("left behind: %s", entry.Name())
		}
	}
}

// An existing file under the name of a backup stays there, whatever fails, unless it is to
// be replaced.
func TestBackupReplaces(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "shop.backup")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	precious := func() {
		t.Helper()
		if content, err := os.ReadFile(file); err != nil || string(content) != "precious" {
			t.Errorf("%q %v", content, err)
		}
		alone(t, dir, file)
	}
	if _, err := backup.Run(ctx, db, file, backup.Options{}); shop.KindOf(err) != shop.KindConflict {
		t.Errorf("replaced: %v", err)
	}
	precious()
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := backup.Run(cancelled, db, file, backup.Options{Force: true}); err == nil {
		t.Error("a cancelled backup succeeded")
	}
	precious()
	if _, err := backup.Run(ctx, db, file, backup.Options{Force: true}); err != nil {
		t.Error(err)
	}
	if err := backup.Check(ctx, file); err != nil {
		t.Error(err)
	}
	alone(t, dir, file)
	if _, err := backup.Run(ctx, db, filepath.Join(dir, "no", "folder"), backup.Options{}); err == nil {
		t.Error("wrote into no folder")
	}
	device := filepath.Join(dir, "device")
	if err := os.Symlink(os.DevNull, device); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{dir, device} {
		for _, force := range []bool{false, true} {
			_, err := backup.Run(ctx, db, place, backup.Options{Force: force})
			if shop.KindOf(err) != shop.KindConflict || !strings.Contains(err.Error(), "name a file") {
				t.Errorf("%s, force %t: %v", place, force, err)
			}
		}
	}
}

// If the file is a symbolic link, its target is replaced and the link stays.
func TestBackupThroughALink(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	there, here := t.TempDir(), t.TempDir()
	file, link, broken := filepath.Join(there, "monday.db"), filepath.Join(here, "latest.db"), filepath.Join(here, "broken.db")
	err := errors.Join(
		os.WriteFile(file, []byte("precious"), 0o600), os.Symlink(file, link), os.Symlink(filepath.Join(there, "none"), broken))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Run(ctx, db, link, backup.Options{}); shop.KindOf(err) != shop.KindConflict {
		t.Errorf("replaced: %v", err)
	}
	report, err := backup.Run(ctx, db, link, backup.Options{Force: true})
	if err != nil || filepath.Base(report.File) != "monday.db" {
		t.Errorf("%+v %v", report, err)
	}
	if to, err := os.Readlink(link); err != nil || to != file {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	if err := backup.Check(ctx, file); err != nil {
		t.Error(err)
	}
	alone(t, there, file)
	if _, err := backup.Run(ctx, db, broken, backup.Options{Force: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a link that leads nowhere: %v", err)
	}
}

// The database itself is never replaced, whatever its files are called.
func TestBackupSparesTheDatabase(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	fill(t, db)
	dir := t.TempDir()
	symlink, hardlink, folder := filepath.Join(dir, "symlink"), filepath.Join(dir, "hardlink"), filepath.Join(dir, "folder")
	if err := errors.Join(os.Symlink(db.Name(), symlink), os.Link(db.Name(), hardlink), os.Symlink(filepath.Dir(db.Name()), folder)); err != nil {
		t.Fatal(err)
	}
	through := filepath.Join(folder, filepath.Base(db.Name()))
	for _, file := range []string{
		db.Name(), db.Name() + "-wal", db.Name() + "-shm", db.Name() + "-journal", symlink, hardlink, through, through + "-journal",
	} {
		for _, force := range []bool{false, true} {
			_, err := backup.Run(ctx, db, file, backup.Options{Force: force})
			if shop.KindOf(err) != shop.KindConflict || !strings.Contains(err.Error(), "is a file of the database") {
				t.Errorf("%s, force %t: %v", file, force, err)
			}
		}
	}
	linked := storetest.Open(t, store.Config{URL: "sqlite://" + symlink})
	if _, err := backup.Run(ctx, linked, db.Name()+"-wal", backup.Options{Force: true}); shop.KindOf(err) != shop.KindConflict {
		t.Errorf("opened by a link: %v", err)
	}
	if books, err := reconcile.Run(ctx, db, reconcile.Options{}); err != nil || !books.OK || books.Orders != 40 {
		t.Errorf("%+v %v", books, err)
	}
}

// A database that is in use or was not closed is not replaced, and the log that it left
// behind is not applied to a copy.
func TestBackupSparesOthers(t *testing.T) {
	t.Parallel()
	db, other, ctx := storetest.SQLite(t), storetest.SQLite(t), storetest.Context(t)
	fill(t, other)
	refused := func(file, suffix string) {
		t.Helper()
		for _, force := range []bool{false, true} {
			_, err := backup.Run(ctx, db, file, backup.Options{Force: force})
			if shop.KindOf(err) != shop.KindConflict || force && !strings.Contains(err.Error(), file+suffix) {
				t.Errorf("%s, force %t: %v", suffix, force, err)
			}
		}
	}
	refused(other.Name(), "-wal")
	if books, err := reconcile.Run(ctx, other, reconcile.Options{}); err != nil || !books.OK || books.Orders != 40 {
		t.Errorf("%+v %v", books, err)
	}
	dir := t.TempDir()
	for _, suffix := range []string{"-wal", "-journal"} {
		file := filepath.Join(dir, "gone"+suffix+".db")
		if err := os.WriteFile(file+suffix, []byte("commits"), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(file, suffix)
	}
}

// A folder that is missing, as that of a disk which is not mounted, is named, and is not made.
func TestBackupIntoNoFolder(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	folder := filepath.Join(t.TempDir(), "unmounted")
	_, err := backup.Run(ctx, db, filepath.Join(folder, "shop.db"), backup.Options{})
	if shop.KindOf(err) != shop.KindConflict || !strings.Contains(err.Error(), "there is no folder "+folder+": ") {
		t.Error(err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// A damaged copy is found.
func TestBackupCheck(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	fill(t, db)
	file := filepath.Join(t.TempDir(), "shop.backup")
	if _, err := backup.Run(ctx, db, file, backup.Options{}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"cut off":     func(b []byte) []byte { return b[:len(b)/2] },
		"overwritten": func(b []byte) []byte { copy(b[8192:], strings.Repeat("x", 4096)); return b },
		"no database": func([]byte) []byte { return []byte(strings.Repeat("no database", 1000)) },
	} {
		if err := os.WriteFile(file, damage(append([]byte{}, whole...)), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := backup.Check(ctx, file); err == nil {
			t.Errorf("%s: passed", name)
		}
	}
}

// PostgreSQL has its own tools, which the error names.
func TestBackupOfPostgres(t *testing.T) {
	t.Parallel()
	_, err := backup.Run(storetest.Context(t), storetest.Postgres(t), filepath.Join(t.TempDir(), "x"), backup.Options{})
	if !errors.Is(err, backup.ErrPostgres) || !strings.Contains(err.Error(), "pg_dump") {
		t.Error(err)
	}
}
