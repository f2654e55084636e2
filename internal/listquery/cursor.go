package listquery

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
)

// expectedCursor is the message for every cursor that cannot be used, whatever the
// reason.
const expectedCursor = "expected the next_cursor of a page of this list, with the same sort and filters"

// A cursor is base64url of
//
//	version, one byte
//	checksum, eight bytes
//	the values of the sort keys, the id last
//
// The checksum covers the values and the list that they belong to: the resource, its scope,
// the sort, the search and the filters. It uses no secret: it detects truncation, typing
// errors and use with another list, but not forgery. A forged cursor only gives a list that
// begins elsewhere, which a filter can do as well. The values are therefore validated like
// those of filters.
const (
	cursorVersion = 1
	checksumSize  = 8
	headerSize    = 1 + checksumSize
)

var cursorEncoding = base64.RawURLEncoding.Strict()

// NextCursor returns the cursor of the page after the row whose values are given. It calls
// value with the name of each field of the sort, or with Field.Folded where the field has a
// folded text, and with "id". value returns what is stored: nil for NULL, an integer or a
// string of any named type, a boolean, a float, a time, or a pointer to one of these.
// NextCursor panics on anything else, because the list could not be read to its end.
func (q *Query) NextCursor(value func(field string) any) string {
	buf := make([]byte, headerSize, 128)
	for i := range q.keys {
		buf = appendValue(buf, q.keys[i].stored(value(q.keys[i].name)))
	}
	return q.seal(buf)
}

// seal makes a cursor from encoded values. In buf, they come after room for the header.
func (q *Query) seal(buf []byte) string {
	sum := q.checksum(buf[headerSize:])
	buf[0] = cursorVersion
	copy(buf[1:], sum[:])
	return cursorEncoding.EncodeToString(buf)
}

// unseal decodes a cursor of any list, and reports whether its form is right.
func unseal(cursor string) ([]byte, bool) {
	if strings.ContainsAny(cursor, "\r\n") { // the decoder skips these
		return nil, false
	}
	sealed, err := cursorEncoding.DecodeString(cursor)
	return sealed, err == nil && len(sealed) > headerSize && sealed[0] == cursorVersion
}

// open returns the position that an unsealed cursor of this list holds.
func (q *Query) open(sealed []byte) ([]any, bool) {
	values := sealed[headerSize:]
	if sum := q.checksum(values); !bytes.Equal(sum[:], sealed[1:headerSize]) {
		return nil, false
	}
	return q.values(values)
}

// values decodes one value for each key.
func (q *Query) values(buf []byte) ([]any, bool) {
	position := make([]any, len(q.keys))
	for i := range q.keys {
		var ok bool
		if position[i], buf, ok = q.keys[i].cutValue(buf); !ok {
			return nil, false
		}
	}
	return position, len(buf) == 0
}

// checksum returns the checksum of the values and of the list that they belong to.
func (q *Query) checksum(values []byte) [checksumSize]byte {
	var scratch [512]byte
	buf := append(scratch[:0], cursorVersion)
	buf = appendText(buf, q.resource.Name)
	buf = appendBool(buf, q.deleted)
	texts := make([]string, len(q.search))
	for i, s := range q.search {
		texts[i] = s.text
	}
	buf = appendText(buf, strings.Join(texts, "\x00"))
	buf = binary.AppendUvarint(buf, uint64(len(q.keys)))
	for i := range q.keys {
		buf = appendText(buf, q.keys[i].name)
		buf = appendBool(buf, q.keys[i].desc)
	}
	buf = q.appendFilters(buf, q.scopes)
	buf = q.appendFilters(buf, q.filters)
	buf = append(buf, values...)
	sum := sha256.Sum256(buf)
	return [checksumSize]byte(sum[:])
}

func (q *Query) appendFilters(buf []byte, filters []filter) []byte {
	buf = binary.AppendUvarint(buf, uint64(len(filters)))
	for i := range filters {
		f := &filters[i]
		buf = appendText(buf, q.resource.Fields[f.field].Name)
		buf = append(buf, byte(f.op))
		buf = binary.AppendUvarint(buf, uint64(len(f.values)))
		for _, v := range f.values {
			buf = appendValue(buf, v)
		}
	}
	return buf
}
