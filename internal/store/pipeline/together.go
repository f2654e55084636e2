package pipeline

import (
	"slices"
	"strconv"
	"strings"
)

// divide tells what goes before a statement from what becomes part of it.
func divide(waiting []statement) (apart, parts []statement) {
	for _, s := range waiting {
		if s.apart {
			apart = append(apart, s)
		} else {
			parts = append(parts, s)
		}
	}
	return apart, parts
}

// together makes the statements before parts of the WITH clause of a query.
func together(before []statement, query string, args []any) (text string, all []any) {
	if len(before) == 0 {
		return query, args
	}
	var b strings.Builder
	for i, s := range before {
		b.WriteString([...]string{"WITH ", ", "}[min(i, 1)])
		b.WriteString("waiting_" + strconv.Itoa(i) + " AS (")
		renumber(&b, s.text, len(args))
		b.WriteByte(')')
		args = append(slices.Clip(args), s.args...)
	}
	if rest, ok := strings.CutPrefix(query, "WITH "); ok {
		b.WriteString(", " + rest)
	} else {
		b.WriteString(" " + query)
	}
	return b.String(), args
}

// renumber writes a statement with the numbers of its parameters raised. What is
// in quotes stays as it is.
func renumber(b *strings.Builder, text string, by int) {
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		b.WriteByte(c)
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '$':
			end := i + 1
			for end < len(text) && '0' <= text[end] && text[end] <= '9' {
				end++
			}
			if n, err := strconv.Atoi(text[i+1 : end]); err == nil {
				b.WriteString(strconv.Itoa(n + by))
				i = end - 1
			}
		}
	}
}
