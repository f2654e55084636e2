package listquery

import (
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/fold"
)

// deletedAt is the column that holds the time of deletion.
const deletedAt = "deleted_at"

// comparisons are the SQL operators for bounds.
var comparisons = [...]sql.Op{
	equal: sql.OpEQ, atLeast: sql.OpGTE, above: sql.OpGT, atMost: sql.OpLTE, below: sql.OpLT,
}

// condition writes one operand of AND.
type condition func(b *sql.Builder)

// Where restricts the selector to the requested rows after the cursor's position. It
// qualifies columns with the selector's table.
func (q *Query) Where(s *sql.Selector) {
	all := q.conditions(s)
	if q.position != nil {
		all = append(all, q.after(s))
	}
	restrict(s, all)
}

// restrict adds all conditions as one predicate, because ent would nest several.
func restrict(s *sql.Selector, all []condition) {
	if len(all) == 0 {
		return
	}
	s.Where(sql.P(joined(" AND ", all)))
}

// Order sorts the selector. The id always comes last, so that the order is total. The
// folded texts that it sorts by are selected, too, because NextCursor asks for them.
func (q *Query) Order(s *sql.Selector) {
	for i := range q.keys {
		if q.keys[i].folded {
			s.AppendSelect(s.C(q.keys[i].column))
		}
		column, direction := s.C(q.keys[i].column), ""
		if q.keys[i].desc {
			direction = " DESC"
		}
		s.OrderExprFunc(func(b *sql.Builder) { b.WriteString(column).WriteString(direction) })
	}
}

// conditions returns the conditions of all pages: everything but the position.
func (q *Query) conditions(s *sql.Selector) []condition {
	all := make([]condition, 0, len(q.scopes)+len(q.filters)+len(q.search)+2)
	if q.resource.SoftDelete && !q.deleted {
		all = append(all, writer(s.C(deletedAt), sql.OpIsNull))
	}
	for i := range q.scopes {
		all = append(all, q.scopes[i].condition(s))
	}
	for i := range q.filters {
		all = append(all, q.filters[i].condition(s))
	}
	for _, sought := range q.search {
		all = append(all, q.matches(s, sought))
	}
	return all
}

func writer(column string, op sql.Op, args ...any) condition {
	return func(b *sql.Builder) { b.WriteString(column).WriteOp(op).Args(args...) }
}

func (f *filter) condition(s *sql.Selector) condition {
	is := f.comparison(s)
	if f.folded == "" {
		return is
	}
	// The index is that of the folded text, which is empty while nobody has folded it yet.
	values := []any{""}
	for _, v := range f.values {
		text, _ := v.(string) // parseValue made it one
		values = append(values, fold.Text(text))
	}
	by := filter{column: f.folded, kind: texts, values: values}
	return joined(" AND ", []condition{by.comparison(s), is})
}

func (f *filter) comparison(s *sql.Selector) condition {
	column := s.C(f.column)
	switch {
	case f.op == null:
		if isNull, _ := f.values[0].(bool); isNull {
			return writer(column, sql.OpIsNull)
		}
		return writer(column, sql.OpNotNull)
	case f.op == holds:
		value, member := f.values[0], fmt.Sprint(f.values[1])
		if s.Dialect() == dialect.Postgres {
			return func(b *sql.Builder) {
				b.WriteString(column).WriteString(" @> ").Arg(holding(member, value)).WriteString("::jsonb")
			}
		}
		return func(b *sql.Builder) {
			b.WriteString("EXISTS (SELECT 1 FROM json_each(").WriteString(column)
			b.WriteString(") AS listed WHERE listed.value ->> ").Arg(member).WriteString(" = ").Arg(value).WriteString(")")
		}
	case f.op == tells:
		other := s.C(fmt.Sprint(f.values[1]))
		return func(b *sql.Builder) {
			b.WriteString("(").WriteString(other).WriteString(" <> ").Arg(f.values[0]).WriteString(" OR ")
			b.WriteString(column).WriteString(" <> '[]')")
		}
	case len(f.values) == 1:
		return writer(column, comparisons[f.op], f.values[0])
	case s.Dialect() == dialect.Postgres:
		// One argument whatever the number of values, and so one prepared statement.
		return func(b *sql.Builder) {
			b.WriteString(column).WriteString(" = ANY(").Arg(array(f.kind, f.values)).WriteString(")")
		}
	default:
		return func(b *sql.Builder) {
			b.WriteString(column).WriteString(" IN (").Args(f.values...).WriteString(")")
		}
	}
}

// array converts values to a slice that the PostgreSQL driver passes as an array.
func array(k kind, values []any) any {
	switch k {
	case integers:
		return sliceOf[int64](values)
	case floats:
		return sliceOf[float64](values)
	case booleans:
		return sliceOf[bool](values)
	case times:
		return sliceOf[time.Time](values)
	default:
		return sliceOf[string](values)
	}
}

func sliceOf[T any](values []any) []T {
	out := make([]T, len(values))
	for i, v := range values {
		out[i], _ = v.(T) // parseValue made it a T
	}
	return out
}
