// Package backup makes a copy of an SQLite database while it is in use.
package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// ErrPostgres is the error for PostgreSQL, which has its own backup tools.
var ErrPostgres = errors.New("PostgreSQL is backed up with its own tools: " +
	"pg_dump --format=custom --file=FILE \"$DATABASE_URL\", restored by pg_restore; see docs/operations.md")

// Options say how to back up.
type Options struct {
	// Force replaces a file that exists.
	Force bool
}

// Report says what was written.
type Report struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}

// Run writes a copy of the database to a file that only its owner can read. The copy has
// everything that was committed when Run began. Writers do not wait for it. It is checked
// and flushed to disk before it gets its name, so that under that name there is either a
// complete backup or what was there before. An existing file is a conflict unless Force is
// set. Run never replaces a database that is in use or was not closed, nor anything that is
// not a regular file, such as /dev/null. If the file is a symbolic link, its target is
// replaced. Only the system may call it, because it bypasses ent and its policies.
func Run(ctx context.Context, db *store.DB, file string, o Options) (report Report, err error) {
	if err := access.CheckSystem(ctx); err != nil {
		return Report{}, err
	}
	if db.Dialect() != dialect.SQLite {
		return Report{}, ErrPostgres
	}
	if file, err = target(db, file, o.Force); err != nil {
		return Report{}, err
	}
	partial, err := os.CreateTemp(filepath.Dir(file), ".storekeeper-backup-*") // readable by its owner only
	if err != nil {
		return Report{}, fmt.Errorf("backup: %w", err)
	}
	defer func() {
		for _, suffix := range []string{"", "-journal"} { // if the disk is full, SQLite leaves its journal behind
			if gone := os.Remove(partial.Name() + suffix); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, fmt.Errorf("backup: %w", gone))
			}
		}
	}()
	err = errors.Join(write(ctx, db, partial.Name(), file), partial.Sync())
	info, statErr := partial.Stat()
	if err = errors.Join(err, statErr, partial.Close()); err != nil {
		return Report{}, fmt.Errorf("backup: %w", err)
	}
	if err := publish(partial.Name(), file, o.Force); err != nil {
		return Report{}, err
	}
	return Report{File: file, Bytes: info.Size()}, nil
}

// target returns the file to write for a name, which is absolute and where a symbolic link
// leads. It refuses files that Run never replaces.
func target(db *store.DB, name string, force bool) (file string, err error) {
	if file, err = filepath.Abs(name); err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	if info, err := os.Lstat(file); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if file, err = filepath.EvalSymlinks(file); err != nil { // replace the file, not the link to it
			return "", fmt.Errorf("backup: %w", err)
		}
	}
	if err := apart(db, file); err != nil {
		return "", err
	}
	switch info, err := os.Stat(file); {
	case err != nil: // a new name
	case !info.Mode().IsRegular():
		return "", shop.Conflictf("%s is a folder or a device: name a file", file)
	case !force:
		return "", exists(file)
	}
	return file, unlogged(file)
}

func exists(file string) error {
	return shop.Conflictf("%s exists: choose another name, or use --force to replace it", file)
}

// apart refuses the database itself and the files that SQLite keeps beside it, under
// whatever name, even if they do not exist at the moment.
func apart(db *store.DB, file string) error {
	database, err := filepath.EvalSymlinks(db.Name())
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(file))
	if errors.Is(err, fs.ErrNotExist) {
		return shop.Conflictf("there is no folder %s: make it, mount the disk that it is on, or choose another", filepath.Dir(file))
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	name := filepath.Join(folder, filepath.Base(file))
	target, targetErr := os.Stat(file)
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		part, partErr := os.Stat(database + suffix)
		if name == database+suffix || targetErr == nil && partErr == nil && os.SameFile(target, part) {
			return shop.Conflictf("%s is a file of the database that is backed up: choose another name", file)
		}
	}
	return nil
}

// unlogged refuses a name that has an SQLite log beside it. The log has the last commits
// of another database of that name, which somebody uses or did not close: SQLite would
// apply it to the copy and damage it.
func unlogged(file string) error {
	for _, suffix := range []string{"-wal", "-journal"} {
		if _, err := os.Lstat(file + suffix); err == nil {
			return shop.Conflictf("%s%s belongs to another database of that name, which is in use or was not closed: "+
				"stop its server and move both away, or choose another name", file, suffix)
		}
	}
	return nil
}

// write makes the copy, under a temporary name, and checks it.
func write(ctx context.Context, db *store.DB, partial, file string) error {
	_, err := db.SQL().ExecContext(ctx, "VACUUM INTO ?", partial)
	if disk, ok := errors.AsType[*store.DiskError](err); ok && store.Unwritten(err) {
		disk.File = file // the copy is written, not the database
	}
	if err != nil {
		return fmt.Errorf("copy %s: %w", db.Name(), err)
	}
	return Check(ctx, partial)
}

// Check reads a whole copy. It returns an error when SQLite finds anything wrong with it.
func Check(ctx context.Context, file string) (err error) {
	name := (&url.URL{Scheme: "file", Path: file, RawQuery: "mode=ro&immutable=1"}).String()
	pool, err := sql.Open("sqlite", name)
	if err != nil {
		return fmt.Errorf("check the copy: %w", err)
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	var wrong string
	err = pool.QueryRowContext(ctx, `
SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
UNION ALL
SELECT 'a row of ' || "table" || ' refers to a record that does not exist' FROM pragma_foreign_key_check
LIMIT 1`).Scan(&wrong)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = errors.New(wrong)
	}
	return fmt.Errorf("check the copy: %w", err)
}

// publish gives the copy its name, and makes sure that the name survives a power loss. Of
// two backups to one name at the same time, one gets the error that the file exists,
// unless force is set.
func publish(partial, file string, force bool) error {
	give := os.Link
	if force {
		give = os.Rename
	}
	err := give(partial, file)
	if err != nil && !force && !errors.Is(err, fs.ErrExist) { // a file system without links
		err = reserve(partial, file)
	}
	if errors.Is(err, fs.ErrExist) {
		return exists(file)
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	folder, err := os.Open(filepath.Dir(file))
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// reserve takes the name by creating an empty file, which nobody else can do after it,
// and then replaces that file with the copy.
func reserve(partial, file string) error {
	empty, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return err //nolint:wrapcheck // publish explains it
	}
	if err := errors.Join(empty.Close(), os.Rename(partial, file)); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}
