package sheet

import (
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// enough are as many characters of a text as it is known by.
const enough = 60

// Short returns enough of a text to recognise it.
func Short(text string) string {
	if r := []rune(text); len(r) > enough {
		return string(r[:enough]) + "…"
	}
	return text
}

// near is the one of the names that somebody means who writes another, "" when it can be
// none or several: it may be in another case or with other signs between its words, or
// have a slip of the pen, two of four letters and more: two letters that changed places
// are two.
func near(name string, names []string) string {
	if utf8.RuneCountInString(name) > enough {
		return ""
	}
	bare := bareName(name)
	found, nearest := "", 2 // one slip more than may be
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

// bareName is a name without what people write in one way or another.
func bareName(name string) string { return betweenWords.Replace(strings.ToLower(name)) }
