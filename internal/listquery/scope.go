package listquery

import (
	"fmt"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// Scope narrows a list to the records of one other record.
type Scope struct {
	field string
	id    int64
}

// Of is the scope of the records whose reference field holds the id:
// Of("product_id", 7) for the movements of product 7.
func Of(field string, id int64) Scope { return Scope{field: field, id: id} }

func (q *Query) narrow(scopes []Scope) error {
	for _, s := range scopes {
		i := indexOf(q.resource, s.field)
		if i < 0 || kindOf(q.resource.Fields[i].Type) != integers {
			return fmt.Errorf("list of %s: %q is no reference to be scoped by", q.resource.Name, s.field)
		}
		q.scopes = append(q.scopes, filter{
			field: i, column: q.resource.Fields[i].Column, kind: integers, op: equal, values: []any{s.id},
		})
	}
	return nil
}

func (q *Query) scoped(field int) bool {
	for i := range q.scopes {
		if q.scopes[i].field == field {
			return true
		}
	}
	return false
}

func scopedBy(scopes []Scope, f *definition.Field) bool {
	for _, s := range scopes {
		if s.field == f.Name {
			return true
		}
	}
	return false
}
