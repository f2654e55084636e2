package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A new database and the files beside it can be read and written by their owner alone.
func TestOnlyTheOwnerReads(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := storetest.Open(t, store.Config{URL: "sqlite://" + filepath.Join(dir, "shop.db")})
	must(t, db.SQL(), "CREATE TABLE n (text text)")
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 3 {
		t.Errorf("the database, its log and the log's index: %v %v", files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file.Name(), info, err)
		}
	}
}

// A transaction that finds no room writes nothing, names the file, and leaves the
// connection fit for the next one.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	ctx := storetest.Context(t)
	file := filepath.Join(t.TempDir(), "shop.db")
	db := storetest.Open(t, store.Config{URL: "sqlite://" + file})
	must(t, db.SQL(), "CREATE TABLE n (text text)")
	add := func(rows int) error {
		return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			for range rows {
				if _, err := tx.ExecContext(ctx, "INSERT INTO n VALUES ($1)", strings.Repeat("n", 3000)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	var pages int
	if err := db.SQL().QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		must(t, db.SQL(), fmt.Sprintf("PRAGMA max_page_count = %d", pages+10))
		for range 3 {
			err := add(50)
			disk, ok := errors.AsType[*store.DiskError](err)
			if !ok || disk.Fault != store.DiskFull || disk.File != file || !store.Unwritten(err) || !strings.Contains(err.Error(), file) {
				t.Fatalf("without room: %v", err)
			}
			if strings.Contains(err.Error(), "rollback") {
				t.Errorf("what SQLite had rolled back already: %v", err)
			}
		}
		must(t, db.SQL(), "PRAGMA max_page_count = 100000")
		if err := add(1); err != nil {
			t.Fatalf("with room again: %v", err)
		}
	}
	var n int
	if err := db.ReadSQL().QueryRowContext(ctx, "SELECT count(*) FROM n").Scan(&n); err != nil || n != 3 {
		t.Errorf("%d rows, %v", n, err)
	}
}

// Nothing is written once the file was moved away, or another has its name: it would be
// lost. It goes on when the file is back.
func TestReplaced(t *testing.T) {
	t.Parallel()
	ctx := storetest.Context(t)
	file := filepath.Join(t.TempDir(), "shop.db")
	db := storetest.Open(t, store.Config{URL: "sqlite://" + file})
	must(t, db.SQL(), "CREATE TABLE n (i integer)")
	write := func() error {
		return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO n VALUES (1)")
			return err
		})
	}
	refused := func(when string) {
		t.Helper()
		for _, err := range []error{write(), db.Ping(ctx)} {
			if disk, ok := errors.AsType[*store.DiskError](err); !ok || disk.Fault != store.DiskReplaced || !store.Unwritten(err) {
				t.Errorf("%s: %v", when, err)
			}
		}
		if conn, err := db.ReadSQL().Conn(ctx); err == nil { // the first one is open; another would read another file
			defer func() { _ = conn.Close() }()
			if other, err := db.ReadSQL().Conn(ctx); err == nil {
				_ = other.Close()
				t.Errorf("%s: a new connection", when)
			}
		}
	}
	if err := errors.Join(write(), db.Ping(ctx), os.Rename(file, file+".away")); err != nil {
		t.Fatal(err)
	}
	refused("moved")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("replaced")
	if err := errors.Join(os.Rename(file+".away", file), write(), db.Ping(ctx)); err != nil {
		t.Errorf("back in its place: %v", err)
	}
}

// What is no database, and what cannot be there, is refused by name.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database\n", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, fault := range map[string]store.DiskFault{
		text:                                  store.DiskDamaged,
		filepath.Join(dir, "none", "shop.db"): store.DiskUnreachable,
	} {
		_, err := store.Open(storetest.Context(t), store.Config{URL: "sqlite://" + file})
		disk, ok := errors.AsType[*store.DiskError](err)
		if !ok || disk.Fault != fault || strings.Count(err.Error(), file) < 1 {
			t.Errorf("%s: %v", file, err)
		}
	}
}
