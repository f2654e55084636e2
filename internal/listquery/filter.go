package listquery

import (
	"fmt"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// operator is the comparison that a filter makes.
type operator byte

const (
	equal operator = iota // one of the values
	atLeast
	above
	atMost
	below
	null  // the value is a bool: whether the field is null
	holds // scopes only: the JSON list has an object whose member values[1] is values[0]
	tells // scopes only: the JSON list is not empty, or the field values[1] is not values[0]
)

// suffixes follow the field's name in a parameter.
var suffixes = [...]string{
	equal: "", atLeast: "_gte", above: "_gt", atMost: "_lte", below: "_lt", null: "_null", holds: "", tells: "",
}

// filter is one condition on a field.
type filter struct {
	field  int // index in the definition
	column string
	folded string // the column of the folded text, for the operator equal
	kind   kind
	op     operator
	values []any // at least one; more only for equal
}

// find returns the index of the field and the operator that a parameter names, and
// whether the field can be filtered that way.
func find(res *definition.Resource, name string) (int, operator, bool) {
	if i := indexOf(res, name); i >= 0 && offers(&res.Fields[i], equal) {
		return i, equal, true
	}
	at := strings.LastIndexByte(name, '_')
	if at < 0 {
		return 0, 0, false
	}
	for op := atLeast; op <= null; op++ {
		if name[at:] != suffixes[op] {
			continue
		}
		i := indexOf(res, name[:at])
		return i, op, i >= 0 && offers(&res.Fields[i], op)
	}
	return 0, 0, false
}

func indexOf(res *definition.Resource, name string) int {
	for i := range res.Fields {
		if res.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// offers agrees with definition.FiltersOf, but does not build the names.
func offers(f *definition.Field, op operator) bool {
	if !f.Filterable || f.Computed || f.Type == definition.Text || kindOf(f.Type) == opaque {
		return false
	}
	switch op {
	case equal:
		return true
	case null:
		return f.Nullable
	case atLeast, above, atMost, below:
		return ordered(f.Type)
	default:
		return false
	}
}

func ordered(t definition.Type) bool {
	switch t {
	case definition.Integer, definition.Number, definition.Money, definition.DateTime:
		return true
	default:
		return false
	}
}

// parseFilter parses the value of a filter, or returns a message that says what was
// expected.
func parseFilter(res *definition.Resource, field int, op operator, value string) (filter, string) {
	f := &res.Fields[field]
	out := filter{field: field, column: f.Column, kind: kindOf(f.Type), op: op}
	var expected string
	switch op {
	case null:
		isNull, ok := parseBool(value)
		if !ok {
			expected = expectedBool
		}
		out.kind, out.values = booleans, []any{isNull}
	case equal:
		out.folded = f.Folded
		out.values, expected = parseList(f, value)
	case atLeast, above, atMost, below, holds, tells: // holds and tells never come from a request
		v, ok := parseOperand(f, op, value)
		if !ok {
			expected = "expected " + expectedValue(f)
		}
		out.values = []any{v}
	}
	return out, expected
}

// parseList parses one value or several, or returns a message that says what was
// expected.
func parseList(f *definition.Field, list string) ([]any, string) {
	values := make([]any, 0, min(strings.Count(list, ",")+1, maxValues))
	for more := true; more; {
		var item string
		item, list, more = cutItem(list, f.Type == definition.String)
		v, ok := parseOperand(f, equal, item)
		if !ok {
			expected := "expected " + expectedValue(f) + ", or several separated by commas"
			if kindOf(f.Type) == times {
				expected += ", to the microsecond"
			}
			return nil, expected
		}
		if len(values) == maxValues {
			return nil, fmt.Sprintf("expected at most %d values", maxValues)
		}
		values = append(values, v)
	}
	return values, ""
}

func parseOperand(f *definition.Field, op operator, s string) (any, bool) {
	v, ok := parseValue(f, s)
	if t, isTime := v.(time.Time); ok && isTime {
		bound := whole(t, op)
		return bound, shop.Storable(bound) && (op != equal || bound.Equal(t))
	}
	return v, ok
}

// whole rounds a time to whole microseconds, the precision that is stored, so that a
// finer bound still selects exactly the right rows. For stored times, at least 1.5 µs is
// the same as at least 2 µs, so that bound is rounded up; later than 1.5 µs is the same
// as later than 1 µs, so that bound is rounded down. No stored time is equal to 1.5 µs:
// asking for it is refused.
func whole(t time.Time, op operator) time.Time {
	floor := micros(t)
	if floor.Equal(t) || op != atLeast && op != below {
		return floor
	}
	return floor.Add(time.Microsecond)
}

// cutItem cuts a list at its first comma, as strings.Cut does. With escapes, "\," and "\\"
// stand for a comma and a backslash inside an item.
func cutItem(list string, escapes bool) (string, string, bool) {
	if !escapes || strings.IndexByte(list, '\\') < 0 {
		return strings.Cut(list, ",")
	}
	var b strings.Builder
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case c == ',':
			return b.String(), list[i+1:], true
		case c == '\\' && i+1 < len(list) && (list[i+1] == ',' || list[i+1] == '\\'):
			i++
			b.WriteByte(list[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), "", false
}
