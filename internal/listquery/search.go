package listquery

import (
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/pattern"
	"github.com/storekeeper/storekeeper/internal/phone"
)

// sought is a text to look for.
type sought struct {
	text   string
	number bool // a telephone number that was given as several texts
}

// soughtIn sorts the texts, because their order does not matter, and joins those that
// together form one telephone number: 0176 12 34 56 comes as four texts, each of which is
// too short for an index.
func soughtIn(res *definition.Resource, texts []string) []sought {
	var all []sought
	numbers := dialled(res)
	for len(texts) > 0 {
		n := 1
		if numbers {
			n = together(texts)
		}
		all = append(all, sought{text: strings.Join(texts[:n], " "), number: n > 1})
		texts = texts[n:]
	}
	slices.SortFunc(all, func(a, b sought) int { return strings.Compare(a.text, b.text) })
	return all
}

// together returns how many texts, from the first on, form one telephone number, or 1 if
// none do.
func together(texts []string) int {
	n := slices.IndexFunc(texts, func(text string) bool { return !phone.Like(text) })
	if n < 0 {
		n = len(texts)
	}
	if n == 0 || !phone.Whole(strings.Join(texts[:n], " ")) {
		return 1
	}
	return n
}

func either(conditions []condition) condition {
	inside := joined(" OR ", conditions)
	return func(b *sql.Builder) {
		b.WriteString("(")
		inside(b)
		b.WriteString(")")
	}
}

func joined(by string, conditions []condition) condition {
	return func(b *sql.Builder) {
		for i, write := range conditions {
			if i > 0 {
				b.WriteString(by)
			}
			write(b)
		}
	}
}

// numbers returns conditions that find the text as a telephone number, if it can be one.
func (q *Query) numbers(s *sql.Selector, text string) []condition {
	var out []condition
	for i := range q.resource.Fields {
		f := &q.resource.Fields[i]
		if f.Digits == "" {
			continue
		}
		for _, part := range phone.Parts(text) {
			out = append(out, compared(s.C(f.Digits), pattern.Dialled(s.Dialect(), part)))
		}
	}
	return out
}

func compared(column string, m pattern.Match) condition {
	return func(b *sql.Builder) {
		b.WriteString(column).WriteString(m.Operator).Arg(m.Pattern).WriteString(m.Escape)
	}
}

// matches returns the condition that a searchable field contains the text, whatever the
// case of its letters, and the accents where the field has a folded text. The database stops at the first field that contains it, and these
// comparisons are most of the cost of counting. So names and addresses, which match
// often, come before codes, which match seldom. Telephone numbers are also compared as
// they are written, unless the text is known to be one.
func (q *Query) matches(s *sql.Selector, of sought) condition {
	match, folded := pattern.Contains(s.Dialect(), of.text), pattern.ContainsFolded(s.Dialect(), of.text)
	var found, codes []condition
	for i := range q.resource.Fields {
		switch f := &q.resource.Fields[i]; {
		case !searched(f), of.number && f.Digits != "":
		case f.Folded != "":
			found = append(found, compared(s.C(f.Folded), folded))
		case f.MaxLength != nil && *f.MaxLength <= maxCode:
			codes = append(codes, compared(s.C(f.Column), match))
		default:
			found = append(found, compared(s.C(f.Column), match))
		}
	}
	return either(slices.Concat(found, codes, q.numbers(s, of.text)))
}

// maxCode is the most characters that a code has, such as a SKU or a telephone number.
const maxCode = 64

func searchable(res *definition.Resource) bool {
	for i := range res.Fields {
		if searched(&res.Fields[i]) {
			return true
		}
	}
	return false
}

// dialled reports whether the resource has telephone numbers.
func dialled(res *definition.Resource) bool {
	return slices.ContainsFunc(res.Fields, func(f definition.Field) bool { return f.Digits != "" })
}

func searched(f *definition.Field) bool {
	return f.Searchable && !f.Computed && kindOf(f.Type) == texts
}
