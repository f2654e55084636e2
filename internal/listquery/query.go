package listquery

import (
	"fmt"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// Limits of the parameters.
const (
	defaultLimit = 25
	MaxLimit     = 200
	maxOffset    = 10_000
	maxSort      = 5   // fields in sort
	maxValues    = 200 // values in a filter
	maxSearch    = 200 // characters in q, of all that are given

	// maxCount is the largest total that is counted. One more stands for any
	// number beyond.
	maxCount = 10_000

	// maxParams bounds the parameters of a query string, unknown ones
	// included.
	maxParams = 256
)

// Query is what a list was asked for. Parse makes it; it does not change, so
// several goroutines may use it.
type Query struct {
	resource *definition.Resource
	scopes   []filter // from the path
	filters  []filter // in the order of the definition
	search   []sought // in the order of the texts
	keys     []key    // the last one is the id
	position []any    // values of the keys, nil without a cursor

	size      int
	offset    int
	deleted   bool
	uncounted bool
}

// Limit is how many rows to fetch: one more than the page holds, so that the
// last one tells whether another page follows.
func (q *Query) Limit() int { return q.size + 1 }

// PageSize is how many rows a page holds.
func (q *Query) PageSize() int { return q.size }

// Offset is how many rows to skip, zero with a cursor.
func (q *Query) Offset() int { return q.offset }

// Counts reports whether the answer carries the total.
func (q *Query) Counts() bool { return !q.uncounted }

// Selective reports whether values of the query decide how many rows it finds,
// and with it how a database should look for them. A plan that is made without
// the values, as PostgreSQL's for a prepared statement is after some executions,
// can be slower by orders of magnitude.
func (q *Query) Selective() bool { return len(q.search) > 0 || len(q.filters) > 0 }

// Keyed is the query of the living records whose text field is one of the values, of
// which there is at least one, in the order of their ids.
func Keyed(res *definition.Resource, field string, values []string) (*Query, error) {
	i := indexOf(res, field)
	if i < 0 || kindOf(res.Fields[i].Type) != texts {
		return nil, fmt.Errorf("list of %s: %q is no text to look records up by", res.Name, field)
	}
	is := filter{field: i, column: res.Fields[i].Column, kind: texts, op: equal}
	for _, value := range values {
		is.values = append(is.values, value)
	}
	return &Query{resource: res, filters: []filter{is}, keys: []key{idKey(false)}, size: len(values), uncounted: true}, nil
}
