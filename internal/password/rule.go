// Package password says which passwords are good enough, and keeps them as
// argon2id hashes. It knows no database.
package password

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// The limits of a password: characters at least, bytes at most.
const (
	minLength = 12
	maxBytes  = 1024
)

// minDistinct is the least number of different characters.
const minDistinct = 5

// Check refuses a password that is too short, too long, among the common ones,
// or one of these in disguise: with digits and signs around it, with digits for
// letters, written twice, or made of a row of letters or keys. The personal words
// are what others know of its owner, as name and email. The error is of kind
// Invalid, names the input and never holds the password.
func Check(location, password string, personal ...string) error {
	password = normal(password)
	refuse := func(why string) error { return shop.Invalidf(location, "%s", why) }
	switch length := utf8.RuneCountInString(password); {
	case len(password) > maxBytes:
		return refuse("expected at most 1024 bytes")
	case length < minLength:
		return refuse("expected at least 12 characters")
	case distinct(password) < minDistinct:
		return refuse("has too few different characters")
	case common(password), common(core(password)):
		return refuse("is among the passwords that are tried first: choose another one")
	case straight(password):
		return refuse("is a row of letters, digits or keys: choose another one")
	case about(password, words(personal)):
		return refuse("is made of what others know of you: choose another one")
	}
	return nil
}

// normal writes the same text in the same way, whatever keyboard it comes from.
func normal(password string) string { return norm.NFKC.String(password) }

func distinct(text string) int {
	seen := map[rune]bool{}
	for _, c := range text {
		seen[c] = true
	}
	return len(seen)
}

// core is what is left of a password in disguise: p4ssw0rd of "P4ssw0rd2024!",
// then password, and of what is written several times one time, with blanks or without.
func core(password string) string {
	text := strings.ToLower(strings.TrimFunc(password, notLetter))
	text = once(strings.Join(strings.Fields(text), ""))
	if plain := strings.TrimFunc(letters.Replace(text), notLetter); !common(text) {
		return once(plain)
	}
	return text
}

func notLetter(c rune) bool { return !unicode.IsLetter(c) }

// letters undoes digits and signs that stand for letters.
var letters = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// once is the text that, repeated, gives this one.
func once(text string) string {
	for size := 1; size <= len(text)/2; size++ {
		if len(text)%size == 0 && strings.Repeat(text[:size], len(text)/size) == text {
			return text[:size]
		}
	}
	return text
}

// straight reports whether most characters follow the one before them: in the
// alphabet, among the digits, or on a row of the keyboard, up or down, or repeat
// a short text.
func straight(password string) bool {
	text := strings.ToLower(password)
	if len(once(text)) < minLength/2 {
		return true
	}
	runes, steps := []rune(text), 0
	for i := 1; i < len(runes); i++ {
		if d := runes[i] - runes[i-1]; d >= -1 && d <= 1 || neighbours(runes[i-1], runes[i]) {
			steps++
		}
	}
	return 5*steps >= 4*(len(runes)-1)
}

var rows = []string{"1234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn"}

func neighbours(a, b rune) bool {
	pair, reverse := string([]rune{a, b}), string([]rune{b, a})
	return slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, pair) || strings.Contains(row, reverse) })
}

// words are the personal texts and the words in them, the longest first, without
// those that are too short to matter.
func words(personal []string) []string {
	var out []string
	for _, text := range append(personal, "storekeeper") {
		text = strings.ToLower(normal(text))
		out = append(append(out, text), strings.FieldsFunc(text, func(c rune) bool {
			return !unicode.IsLetter(c) && !unicode.IsDigit(c)
		})...)
	}
	out = slices.DeleteFunc(out, func(word string) bool { return utf8.RuneCountInString(word) < 3 })
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// about reports whether the password is little more than some of the words: fewer
// than six letters beside them.
func about(password string, words []string) bool {
	text := strings.ToLower(password)
	rest := text
	for _, word := range words {
		rest = strings.ReplaceAll(rest, word, " ")
	}
	left := 0
	for _, c := range rest {
		if unicode.IsLetter(c) {
			left++
		}
	}
	return rest != text && left < minLength/2
}
