package sheet

import (
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// enough is the number of characters that suffice to recognise a text.
const enough = 60

// Short returns the beginning of a text, enough to recognise it.
func Short(text string) string {
	if r := []rune(text); len(r) > enough {
		return string(r[:enough]) + "…"
	}
	return text
}

// near returns the one of the names that somebody probably meant, or "" if there is none or
// several are equally close. Case and the separators between words are ignored. One typing
// error is allowed, or two in names of four letters and more, by Levenshtein distance; two
// swapped letters count as two.
func near(name string, names []string) string {
	if utf8.RuneCountInString(name) > enough {
		return ""
	}
	bare := bareName(name)
	found, nearest := "", 2 // one more than the errors allowed
	if len(bare) >= 4 {
		nearest = 3
	}
	for _, other := range names {
		switch d := levenshtein.Distance(bare, bareName(other), nil); {
		case d < nearest:
			found, nearest = other, d
		case d == nearest:
			found = ""
		}
	}
	return found
}

var betweenWords = strings.NewReplacer(" ", "", "_", "", "-", "", ".", "")

// bareName returns a name in lower case without separators between words.
func bareName(name string) string { return betweenWords.Replace(strings.ToLower(name)) }
