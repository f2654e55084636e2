package pipeline

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// Rows holds all rows of a PostgreSQL query, so that the connection is free before they are
// scanned. They are read through pgx itself: database/sql adds a goroutine for every query
// and two allocations for every value, which doubles the cost.
type Rows struct {
	types   *pgtype.Map // nil when closed
	columns []column
	sizes   []int32 // of the values of all rows that are still to come, null for NULL
	data    []byte  // these values, one after the other
	row     []int32 // the sizes of the row that is scanned
	values  []byte  // its values

	number pgtype.Int8
	truth  pgtype.Bool
	moment pgtype.Timestamptz
}

type column struct {
	name   string
	oid    uint32
	format int16
}

var _ entsql.ColumnScanner = (*Rows)(nil)

// types decode values. Each caches how, and is used by one goroutine at a time.
var types = sync.Pool{New: func() any { return pgtype.NewMap() }}

// Read runs a query on a connection of PostgreSQL. The error is driver.ErrBadConn when
// the connection turned out to be broken before anything was sent.
func Read(ctx context.Context, conn *stdsql.Conn, query string, args []any) (*Rows, error) {
	read := new(Rows)
	err := raw(conn, func(conn *pgx.Conn) error {
		found, err := conn.Query(ctx, query, args...)
		if err == nil {
			err = read.collect(found)
		}
		if err != nil && conn.IsClosed() && pgconn.SafeToRetry(err) {
			return driver.ErrBadConn
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return read, nil
}

// collect reads all rows.
func (r *Rows) collect(found pgx.Rows) error {
	defer found.Close()
	fields := found.FieldDescriptions()
	r.columns, r.sizes = make([]column, len(fields)), make([]int32, 0, len(fields))
	r.data = []byte{} // not nil, which would make an empty text NULL
	for i := range fields {
		r.columns[i] = column{fields[i].Name, fields[i].DataTypeOID, fields[i].Format}
	}
	for found.Next() {
		r.keep(found.RawValues())
	}
	if err := found.Err(); err != nil {
		return err
	}
	r.types, _ = types.Get().(*pgtype.Map)
	return nil
}

// null is the size of NULL.
const null = -1

// keep copies a row, which is in the connection's buffer. Most queries find one row. If
// there is a second, keep makes room for a few, and then for a page of them.
func (r *Rows) keep(row [][]byte) {
	size := 0
	for _, value := range row {
		size += len(value)
	}
	const few, page, most = 4, 32, 16 << 10
	switch len(r.sizes) {
	case len(row):
		r.grow(few, few*size)
	case few * len(row):
		r.grow(page, min(page*size, most))
	}
	r.data = slices.Grow(r.data, size)
	for _, value := range row {
		if value == nil {
			r.sizes = append(r.sizes, null)
			continue
		}
		r.sizes = append(r.sizes, int32(len(value))) //nolint:gosec // a value has at most 1 GB
		r.data = append(r.data, value...)
	}
}

// grow makes room for so many rows more.
func (r *Rows) grow(rows, size int) {
	r.sizes = slices.Grow(r.sizes, rows*len(r.columns))
	r.data = slices.Grow(r.data, size)
}

// left is how many rows are still to come.
func (r *Rows) left() int {
	if len(r.columns) == 0 {
		return 0
	}
	return len(r.sizes) / len(r.columns)
}

// Close implements entsql.ColumnScanner.
func (r *Rows) Close() error {
	if r.types != nil {
		types.Put(r.types)
		r.types = nil
	}
	return nil
}

// Columns implements entsql.ColumnScanner.
func (r *Rows) Columns() ([]string, error) {
	names := make([]string, len(r.columns))
	for i := range r.columns {
		names[i] = r.columns[i].name
	}
	return names, nil
}

// ColumnTypes implements entsql.ColumnScanner. It is not supported, and ent does
// not ask.
func (*Rows) ColumnTypes() ([]*stdsql.ColumnType, error) { return nil, errors.ErrUnsupported }

// Err implements entsql.ColumnScanner. Errors came before the rows.
func (*Rows) Err() error { return nil }

// NextResultSet implements entsql.ColumnScanner.
func (*Rows) NextResultSet() bool { return false }

// Next implements entsql.ColumnScanner.
func (r *Rows) Next() bool {
	if r.types == nil || len(r.sizes) == 0 {
		r.row, r.values = nil, nil
		return false
	}
	r.row, r.sizes = r.sizes[:len(r.columns)], r.sizes[len(r.columns):]
	length := 0
	for _, size := range r.row {
		length += max(int(size), 0)
	}
	r.values, r.data = r.data[:length], r.data[length:]
	return true
}

// Scan implements entsql.ColumnScanner.
func (r *Rows) Scan(dest ...any) error {
	if r.types == nil || len(dest) != len(r.row) {
		return fmt.Errorf("scan: expected a row and %d destinations, got %d", len(r.columns), len(dest))
	}
	rest := r.values
	for i := range dest {
		var value []byte
		if size := r.row[i]; size != null {
			value, rest = rest[:size:size], rest[size:]
		}
		if err := r.scan(&r.columns[i], value, dest[i]); err != nil {
			return fmt.Errorf("scan column %s: %w", r.columns[i].name, err)
		}
	}
	return nil
}

// scan decodes a value. The most common targets, which for ent are the types of
// database/sql, are decoded here, because for each pgx would look up how to do it and make
// up to two allocations.
func (r *Rows) scan(c *column, value []byte, dest any) (err error) {
	switch d := dest.(type) {
	case *stdsql.NullInt64:
		if d.Int64, d.Valid = number(c, value); d.Valid {
			return nil
		}
		err = r.types.Scan(c.oid, c.format, value, &r.number)
		d.Int64, d.Valid = r.number.Int64, r.number.Valid
	case *stdsql.NullBool:
		err = r.types.Scan(c.oid, c.format, value, &r.truth)
		d.Bool, d.Valid = r.truth.Bool, r.truth.Valid
	case *stdsql.NullTime:
		switch d.Time, d.Valid = moment(c, value); {
		case d.Valid || value == nil:
			return nil
		case c.oid != pgtype.TimestamptzOID:
			return r.types.Scan(c.oid, c.format, value, dest) //nolint:wrapcheck // the caller does
		}
		err = r.types.Scan(c.oid, c.format, value, &r.moment)
		if err == nil && r.moment.InfinityModifier != pgtype.Finite {
			err = errInfinite
		}
		d.Time, d.Valid = r.moment.Time, r.moment.Valid
	case *stdsql.NullString:
		if !text(c) {
			return r.types.Scan(c.oid, c.format, value, dest) //nolint:wrapcheck // the caller does
		}
		d.String, d.Valid = string(value), value != nil
	default:
		if decoded(c, value, dest) {
			return nil
		}
		err = r.types.Scan(c.oid, c.format, value, dest)
	}
	return err //nolint:wrapcheck // the caller does
}

// decoded decodes a value into a type of Go that fits its column, and reports false for
// any other, and for NULL.
func decoded(c *column, value []byte, dest any) (ok bool) {
	switch d := dest.(type) {
	case *int64:
		var n int64
		if n, ok = number(c, value); ok {
			*d = n
		}
	case *string:
		if ok = text(c) && value != nil; ok {
			*d = string(value)
		}
	case *bool:
		if ok = c.oid == pgtype.BoolOID && c.format == pgx.BinaryFormatCode && len(value) == 1; ok {
			*d = value[0] != 0
		}
	case *time.Time:
		var at time.Time
		if at, ok = moment(c, value); ok {
			*d = at
		}
	}
	return ok
}

var errInfinite = errors.New("the moment is infinite")

// year2000 is the time from which PostgreSQL counts microseconds, in Unix seconds.
const year2000 = 946_684_800

// moment decodes a binary timestamptz, for which pgx would make a new plan each time. It
// reports false for anything else, for NULL and for infinity.
func moment(c *column, value []byte) (at time.Time, ok bool) {
	since, ok := eight(c, pgtype.TimestamptzOID, value)
	if !ok || since == math.MaxInt64 || since == math.MinInt64 {
		return time.Time{}, false
	}
	return time.Unix(year2000+since/1_000_000, since%1_000_000*1_000), true
}

// text reports whether the values of a column are texts.
func text(c *column) bool { return c.oid == pgtype.TextOID || c.oid == pgtype.VarcharOID }

// number decodes a bigint in binary. It reports false for anything else and for NULL.
func number(c *column, value []byte) (n int64, ok bool) { return eight(c, pgtype.Int8OID, value) }

// eight decodes a value of a type that is eight bytes in binary.
func eight(c *column, oid uint32, value []byte) (n int64, ok bool) {
	if c.oid != oid || c.format != pgx.BinaryFormatCode || len(value) != 8 {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(value)), true //nolint:gosec // the bits of a signed number
}
