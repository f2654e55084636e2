package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// DiskFault is what is wrong with the file of an SQLite database.
type DiskFault int

// The faults.
const (
	DiskFull        DiskFault = iota + 1 // no room for the file, or for a temporary one, or past a limit on file sizes
	DiskReadOnly                         // the file or its folder cannot be written
	DiskUnreachable                      // the file or its folder is missing or closed to this user
	DiskDamaged                          // the file is not what SQLite wrote
	DiskFailing                          // reading or writing failed in another way
	DiskReplaced                         // the file is not the one any more that was opened
	DiskHomeless                         // there is no folder for temporary files
)

// advice is what whoever runs the program can do about a fault.
var advice = map[DiskFault]string{
	DiskFull: "there is no room for it, or for temporary files in $TMPDIR or /var/tmp: make room and go on, " +
		"nothing has to be repaired",
	DiskReadOnly: "it cannot be written: let the user that storekeeper runs as write the file, " +
		"its -wal and -shm files, and its folder, where SQLite makes these",
	DiskUnreachable: "it cannot be opened: the folder must exist, and the user that storekeeper runs as must be able " +
		"to enter and write the folder and the file in it",
	DiskDamaged: "the file is damaged, or is no database: stop the program, keep a copy of the file, restore the last " +
		"backup, and look at the disk (docs/operations.md)",
	DiskFailing: "reading or writing it failed: look at the system's log, at quotas, and at limits on the size of files",
	DiskReplaced: "its file was moved, removed or replaced while the program has it open, so that nothing is written any more: " +
		"stop the program, and see in docs/operations.md how to restore a backup",
	DiskHomeless: "there is no folder for temporary files: let the user that storekeeper runs as write $TMPDIR or /var/tmp",
}

// DiskError says that the file of an SQLite database cannot be used, names it,
// and says what to do.
type DiskError struct {
	File  string
	Fault DiskFault
	Err   error

	denied string // which file is closed to this user, and what opens it; may be empty
}

// Advice says what is wrong and what to do. It contains nothing confidential.
func (e *DiskError) Advice() string { return advice[e.Fault] }

// Error implements error.
func (e *DiskError) Error() string {
	if e.denied != "" {
		return fmt.Sprintf("database %s: %s: %v", e.File, e.denied, e.Err)
	}
	return fmt.Sprintf("database %s: %s: %v", e.File, e.Advice(), e.Err)
}

// Unwrap returns what SQLite or the system said.
func (e *DiskError) Unwrap() error { return e.Err }

// Unwritten reports whether the database had no room for what was to be written, or
// cannot be written at all. Nothing was written, and a later try may succeed.
func Unwritten(err error) bool {
	if e, ok := errors.AsType[*DiskError](err); ok {
		switch e.Fault {
		case DiskFull, DiskReadOnly, DiskUnreachable, DiskReplaced, DiskHomeless:
			return true
		case DiskDamaged, DiskFailing:
			return failedWrite(e)
		}
	}
	code := pgCode(err)
	return code == pgDiskFull || code == pipeline.ReadOnly
}

// failedWrite reports whether SQLite could not write to its file, for example because a
// quota is used up. The transaction is undone, even if a part of it had been written.
func failedWrite(err error) bool {
	lite, ok := errors.AsType[*sqlite.Error](err)
	return ok && lite.Code() == sqlite3.SQLITE_IOERR_WRITE
}

// onDisk returns a DiskError for a fault of the file, and every other error as it is.
func onDisk(file string, err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, driver.ErrSkip) {
		return err
	}
	if fault := faultOf(err); fault != 0 {
		e := &DiskError{File: file, Fault: fault, Err: err}
		if fault == DiskReadOnly || fault == DiskUnreachable {
			e.denied = denied(file)
		}
		return e
	}
	return err
}

func faultOf(err error) DiskFault {
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() {
		case sqlite3.SQLITE_IOERR_SHMSIZE: // the -shm file could not be made as large as it must be
			return DiskFull
		case sqlite3.SQLITE_IOERR_GETTEMPPATH:
			return DiskHomeless
		}
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			return DiskFull
		case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
			return DiskReadOnly
		case sqlite3.SQLITE_CANTOPEN:
			return DiskUnreachable
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return DiskDamaged
		case sqlite3.SQLITE_IOERR:
			return DiskFailing
		}
		return 0
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return DiskFull
	case errors.Is(err, syscall.EROFS):
		return DiskReadOnly
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return DiskUnreachable
	}
	return 0
}

// inPlace returns an error when the file that was opened is no longer at its path. SQLite
// would keep writing to the opened file, which is lost when it is closed, and to a log
// whose name belongs to the file that is at the path now.
func inPlace(file string, opened fs.FileInfo) error {
	now, err := os.Stat(file)
	switch {
	case err == nil && !os.SameFile(now, opened):
		err = errors.New("another file has its name")
	case !errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return &DiskError{File: file, Fault: DiskReplaced, Err: err}
}

// diskTx is a transaction on a file.
type diskTx struct {
	driver.Tx

	file string
}

// Commit implements driver.Tx.
func (t diskTx) Commit() error { return onDisk(t.file, t.Tx.Commit()) }

// Rollback implements driver.Tx. After some faults of the disk SQLite has rolled
// back by itself.
func (t diskTx) Rollback() error {
	err := t.Tx.Rollback()
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return onDisk(t.file, err)
}

// diskStmt is a prepared statement on a file.
type diskStmt struct {
	sqliteStmt

	file string
}

// ExecContext implements driver.StmtExecContext.
func (s diskStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	result, err := s.sqliteStmt.ExecContext(ctx, args)
	return result, onDisk(s.file, err)
}

// QueryContext implements driver.StmtQueryContext.
func (s diskStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := s.sqliteStmt.QueryContext(ctx, args)
	return rows, onDisk(s.file, err)
}
