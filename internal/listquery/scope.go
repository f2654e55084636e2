package listquery

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// Scope restricts a list beyond its parameters, as its path or its handler requires.
type Scope struct {
	field  string
	op     operator
	value  any
	member string // for the operators holds and tells
}

// Of returns the scope of the records whose reference field holds the id:
// Of("product_id", 7) for the movements of product 7.
func Of(field string, id int64) Scope { return Scope{field: field, value: id} }

// OfText returns the scope of the records whose text field has this value.
func OfText(field, value string) Scope { return Scope{field: field, value: value} }

// Holding returns the scope of the records whose JSON field is a list that contains an
// object with this value of the member: Holding("changes", "field", "price").
func Holding(field, member, value string) Scope {
	return Scope{field: field, op: holds, value: value, member: member}
}

// Telling returns the scope of the records whose JSON field is a list that is not empty, or
// whose other field does not have this value: Telling("changes", "action", "update").
func Telling(field, other, value string) Scope {
	return Scope{field: field, op: tells, value: value, member: other}
}

func (q *Query) narrow(scopes []Scope) error {
	for _, s := range scopes {
		i := indexOf(q.resource, s.field)
		if i < 0 || kindOf(q.resource.Fields[i].Type) != s.kind() {
			return fmt.Errorf("list of %s: %q is no field to be scoped by", q.resource.Name, s.field)
		}
		values := []any{s.value}
		if s.member != "" {
			values = append(values, s.member)
		}
		q.scopes = append(q.scopes, filter{
			field: i, column: q.resource.Fields[i].Column, kind: s.kind(), op: s.op, values: values,
		})
	}
	return nil
}

// kind is the kind that the field must have.
func (s Scope) kind() kind {
	_, text := s.value.(string)
	switch {
	case s.member != "":
		return opaque
	case text:
		return texts
	default:
		return integers
	}
}

// holding returns a JSON list that is contained in every list with such an object.
func holding(member string, value any) string {
	text, err := json.Marshal([]map[string]any{{member: value}})
	if err != nil {
		panic(fmt.Sprintf("listquery: no JSON for %T", value)) // it is a string
	}
	return string(text)
}

func (q *Query) scoped(field int) bool {
	return slices.ContainsFunc(q.scopes, func(s filter) bool { return s.field == field })
}

func scopedBy(scopes []Scope, f *definition.Field) bool {
	return slices.ContainsFunc(scopes, func(s Scope) bool { return s.field == f.Name })
}
