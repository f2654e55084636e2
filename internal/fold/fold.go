// Package fold reduces texts to what people search them by, so that "matej" finds Matěj,
// "strasse" finds Straße, and "levi's" finds Levi’s.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Suffix follows the name of a field or column in that of the one which keeps its Text.
const Suffix = "_folded"

// Text returns the text, which must be valid UTF-8, without what searches ignore: the case of letters, accents and other
// marks of Latin, Greek, Cyrillic, Arabic and the like, differences of compatibility such as
// the width of letters (Unicode's form NFKC), invisible characters, and the shape of quotes
// and dashes. The marks of kana and of the scripts of India and Thailand stay, which there
// make other words. It is a fixed point: Text(Text(s)) == Text(s). It is empty for the empty
// text alone.
//
// The databases keep it of names (schema.Folded), so texts that are kept must be folded again
// when a release changes it.
func Text(text string) string {
	if len(text) == utf8.RuneCountInString(text) { // ASCII, as most texts are
		return strings.ToLower(text)
	}
	folded := norm.NFC.String(letters.Replace(strings.Map(letter, norm.NFKD.String(text))))
	if folded == "" {
		return text
	}
	return folded
}

// letter returns the character in lower case, or -1 when searches ignore it.
func letter(r rune) rune {
	switch {
	case r < utf8.RuneSelf, r == voiced, r == halfVoiced:
		return unicode.ToLower(r)
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r):
		return -1
	default:
		return unicode.ToLower(r)
	}
}

// The marks that make が of か and ぱ of は.
const (
	voiced     = '\u3099'
	halfVoiced = '\u309A'
)

// letters are what Unicode does not take apart or has several forms of, although people type
// it with the keys of English, as in the rules of PostgreSQL's unaccent.
var letters = strings.NewReplacer(
	"ß", "ss", "ς", "σ", "æ", "ae", "œ", "oe", "þ", "th", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "ħ", "h", "ŧ", "t", "ı", "i",
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'", "“", `"`, "”", `"`, "„", `"`, "″", `"`,
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "−", "-",
)
