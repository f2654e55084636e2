package store

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// PostgreSQL's codes (Appendix A of its manual) that are read here.
const (
	pgFeatureNotSupported   = "0A000"
	pgProtocolViolation     = "08P01"
	pgForeignKeyViolation   = "23503"
	pgUniqueViolation       = "23505"
	pgCheckViolation        = "23514"
	pgSerializationFailure  = "40001"
	pgDeadlockDetected      = "40P01"
	pgInsufficientPrivilege = "42501"
	pgUndefinedColumn       = "42703"
	pgUndefinedFunction     = "42883"
	pgUndefinedTable        = "42P01"
	pgDiskFull              = "53100"
	pgTooManyConnections    = "53300"
	pgLockNotAvailable      = "55P03"
	pgQueryCanceled         = "57014"
)

// pgCode returns the code of an error of PostgreSQL, and "" for every other error.
func pgCode(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code
	}
	return ""
}

// Forbidden reports whether PostgreSQL denied a permission to the role in the URL.
func Forbidden(err error) bool { return pgCode(err) == pgInsufficientPrivilege }

// Undefined reports whether a statement names a table, column or function that does not
// exist.
func Undefined(err error) bool {
	switch pgCode(err) {
	case pgUndefinedTable, pgUndefinedColumn, pgUndefinedFunction:
		return true
	}
	lite, ok := errors.AsType[*sqlite.Error](err) // which has no code for it
	return ok && strings.Contains(lite.Error(), "no such ")
}

// Unreachable reports whether no connection to the database could be opened.
func Unreachable(err error) bool {
	_, ok := errors.AsType[*pgconn.ConnectError](err)
	return ok
}

// ErrBusy is the error for who waited in vain for a connection, because all were in use.
// Nothing was done.
var ErrBusy = pipeline.ErrBusy

// Away reports whether the database could not be reached, or the connection to it was lost.
// If that happened during a COMMIT, the COMMIT may or may not have taken effect.
func Away(err error) bool {
	if Unreachable(err) {
		return true
	}
	if code := pgCode(err); code != "" {
		// Connection exceptions, shutdowns, and too many connections.
		return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "57P") || code == pgTooManyConnections
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	// SafeToRetry: a connection that broke while it was idle, which is noticed before
	// anything is sent.
	return pgconn.SafeToRetry(err) || errors.Is(err, pgconn.ErrConnClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// Unsure reports whether the answer to a COMMIT was lost, so that the transaction may have
// been committed, whatever else the error says.
func Unsure(err error) bool {
	_, ok := errors.AsType[*pipeline.UnsureError](err)
	return ok
}

// LockedOut reports whether a statement waited for a lock of PostgreSQL for as long as it
// may. Nothing was written.
func LockedOut(err error) bool { return pgCode(err) == pgLockNotAvailable }

// TimedOut reports whether the database gave up because a time limit was exceeded, of a
// statement or of waiting for a lock. Nothing was written.
func TimedOut(err error) bool { return LockedOut(err) || pgCode(err) == pgQueryCanceled }

// Retryable reports whether the transaction can be run again: it lost against another one,
// it gave up by itself (shop.ErrRepeat), or its connection had prepared statements from
// before a migration.
func Retryable(err error) bool {
	if errors.Is(err, shop.ErrRepeat) || stale(err) {
		return true
	}
	if code := pgCode(err); code != "" {
		return code == pgSerializationFailure || code == pgDeadlockDetected
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		primary := lite.Code() & 0xff
		return primary == sqlite3.SQLITE_BUSY || primary == sqlite3.SQLITE_LOCKED
	}
	return false
}
