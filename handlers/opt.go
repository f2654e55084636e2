package handlers

import (
	"bytes"
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Opt is an optional member of a request body. Set reports that it was present, Null that
// it was null, with which RFC 7396 removes a value.
type Opt[T any] struct {
	Value T
	Set   bool
	Null  bool
}

// UnmarshalJSON implements json.Unmarshaler. It is called for null too.
func (o *Opt[T]) UnmarshalJSON(data []byte) error {
	*o = Opt[T]{Set: true}
	if bytes.Equal(data, []byte("null")) {
		o.Null = true
		return nil
	}
	return json.Unmarshal(data, &o.Value) //nolint:wrapcheck // encoding/json says where
}

// Schema implements huma.SchemaProvider. It is the schema of T, to which the tags of the
// struct field are added. Times get a pattern, because huma accepts more than their format
// allows.
func (Opt[T]) Schema(r huma.Registry) *huma.Schema {
	s := *schemaOf[T](r)
	if s.Format == "date-time" {
		s.Pattern = listquery.TimePattern
	}
	return &s
}

// Pointer returns nil for null or absent, else the value.
func (o Opt[T]) Pointer() *T {
	if !o.Set || o.Null {
		return nil
	}
	return &o.Value
}

// nullMember is an optional member of a body, and whether it was null.
type nullMember struct {
	name string
	null bool
}

// notNull refuses null for members that cannot be empty, all at once. It has to be asked
// because huma lets null pass for each member that may be absent.
func notNull(members ...nullMember) error {
	var fields []shop.FieldError
	for _, m := range members {
		if m.null {
			fields = append(fields, shop.FieldError{Location: m.name, Message: "must not be null"})
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &shop.Error{Kind: shop.KindInvalid, Message: "validation failed", Fields: fields}
}

// utc is the same instant in UTC, nil for nil.
func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	return new(t.UTC())
}

// schemaOf returns the schema of a type in the document.
func schemaOf[T any](r huma.Registry) *huma.Schema { return r.Schema(reflect.TypeFor[T](), true, "") }

// least is the minimum length of an optional text: 1 if its validator refuses an empty one.
func least(validate func(string) error) *int {
	if validate("") == nil {
		return nil
	}
	return new(1)
}
