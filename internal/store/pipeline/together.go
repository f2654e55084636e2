package pipeline

import (
	"strconv"
	"strings"
)

// divide separates the waiting statements that go before a query from those that become
// part of it.
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

// together makes statements parts of the WITH clause of a query.
func together(before []statement, query string, args []any) (text string, all []any) {
	if len(before) == 0 {
		return query, args
	}
	size, count := len(query), len(args)
	for _, s := range before {
		size += len(s.text) + len(s.args) + 32 // numbers may get a digit
		count += len(s.args)
	}
	var b strings.Builder
	b.Grow(size)
	all = append(make([]any, 0, count), args...)
	for i, s := range before {
		b.WriteString([...]string{"WITH waiting_", ", waiting_"}[min(i, 1)])
		b.WriteString(strconv.Itoa(i))
		b.WriteString(" AS (")
		renumber(&b, s.text, len(all))
		b.WriteByte(')')
		all = append(all, s.args...)
	}
	if rest, ok := strings.CutPrefix(query, "WITH "); ok {
		b.WriteString(", ")
		b.WriteString(rest)
	} else {
		b.WriteByte(' ')
		b.WriteString(query)
	}
	return b.String(), all
}

// renumber writes a statement with the numbers of its parameters raised, and leaves
// what is in quotes as it is.
func renumber(b *strings.Builder, text string, by int) {
	for {
		at := strings.IndexAny(text, `'"$`)
		if at < 0 {
			b.WriteString(text)
			return
		}
		end := at + 1
		if mark := text[at]; mark != '$' {
			end += max(strings.IndexByte(text[end:], mark)+1, 0)
			b.WriteString(text[:end])
			text = text[end:]
			continue
		}
		for end < len(text) && '0' <= text[end] && text[end] <= '9' {
			end++
		}
		b.WriteString(text[:at+1])
		if n, err := strconv.Atoi(text[at+1 : end]); err == nil {
			b.WriteString(strconv.Itoa(n + by))
		} else {
			b.WriteString(text[at+1 : end])
		}
		text = text[end:]
	}
}
