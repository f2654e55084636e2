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

	// maxCount is the largest total that is counted. The total maxCount+1 stands for any
	// larger number.
	maxCount = 10_000

	// maxParams is the most parameters that a query string may have, unknown ones
	// included.
	maxParams = 256
)

// Query is a parsed request for a list. Parse makes it. It never changes, so several
// goroutines may use it.
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

// Limit returns how many rows to fetch: one more than the page holds, which shows whether
// another page follows.
func (q *Query) Limit() int { return q.size + 1 }

// PageSize returns how many rows a page holds.
func (q *Query) PageSize() int { return q.size }

// Offset returns how many rows to skip. It is zero with a cursor.
func (q *Query) Offset() int { return q.offset }

// Counts reports whether the answer includes the total.
func (q *Query) Counts() bool { return !q.uncounted }

// Selective reports whether the values in the query decide how many rows it finds, and
// therefore how a database should look for them. A plan that is made without the values,
// such as PostgreSQL's for a prepared statement after some executions, can then be slower
// by orders of magnitude.
func (q *Query) Selective() bool { return len(q.search) > 0 || len(q.filters) > 0 }

// Keyed returns the query for the records that are not deleted and whose text field is one
// of the values, ordered by id. There must be at least one value.
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
