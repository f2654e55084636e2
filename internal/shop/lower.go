package shop

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lower returns the text in lower case, as email addresses are stored. Letters beyond ASCII
// never become ASCII: the dotted capital I and the Kelvin sign would become i and k, and
// turn something that is no address into the address of somebody else.
func Lower(text string) string {
	return strings.Map(func(r rune) rune {
		if lower := unicode.ToLower(r); lower >= utf8.RuneSelf || r < utf8.RuneSelf {
			return lower
		}
		return r
	}, text)
}
