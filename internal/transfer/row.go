package transfer

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// row holds the values of one row, each in the form that both databases take and
// give: the forms follow the types of the schema, because SQLite's own types say
// little.
type row struct {
	cells []any // pointers to scan into
	kinds []kind
	out   []any
}

type kind int

const (
	text kind = iota
	boolean
	integer
	double
	moment
	bytes
	document
)

func kindOf(c *schema.Column) kind {
	switch {
	case c.Type == field.TypeBool:
		return boolean
	case c.Type == field.TypeTime:
		return moment
	case c.Type == field.TypeBytes:
		return bytes
	case c.Type == field.TypeJSON:
		return document
	case c.Type.Float():
		return double
	case c.Type.Integer():
		return integer
	default: // strings, enums, UUIDs and what is written like them
		return text
	}
}

func newRow(columns []*schema.Column) *row {
	r := &row{cells: make([]any, len(columns)), kinds: make([]kind, len(columns)), out: make([]any, len(columns))}
	for i, column := range columns {
		r.kinds[i] = kindOf(column)
		switch r.kinds[i] {
		case boolean:
			r.cells[i] = new(sql.NullBool)
		case integer:
			r.cells[i] = new(sql.NullInt64)
		case double:
			r.cells[i] = new(sql.NullFloat64)
		case moment:
			r.cells[i] = new(sql.NullTime)
		case bytes, document:
			r.cells[i] = new(sql.Null[[]byte]) // SQLite gives nil for what is empty, too
		case text:
			r.cells[i] = new(sql.NullString)
		}
	}
	return r
}

// scan reads the current row.
func (r *row) scan(rows *sql.Rows) error { //nolint:gocognit // one case a type
	if err := rows.Scan(r.cells...); err != nil {
		return err
	}
	for i, cell := range r.cells {
		r.out[i] = nil
		switch v := cell.(type) {
		case *sql.NullBool:
			if v.Valid {
				r.out[i] = v.Bool
			}
		case *sql.NullInt64:
			if v.Valid {
				r.out[i] = v.Int64
			}
		case *sql.NullFloat64:
			if v.Valid {
				r.out[i] = v.Float64
			}
		case *sql.NullTime:
			if v.Valid {
				r.out[i] = v.Time.UTC()
			}
		case *sql.NullString:
			if v.Valid {
				r.out[i] = v.String
			}
		case *sql.Null[[]byte]:
			if !v.Valid {
				continue
			}
			if err := r.keep(i, append([]byte{}, v.V...)); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep takes bytes or a JSON document, the latter in the one form that PostgreSQL
// does not change either.
func (r *row) keep(i int, v []byte) error {
	if r.kinds[i] == document {
		var parsed any
		if err := json.Unmarshal(v, &parsed); err != nil {
			return fmt.Errorf("a JSON document is broken: %w", err)
		}
		var err error
		if v, err = json.Marshal(parsed); err != nil {
			return fmt.Errorf("a JSON document is broken: %w", err)
		}
	}
	r.out[i] = v
	return nil
}

func (r *row) values() []any { return r.out }

// digest tells whether two tables have the same rows, in whatever order: the
// number of rows and the sum of their hashes.
type digest struct {
	rows int64
	sum  [4]uint64
	buf  []byte
}

func (d *digest) add(r *row) {
	d.buf = d.buf[:0]
	for i, v := range r.out {
		d.buf = appendValue(d.buf, r.cells[i], v)
	}
	hash := sha256.Sum256(d.buf)
	for i := range d.sum {
		d.sum[i] += binary.BigEndian.Uint64(hash[8*i:])
	}
	d.rows++
}

// appendValue writes a value so that no two lists of values look alike.
func appendValue(b []byte, cell, v any) []byte {
	if v == nil {
		return append(b, 0)
	}
	b = append(b, 1)
	switch c := cell.(type) {
	case *sql.NullBool:
		if c.Bool {
			return append(b, 1)
		}
		return append(b, 0)
	case *sql.NullInt64:
		return binary.BigEndian.AppendUint64(b, uint64(c.Int64)) //nolint:gosec // bits
	case *sql.NullFloat64:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(c.Float64))
	case *sql.NullTime:
		return binary.BigEndian.AppendUint64(b, uint64(c.Time.UnixMicro()))
	case *sql.NullString:
		return append(binary.BigEndian.AppendUint64(b, uint64(len(c.String))), c.String...)
	default:
		data, _ := v.([]byte)
		return append(binary.BigEndian.AppendUint64(b, uint64(len(data))), data...)
	}
}

// String is the digest in hexadecimal.
func (d *digest) String() string {
	var b []byte
	for _, part := range d.sum {
		b = binary.BigEndian.AppendUint64(b, part)
	}
	return hex.EncodeToString(b[:16])
}

func (d *digest) equal(other *digest) bool { return d.rows == other.rows && d.sum == other.sum }
