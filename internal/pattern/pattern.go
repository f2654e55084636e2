// Package pattern searches for texts inside texts in SQL, ignoring case: on PostgreSQL for
// the letters that the database's locale knows, on SQLite for all letters. Both forms of
// the small sigma are the same letter on both. On SQLite, a search text that is only ASCII
// does not find the dotted capital I or signs whose other case is ASCII, such as the Kelvin
// sign.
package pattern

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/phone"
)

// Match is a condition on a column: the operator that follows the column, the pattern as an
// argument, and what follows the pattern.
type Match struct{ Operator, Pattern, Escape string }

// Begins finds texts that begin with the text.
func Begins(name, text string) Match { return match(name, text, "", "") }

// Contains finds texts that contain the text.
func Contains(name, text string) Match { return match(name, text, "%", "*") }

// ContainsFolded finds texts that contain the text, where the column keeps fold.Text of them.
func ContainsFolded(name, text string) Match { return plain(name, fold.Text(text), "%") }

// plain finds texts as they are. SQLite's LIKE ignores the case of ASCII, which is lower in
// folded texts.
func plain(name, text, like string) Match {
	m := Match{Operator: " LIKE ", Pattern: like + escaper.Replace(text) + "%"}
	if name != dialect.Postgres { // where the backslash is the default
		m.Escape = ` ESCAPE '\'`
	}
	return m
}

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
	case name == dialect.Postgres && strings.ContainsFunc(text, sigma):
		return Match{Operator: " ~* ", Pattern: expression(text, like == "")}
	case name == dialect.Postgres:
		return Match{Operator: " ILIKE ", Pattern: like + escaper.Replace(text) + "%"}
	case ascii(text):
		return plain(name, text, like)
	default: // SQLite's LIKE knows no case beyond ASCII
		return Match{Operator: " GLOB ", Pattern: star + glob(text) + "*"}
	}
}

// escaper takes the meaning off LIKE's wildcards.
var escaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// sigma reports whether ILIKE knows only some of the letter's forms.
func sigma(r rune) bool { return strings.ContainsRune(sigmas, r) }

const sigmas = "σςΣ"

// expression is the regular expression for the text, which a trigram index serves, too.
func expression(text string, first bool) string {
	var b strings.Builder
	if first {
		b.WriteByte('^')
	}
	for _, r := range text {
		if sigma(r) {
			b.WriteString("[" + sigmas + "]")
			continue
		}
		b.WriteString(regexp.QuoteMeta(string(r)))
	}
	return b.String()
}

// glob is SQLite's GLOB pattern for the text in any case: [žŽ]1 for "ž1". It
// takes a few times as long as LIKE.
func glob(text string) string {
	var b strings.Builder
	for _, r := range text {
		cases := casesOf(r)
		if len(cases) == 1 && !strings.ContainsRune("*?[", r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString("[" + string(cases) + "]")
	}
	return b.String()
}

// casesOf are the letter and what differs from it in case only.
func casesOf(r rune) []rune {
	cases := []rune{r}
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		cases = append(cases, other)
	}
	switch r { // what Turkish writes as the capital of i folds to itself alone
	case 'i', 'I':
		return append(cases, 'İ')
	case 'İ':
		return append(cases, 'i', 'I')
	default:
		return cases
	}
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
