package store

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"modernc.org/sqlite"
)

// sqliteConnector opens connections that keep their statements prepared, as pgx does.
// Otherwise SQLite compiles every statement each time, which takes longer than running most
// of them.
type sqliteConnector struct {
	file    string
	opened  fs.FileInfo // the file when the database was opened
	name    string      // for SQLite's driver: the file and its settings
	observe Observer    // may be nil
}

// Connect implements driver.Connector.
func (c sqliteConnector) Connect(context.Context) (driver.Conn, error) {
	if err := inPlace(c.file, c.opened); err != nil {
		return nil, err
	}
	conn, err := c.Driver().Open(c.name)
	if err != nil {
		return nil, onDisk(c.file, err)
	}
	plain, ok := conn.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("unexpected connection %T", conn), conn.Close())
	}
	prepared := &preparedConn{sqliteConn: plain, file: c.file, opened: c.opened, idle: make(map[string]sqliteStmt)}
	if c.observe != nil {
		return observedConn{prepared, c.observe}, nil
	}
	return prepared, nil
}

// Driver implements driver.Connector.
func (sqliteConnector) Driver() driver.Driver { return &sqlite.Driver{} }

// sqliteConn, sqliteStmt and sqliteRows are what the driver's types offer.
type (
	sqliteConn interface {
		driver.Conn
		driver.ConnPrepareContext
		driver.ConnBeginTx
		driver.ExecerContext
		driver.QueryerContext
		driver.Pinger
		driver.SessionResetter
		driver.Validator
	}
	sqliteStmt interface {
		driver.Stmt
		driver.StmtExecContext
		driver.StmtQueryContext
	}
	sqliteRows interface {
		driver.Rows
		driver.RowsColumnTypeDatabaseTypeName
		driver.RowsColumnTypeLength
		driver.RowsColumnTypeNullable
		driver.RowsColumnTypePrecisionScale
		driver.RowsColumnTypeScanType
	}
)

// maxIdle limits the statements that a connection keeps prepared. The filters of lists
// produce many different texts, most of which are used once.
const maxIdle = 256

// preparedConn is a connection with its prepared statements that are not in use, by their
// text. Like every connection it serves one goroutine at a time.
type preparedConn struct {
	sqliteConn

	file   string
	opened fs.FileInfo
	idle   map[string]sqliteStmt
}

// Ping implements driver.Pinger. It is the first to touch a file that is opened to be
// read.
func (c *preparedConn) Ping(ctx context.Context) error {
	return errors.Join(onDisk(c.file, c.sqliteConn.Ping(ctx)), inPlace(c.file, c.opened))
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *preparedConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	stmt, err := c.sqliteConn.PrepareContext(ctx, text)
	if err != nil {
		return nil, onDisk(c.file, err)
	}
	full, ok := stmt.(sqliteStmt)
	if !ok {
		return nil, errors.Join(fmt.Errorf("unexpected statement %T", stmt), stmt.Close())
	}
	return diskStmt{full, c.file}, nil
}

// BeginTx implements driver.ConnBeginTx.
func (c *preparedConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := inPlace(c.file, c.opened); err != nil {
		return nil, err
	}
	tx, err := c.sqliteConn.BeginTx(ctx, opts)
	if err != nil {
		return nil, onDisk(c.file, err)
	}
	return diskTx{tx, c.file}, nil
}

// CheckNamedValue implements driver.NamedValueChecker: JSON is text, as what is written in
// SQL is, and no blob, which SQLite's own functions take for their binary form.
func (*preparedConn) CheckNamedValue(arg *driver.NamedValue) error {
	document, ok := arg.Value.(json.RawMessage)
	if !ok {
		return driver.ErrSkip // as ever
	}
	arg.Value = string(document)
	return nil
}

// ExecContext implements driver.ExecerContext.
func (c *preparedConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if !keeps(text) {
		result, err := c.sqliteConn.ExecContext(ctx, text, args)
		return result, onDisk(c.file, err)
	}
	stmt, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	result, err := stmt.ExecContext(ctx, args)
	return result, onDisk(c.file, errors.Join(err, c.give(text, stmt, err)))
}

// QueryContext implements driver.QueryerContext.
func (c *preparedConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if !keeps(text) {
		rows, err := c.sqliteConn.QueryContext(ctx, text, args)
		return rows, onDisk(c.file, err)
	}
	stmt, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args)
	if err != nil {
		return nil, onDisk(c.file, errors.Join(err, c.give(text, stmt, err)))
	}
	full, ok := rows.(sqliteRows)
	if !ok {
		return nil, errors.Join(fmt.Errorf("unexpected rows %T", rows), rows.Close(), stmt.Close())
	}
	return &preparedRows{sqliteRows: full, conn: c, text: text, stmt: stmt}, nil
}

// Close implements driver.Conn.
func (c *preparedConn) Close() error {
	var err error
	for _, stmt := range c.idle {
		err = errors.Join(err, stmt.Close())
	}
	c.idle = nil
	return errors.Join(err, c.sqliteConn.Close())
}

// keeps reports whether a statement is worth keeping: it is if it reads or writes rows, and
// not if it changes tables or settings.
func keeps(text string) bool {
	verb := strings.TrimLeft(text, " \t\r\n")
	for _, v := range [...]string{"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "} {
		if strings.HasPrefix(verb, v) {
			return true
		}
	}
	return false
}

// take returns the statement for exclusive use by the caller. A second query with the same
// text, while the rows of the first are still being read, gets a statement of its own.
func (c *preparedConn) take(ctx context.Context, text string) (sqliteStmt, error) {
	if stmt, ok := c.idle[text]; ok {
		delete(c.idle, text)
		return stmt, nil
	}
	stmt, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	prepared, ok := stmt.(diskStmt)
	if !ok {
		return nil, errors.Join(fmt.Errorf("unexpected statement %T", stmt), stmt.Close())
	}
	return prepared.sqliteStmt, nil
}

// give takes a statement back, unless it has failed.
func (c *preparedConn) give(text string, stmt sqliteStmt, failed error) error {
	if _, taken := c.idle[text]; failed != nil || taken || c.idle == nil {
		return stmt.Close() //nolint:wrapcheck // the driver's own
	}
	if len(c.idle) >= maxIdle {
		for other, old := range c.idle { // whichever comes first
			delete(c.idle, other)
			failed = old.Close()
			break
		}
	}
	c.idle[text] = stmt
	return failed //nolint:wrapcheck // the driver's own
}

// preparedRows give their statement back when they are closed.
type preparedRows struct {
	sqliteRows

	conn *preparedConn
	text string
	stmt sqliteStmt
}

// Next implements driver.Rows.
func (r *preparedRows) Next(dest []driver.Value) error {
	return onDisk(r.conn.file, r.sqliteRows.Next(dest))
}

// Close implements driver.Rows.
func (r *preparedRows) Close() error {
	err := r.sqliteRows.Close()
	return errors.Join(err, r.conn.give(r.text, r.stmt, err))
}
