package listquery

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// matches looks for the search text in every searchable field, whatever the case
// of its letters: on PostgreSQL of those that the locale of the database knows,
// on SQLite of all.
func (q *Query) matches(s *sql.Selector) condition {
	operator, pattern, escape := " ILIKE ", like(q.search), "" // the backslash is its default
	if s.Dialect() != dialect.Postgres {
		operator, escape = " LIKE ", ` ESCAPE '\'`
		if !ascii(q.search) { // beyond which SQLite's LIKE knows no case
			operator, pattern, escape = " GLOB ", glob(q.search), ""
		}
	}
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
			b.WriteString(column).WriteString(operator).Arg(pattern).WriteString(escape)
		}
		b.WriteString(")")
	}
}

// escaper takes the meaning off LIKE's wildcards.
var escaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// like is LIKE's pattern for what contains the text.
func like(text string) string { return "%" + escaper.Replace(text) + "%" }

// glob is SQLite's GLOB pattern for what contains the text in any case: *[žŽ]1*
// for "ž1". It takes a few times as long as LIKE.
func glob(text string) string {
	var b strings.Builder
	b.WriteByte('*')
	for _, r := range text {
		other := unicode.SimpleFold(r)
		if other == r && !strings.ContainsRune("*?[", r) {
			b.WriteRune(r)
			continue
		}
		b.WriteByte('[')
		b.WriteRune(r)
		for ; other != r; other = unicode.SimpleFold(other) {
			b.WriteRune(other)
		}
		b.WriteByte(']')
	}
	b.WriteByte('*')
	return b.String()
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
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
