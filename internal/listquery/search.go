package listquery

import (
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/pattern"
)

// matches looks for the search text in every searchable field, whatever the case
// of its letters.
func (q *Query) matches(s *sql.Selector) condition {
	match := pattern.Contains(s.Dialect(), q.search)
	var columns []string
	for i := range q.resource.Fields {
		if f := &q.resource.Fields[i]; searched(f) {
			columns = append(columns, s.C(f.Column))
		}
	}
	return func(b *sql.Builder) {
		b.WriteString("(")
		for i, column := range columns {
			if i > 0 {
				b.WriteString(" OR ")
			}
			b.WriteString(column).WriteString(match.Operator).Arg(match.Pattern).WriteString(match.Escape)
		}
		b.WriteString(")")
	}
}

func searchable(res *definition.Resource) bool {
	for i := range res.Fields {
		if searched(&res.Fields[i]) {
			return true
		}
	}
	return false
}

func searched(f *definition.Field) bool {
	return f.Searchable && !f.Computed && kindOf(f.Type) == texts
}
