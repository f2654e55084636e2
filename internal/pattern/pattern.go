// Package pattern looks for texts inside texts, in SQL, whatever the case of
// their letters: on PostgreSQL of those that the locale of the database knows,
// on SQLite of all.
package pattern

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect"
)

// Match is a condition on a column: the operator after the column, the pattern
// as an argument, and what comes after that.
type Match struct{ Operator, Pattern, Escape string }

// Begins finds texts that begin with the text.
func Begins(name, text string) Match { return match(name, text, "", "%") }

// Contains finds texts that contain the text.
func Contains(name, text string) Match { return match(name, text, "%", "%") }

func match(name, text, before, after string) Match {
	switch {
	case name == dialect.Postgres: // the backslash is its default
		return Match{Operator: " ILIKE ", Pattern: before + escaper.Replace(text) + after}
	case ascii(text):
		return Match{Operator: " LIKE ", Pattern: before + escaper.Replace(text) + after, Escape: ` ESCAPE '\'`}
	default: // SQLite's LIKE knows no case beyond ASCII
		return Match{Operator: " GLOB ", Pattern: star(before) + glob(text) + star(after)}
	}
}

// escaper takes the meaning off LIKE's wildcards.
var escaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// star is GLOB's word for one of LIKE.
func star(wildcard string) string { return strings.ReplaceAll(wildcard, "%", "*") }

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
