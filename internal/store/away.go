package store

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// Forbidden reports whether PostgreSQL denied a permission to the role in the URL.
func Forbidden(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "42501" // insufficient_privilege
}

// Undefined reports whether a statement names a table, column or function that does not
// exist.
func Undefined(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "42P01" || pg.Code == "42703" || pg.Code == "42883"
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
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		// Connection exceptions, shutdowns, and too many connections.
		return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P") || pg.Code == "53300"
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
