package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// encode writes a value as the API shows it. The same text comes from the
// database's own functions: nothing is escaped that need not be, and times are
// in UTC.
func encode(v any) (json.RawMessage, error) {
	switch t := v.(type) {
	case time.Time:
		v = t.UTC()
	case *time.Time:
		if t != nil {
			v = t.UTC()
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Same reports whether two JSON texts are the same value, however its numbers are
// written: 1.0 is what SQLite has of 1. Integers are compared exactly.
func Same(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	x, okX := decode(a)
	y, okY := decode(b)
	return okX && okY && reflect.DeepEqual(x, y)
}

func decode(text json.RawMessage) (any, bool) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	err := dec.Decode(&v)
	return plain(v), err == nil
}

// plain writes the numbers in a value in one way: those with a fraction or an exponent
// as encode does.
func plain(v any) any {
	switch v := v.(type) {
	case json.Number:
		if f, err := v.Float64(); err == nil && strings.ContainsAny(v.String(), ".eE") {
			if text, err := encode(f); err == nil {
				return json.Number(text)
			}
		}
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = plain(v[name])
		}
	}
	return v
}

// sum is a number before and what is added to it.
func sum(before json.RawMessage, add any) (json.RawMessage, error) {
	if bytes.Equal(before, shop.Null) {
		before = json.RawMessage("0") // as ent adds to NULL
	}
	if n, err := strconv.ParseInt(string(before), 10, 64); err == nil {
		if v := reflect.ValueOf(add); v.CanInt() {
			return strconv.AppendInt(nil, n+v.Int(), 10), nil
		}
	}
	f, err := strconv.ParseFloat(string(before), 64)
	v := reflect.ValueOf(add)
	switch {
	case err != nil:
		return nil, fmt.Errorf("audit: add to %s: %w", before, err)
	case v.CanInt():
		return encode(f + float64(v.Int()))
	case v.CanFloat():
		return encode(f + v.Float())
	default:
		return nil, fmt.Errorf("audit: add a %T", add)
	}
}
