package transfer

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// row holds the values of one row, each in a form that both databases accept and return.
// The forms follow the types of the schema, because SQLite's own types say little.
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
	blob
	document
)

func kindOf(c *schema.Column) kind {
	switch {
	case c.Type == field.TypeBool:
		return boolean
	case c.Type == field.TypeTime:
		return moment
	case c.Type == field.TypeBytes:
		return blob
	case c.Type == field.TypeJSON:
		return document
	case c.Type.Float():
		return double
	case c.Type.Integer():
		return integer
	default: // strings, enums, UUIDs and other types that are stored as text
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
		case blob, document:
			r.cells[i] = new(sql.Null[[]byte]) // SQLite returns nil for empty bytes too
		case text:
			r.cells[i] = new(sql.NullString)
		}
	}
	return r
}

// scan reads the current row.
func (r *row) scan(rows *sql.Rows) error {
	if err := rows.Scan(r.cells...); err != nil {
		return err
	}
	for i, cell := range r.cells {
		value, err := driver.DefaultParameterConverter.ConvertValue(cell)
		if err != nil {
			return fmt.Errorf("read a value: %w", err)
		}
		switch v := value.(type) {
		case time.Time:
			value = v.UTC()
		case []byte:
			if value, err = r.keep(i, v); err != nil {
				return err
			}
		}
		r.out[i] = value
	}
	return nil
}

// keep returns bytes unchanged, and a JSON document as text, in a form that PostgreSQL does
// not change either.
func (r *row) keep(i int, v []byte) (any, error) {
	if r.kinds[i] != document {
		return append([]byte{}, v...), nil // never nil, which would be NULL
	}
	if !json.Valid(v) {
		return nil, errors.New("a JSON document is broken")
	}
	decoder := json.NewDecoder(bytes.NewReader(v))
	decoder.UseNumber()
	var parsed any
	if err := decoder.Decode(&parsed); err != nil {
		return nil, fmt.Errorf("a JSON document is broken: %w", err)
	}
	out, err := json.Marshal(oneForm(parsed))
	if err != nil {
		return nil, fmt.Errorf("a JSON document is broken: %w", err)
	}
	return string(out), nil
}

// oneForm gives equal numbers of a document the same form, as PostgreSQL does with some
// (1e3 becomes 1000): integers with all digits, others as a float64.
func oneForm(value any) any {
	switch v := value.(type) {
	case json.Number:
		if integer, err := v.Int64(); err == nil {
			return integer
		}
		if double, err := v.Float64(); err == nil {
			return double
		}
	case []any:
		for i := range v {
			v[i] = oneForm(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = oneForm(v[name])
		}
	}
	return value
}

// digest shows whether two tables have the same rows, in whatever order. It is the number
// of rows and the sum of their hashes.
type digest struct {
	rows int64
	sum  [4]uint64
	buf  []byte
}

func (d *digest) add(r *row) {
	d.buf = d.buf[:0]
	for _, v := range r.out {
		d.buf = appendValue(d.buf, v)
	}
	hash := sha256.Sum256(d.buf)
	for i := range d.sum {
		d.sum[i] += binary.BigEndian.Uint64(hash[8*i:])
	}
	d.rows++
}

// appendValue encodes a value so that no two lists of values have the same encoding.
func appendValue(b []byte, value any) []byte {
	if value == nil {
		return append(b, 0)
	}
	b = append(b, 1)
	switch v := value.(type) {
	case bool:
		if v {
			return append(b, 1)
		}
		return append(b, 0)
	case int64:
		return binary.BigEndian.AppendUint64(b, uint64(v)) //nolint:gosec // bits
	case float64:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v))
	case time.Time:
		return binary.BigEndian.AppendUint64(b, uint64(v.UnixMicro()))
	case string:
		return append(binary.BigEndian.AppendUint64(b, uint64(len(v))), v...)
	default:
		data, _ := v.([]byte)
		return append(binary.BigEndian.AppendUint64(b, uint64(len(data))), data...)
	}
}

// String returns the digest in hexadecimal.
func (d *digest) String() string {
	var b []byte
	for _, part := range d.sum {
		b = binary.BigEndian.AppendUint64(b, part)
	}
	return hex.EncodeToString(b[:16])
}

func (d *digest) equal(other *digest) bool { return d.rows == other.rows && d.sum == other.sum }
