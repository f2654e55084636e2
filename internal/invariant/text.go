package invariant

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/customer"
)

// Composed writes each accent in one character with its letter (Unicode form NFC), so that
// texts that look the same are the same to searches and sorts. Only email addresses stay as
// they are: they are ASCII, which the sign for Kelvin must not become.
func Composed() ent.Hook {
	return on(func(ctx context.Context, m ent.Mutation, next proceed) (ent.Value, error) {
		for _, field := range m.Fields() {
			value, _ := m.Field(field)
			text, ok := value.(string)
			if !ok || field == customer.FieldEmail || norm.NFC.IsNormalString(text) {
				continue
			}
			if err := m.SetField(field, norm.NFC.String(text)); err != nil {
				return nil, fmt.Errorf("compose %s: %w", field, err)
			}
		}
		return next(ctx)
	})
}

// NotBlank reports an error when nothing of a name can be seen, as it is white space and
// other invisible characters alone. Around a name and within they are allowed.
func NotBlank(name string) error {
	if name != "" && strings.TrimFunc(name, invisible) == "" { // an empty name is refused as such
		return errors.New("must not be white space alone")
	}
	return nil
}

// brailleBlank is a blank whose Unicode category is that of visible characters.
const brailleBlank = '\u2800'

func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == brailleBlank ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// Legible reports an error when a code can look like another one: when it has invisible
// characters, or white space that is no single blank between words.
func Legible(code string) error {
	hidden := func(r rune) bool { return invisible(r) && r != ' ' }
	if strings.ContainsFunc(code, hidden) || strings.Join(strings.Fields(code), " ") != code {
		return errors.New("must have no invisible characters, and no white space but single blanks between words")
	}
	return nil
}
