package listquery

import (
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/pattern"
)

// matches looks for a text in every searchable field, whatever the case
// of its letters. A record is found by the first that has it, and comparing is most
// of what counting takes: names and addresses come before codes, which seldom do.
func (q *Query) matches(s *sql.Selector, text string) condition {
	match := pattern.Contains(s.Dialect(), text)
	var columns, codes []string
	for i := range q.resource.Fields {
		switch f := &q.resource.Fields[i]; {
		case !searched(f):
		case f.MaxLength != nil && *f.MaxLength <= maxCode:
			codes = append(codes, s.C(f.Column))
		default:
			columns = append(columns, s.C(f.Column))
		}
	}
	columns = append(columns, codes...)
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

// maxCode is how long a code can be, as a SKU or a telephone number.
const maxCode = 64

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
