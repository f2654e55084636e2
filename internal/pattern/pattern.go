// Package pattern looks for texts inside texts, in SQL, whatever the case of
// their letters: on PostgreSQL of those that the locale of the database knows,
// on SQLite of all.
package pattern

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/phone"
)

// Match is a condition on a column: the operator after the column, the pattern
// as an argument, and what comes after that.
type Match struct{ Operator, Pattern, Escape string }

// Begins finds texts that begin with the text.
func Begins(name, text string) Match { return match(name, text, "", "") }

// Contains finds texts that contain the text.
func Contains(name, text string) Match { return match(name, text, "%", "*") }

// Dialled finds digits of telephone numbers (phone.Digits) that have the part.
func Dialled(name string, part phone.Part) Match {
	if part.First {
		return Begins(name, part.Digits)
	}
	return Contains(name, part.Digits)
}

// match finds texts in which what like or star stand for, the wildcard of LIKE and
// that of GLOB, comes before the text, and anything behind it.
func match(name, text, like, star string) Match {
	switch {
	case name == dialect.Postgres: // the backslash is its default
		return Match{Operator: " ILIKE ", Pattern: like + escaper.Replace(text) + "%"}
	case ascii(text):
		return Match{Operator: " LIKE ", Pattern: like + escaper.Replace(text) + "%", Escape: ` ESCAPE '\'`}
	default: // SQLite's LIKE knows no case beyond ASCII
		return Match{Operator: " GLOB ", Pattern: star + glob(text) + "*"}
	}
}

// escaper takes the meaning off LIKE's wildcards.
var escaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// glob is SQLite's GLOB pattern for the text in any case: [žŽ]1 for "ž1". It
// takes a few times as long as LIKE.
func glob(text string) string {
	var b strings.Builder
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
	return b.String()
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
