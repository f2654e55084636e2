package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/internal/fold"
)

// rank returns how well the text, folded as well, matches a record with this key, which
// identifies it, and this name, which is folded.
func rank(text, folded, key, name string) Rank {
	switch {
	case strings.EqualFold(key, text):
		return Exact
	case strings.HasPrefix(name, folded), strings.HasPrefix(fold.Text(key), folded):
		return Prefix
	default:
		return Substring
	}
}

// accents returns 0 if key and name have every one of the words, which are in lower case,
// with the same accents, and else 1.
func accents(words []string, key, name string) int {
	key, name = strings.ToLower(key), strings.ToLower(name)
	if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(name, word) && !strings.Contains(key, word) }) {
		return 1
	}
	return 0
}

// variants returns the ways in which the text is likely to be written, for indexes that
// distinguish the case of letters.
func variants(text string) []string {
	first, size := utf8.DecodeRuneInString(text)
	out := []string{text}
	for _, v := range []string{
		strings.ToUpper(text), strings.ToLower(text), string(unicode.ToUpper(first)) + text[size:],
		string(unicode.ToUpper(first)) + strings.ToLower(text[size:]),
	} {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// wordChars returns the length of the longest run of letters and digits in the text.
// PostgreSQL makes its trigrams of these.
func wordChars(text string) int {
	longest, length := 0, 0
	for _, r := range text {
		length++
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			length = 0
		}
		longest = max(longest, length)
	}
	return longest
}
