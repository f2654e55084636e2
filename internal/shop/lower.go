package shop

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lower is the text in lower case, as email addresses are kept. Letters beyond ASCII
// stay beyond it: the capital dotted I and the sign for Kelvin would become i and k,
// and what is no address the address of somebody else.
func Lower(text string) string {
	return strings.Map(func(r rune) rune {
		if lower := unicode.ToLower(r); lower >= utf8.RuneSelf || r < utf8.RuneSelf {
			return lower
		}
		return r
	}, text)
}
