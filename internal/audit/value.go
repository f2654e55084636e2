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

// encode encodes a value as the API shows it, and exactly as the functions of the databases
// write it: without unnecessary escapes, and with times in UTC.
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

// encodeChanges returns the same text as encode for changes, but does not check the values
// in them again, which are JSON already.
func encodeChanges(changes []shop.Change) (string, error) {
	size := 2
	for _, c := range changes {
		size += len(c.Field) + len(c.Before) + len(c.After) + 64
	}
	b := bytes.NewBuffer(make([]byte, 0, size))
	b.WriteByte('[')
	for i, c := range changes {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"field":`)
		b.Write(strconv.AppendQuote(b.AvailableBuffer(), c.Field)) // an identifier
		b.WriteString(`,"before":`)
		if err := compact(b, c.Before); err != nil {
			return "", err
		}
		b.WriteString(`,"after":`)
		if err := compact(b, c.After); err != nil {
			return "", err
		}
		if c.Secret {
			b.WriteString(`,"secret":true`)
		}
		if c.Erased {
			b.WriteString(`,"erased":true`)
		}
		b.WriteByte('}')
	}
	b.WriteByte(']')
	return b.String(), nil
}

// compact writes a value without the spaces that a database puts into lists and objects.
func compact(b *bytes.Buffer, value json.RawMessage) error {
	switch {
	case len(value) == 0:
		b.Write(shop.Null)
	case value[0] != '[' && value[0] != '{':
		b.Write(value)
	default:
		if err := json.Compact(b, value); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	}
	return nil
}

// Same reports whether two JSON texts are the same value, even if a number is written
// differently: SQLite returns 1.0 for 1. Integers are compared exactly.
func Same(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	if unique(a) && unique(b) {
		return false
	}
	x, okX := decode(a)
	y, okY := decode(b)
	return okX && okY && reflect.DeepEqual(x, y)
}

// unique reports whether the value certainly has no other JSON text: a string without
// escapes, an integer, or null.
func unique(text json.RawMessage) bool {
	if len(text) > 0 && text[0] == '"' {
		return !bytes.ContainsRune(text, '\\')
	}
	return !bytes.ContainsAny(text, ".eE[{")
}

func decode(text json.RawMessage) (any, bool) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	err := dec.Decode(&v)
	return plain(v), err == nil
}

// plain gives equal numbers in a value the same text: those with a fraction or an exponent
// that of encode.
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

// sum adds a number to one that is JSON.
func sum(before json.RawMessage, add any) (json.RawMessage, error) {
	if bytes.Equal(before, shop.Null) {
		before = json.RawMessage("0") // as ent does with NULL
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
