package listquery

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"time"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// tagNull replaces the kind before a value that is NULL.
const tagNull byte = 0xff

// wordSize is the length in bytes of every value but text and booleans.
const wordSize = 8

// appendValue encodes a value so that it can be decoded in only one way and equal values
// are encoded alike: its kind, followed by eight bytes, by one byte for a boolean, or by
// the length and the bytes of a text.
func appendValue(buf []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(buf, tagNull)
	case int64:
		return binary.BigEndian.AppendUint64(append(buf, byte(integers)), uint64(v)) //nolint:gosec // the bits are kept
	case float64:
		return binary.BigEndian.AppendUint64(append(buf, byte(floats)), math.Float64bits(v))
	case bool:
		return appendBool(append(buf, byte(booleans)), v)
	case time.Time:
		return binary.BigEndian.AppendUint64(append(buf, byte(times)), uint64(v.UnixMicro()))
	case string:
		return appendText(append(buf, byte(texts)), v)
	default:
		panic(fmt.Sprintf("listquery: no encoding for %T", v))
	}
}

func appendBool(buf []byte, v bool) []byte {
	if v {
		return append(buf, 1)
	}
	return append(buf, 0)
}

// appendText writes the length in a fixed four bytes, and then the text.
func appendText(buf []byte, s string) []byte {
	buf = binary.BigEndian.AppendUint32(buf, uint32(len(s))) //nolint:gosec // no column or query holds 4 GiB
	return append(buf, s...)
}

// cutValue decodes a value of the key from the front of buf and returns it with the rest.
// It returns false for a value that the key's column cannot hold.
func (k *key) cutValue(buf []byte) (any, []byte, bool) {
	if len(buf) == 0 {
		return nil, nil, false
	}
	tag, buf := buf[0], buf[1:]
	switch {
	case tag == tagNull:
		return nil, buf, k.nullable
	case tag != byte(k.kind):
		return nil, nil, false
	case k.kind == texts:
		return cutText(buf)
	case k.kind == booleans:
		if len(buf) == 0 || buf[0] > 1 {
			return nil, nil, false
		}
		return buf[0] == 1, buf[1:], true
	case len(buf) < wordSize:
		return nil, nil, false
	}
	word, rest := binary.BigEndian.Uint64(buf), buf[wordSize:]
	switch k.kind {
	case integers:
		return int64(word), rest, true //nolint:gosec // the bits are kept
	case floats:
		n := math.Float64frombits(word)
		return n, rest, finite(n)
	case times:
		t := time.UnixMicro(int64(word)).UTC()                           //nolint:gosec // the bits are kept
		return t, rest, shop.Storable(t) && t.UnixMicro() == int64(word) //nolint:gosec // the bits are kept
	default:
		return nil, nil, false
	}
}

func cutText(buf []byte) (any, []byte, bool) {
	const lengthSize = 4
	if len(buf) < lengthSize {
		return nil, nil, false
	}
	length, buf := int64(binary.BigEndian.Uint32(buf)), buf[lengthSize:]
	if length > int64(len(buf)) {
		return nil, nil, false
	}
	s := string(buf[:length])
	return s, buf[length:], clean(s)
}

// stored converts a value of the key to the Go type of its kind.
func (k *key) stored(v any) any {
	v = plain(v)
	ok := false
	switch k.kind {
	case integers:
		_, ok = v.(int64)
	case floats:
		_, ok = v.(float64)
	case booleans:
		_, ok = v.(bool)
	case texts:
		_, ok = v.(string)
	case times:
		_, ok = v.(time.Time)
	case opaque:
	}
	if !ok && (v != nil || !k.nullable) {
		panic(fmt.Sprintf("listquery: %s has a value of type %T", k.name, v))
	}
	return v
}

// plain converts a value of a named type or a pointer to the plain type behind it.
func plain(v any) any {
	switch v.(type) {
	case nil, int64, string, bool, float64, time.Time:
		return v
	}
	r := reflect.ValueOf(v)
	for r.Kind() == reflect.Pointer {
		if r.IsNil() {
			return nil
		}
		r = r.Elem()
	}
	switch {
	case r.CanInt():
		return r.Int()
	case r.CanUint() && r.Uint() <= math.MaxInt64:
		return int64(r.Uint()) //nolint:gosec // it fits
	case r.CanFloat():
		return r.Float()
	case r.Kind() == reflect.Bool:
		return r.Bool()
	case r.Kind() == reflect.String:
		return r.String()
	default:
		return r.Interface()
	}
}
