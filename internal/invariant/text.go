package invariant

import (
	"errors"
	"strings"
	"unicode"
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
