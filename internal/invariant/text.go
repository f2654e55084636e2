package invariant

import (
	"errors"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// NotBlank reports an error when nothing of a name can be seen, as it is white space and
// other invisible characters alone. Around a name and within they are allowed.
func NotBlank(name string) error {
	if name != "" && strings.TrimFunc(name, invisible) == "" { // an empty one is refused as that
		return errors.New("must not be white space alone")
	}
	return nil
}

// brailleBlank is the one visible character, by its class, that has nothing to see.
const brailleBlank = '\u2800'

func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == brailleBlank ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// Legible reports an error when a code can look like another one: when it has invisible
// characters, white space that is no single blank between words, or accents apart from
// their letters.
func Legible(code string) error {
	hidden := func(r rune) bool { return invisible(r) && r != ' ' }
	switch {
	case strings.ContainsFunc(code, hidden), strings.Join(strings.Fields(code), " ") != code:
		return errors.New("must have no invisible characters, and no white space but single blanks between words")
	case !norm.NFC.IsNormalString(code):
		return errors.New("must have each accent in one character with its letter (Unicode form NFC)")
	}
	return nil
}
