// Package password decides which passwords are acceptable, and stores them as Argon2id
// hashes. It does not use the database.
package password

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// The limits of a password: the minimum in characters, the maximum in bytes.
const (
	minLength = 12
	maxBytes  = 1024
)

// minDistinct is the minimum number of different characters.
const minDistinct = 5

// Check refuses a password that is too short or too long, that has too few different
// characters, that is common, or that is a common one in disguise: surrounded by digits and
// signs, with digits in place of letters, or written twice. It also refuses rows of letters
// or keys, and passwords that are made of personal words, which are what others know about
// the owner, such as name and email address. The error is KindInvalid naming the location.
// It never contains the password.
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

// normal returns the Unicode normalization form NFKC, which does not depend on the
// keyboard.
func normal(password string) string { return norm.NFKC.String(password) }

func distinct(text string) int {
	seen := map[rune]bool{}
	for _, c := range text {
		seen[c] = true
	}
	return len(seen)
}

// core undoes the disguise of a password: "P4ssw0rd2024!" becomes p4ssw0rd and then, unless
// that is common, password. A text that is repeated, with blanks or without, is reduced to
// one copy.
func core(password string) string {
	text := strings.ToLower(strings.TrimFunc(password, notLetter))
	text = once(strings.Join(strings.Fields(text), ""))
	if plain := strings.TrimFunc(letters.Replace(text), notLetter); !common(text) {
		return once(plain)
	}
	return text
}

func notLetter(c rune) bool { return !unicode.IsLetter(c) }

// letters replaces digits and signs by the letters that they stand for.
var letters = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// once returns the shortest text that gives this one when it is repeated.
func once(text string) string {
	for size := 1; size <= len(text)/2; size++ {
		if len(text)%size == 0 && strings.Repeat(text[:size], len(text)/size) == text {
			return text[:size]
		}
	}
	return text
}

// straight reports whether at least four fifths of the characters are the same as the one
// before or next to it, in the alphabet, among the digits or on a row of the keyboard, or
// whether the password repeats a text of fewer than six bytes.
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

// words returns the personal texts and the words in them, the longest first. It leaves out
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

// about reports whether the password contains some of the words and fewer than six other
// letters.
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
