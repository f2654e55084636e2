// Package phone parses telephone numbers as people write them, so that a number is found
// however it is written: +49 (0)176 123-456, 0049 176 123456, 0176/123456 and 176123456 are
// the same.
//
// It knows that + and 00 are international prefixes, how long country codes are, and that a
// leading 0 is a national prefix. It does not know the rules of single countries, such as
// that the national prefix of Moscow is 8.
package phone

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Digits are what numbers are compared by, "" of a text without any: the code of the
// country, where the number begins with + or 00, and all that follow, without the
// zeros before them. The migration fill_phone_digits says the same in SQL of numbers in
// the digits of ASCII; others had none until then.
func Digits(number string) string {
	digits, abroad := read(number)
	digits = strings.TrimLeft(digits, "0")
	if abroad {
		code, rest := cut(digits)
		digits = code + rest
	}
	return digits
}

// read returns the digits of a number, and whether it says itself that it has the
// code of a country.
func read(number string) (digits string, abroad bool) {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(strings.Map(western, number), "(0)", "") { // as in +49 (0)176
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && b.Len() == 0:
			abroad = true
		}
	}
	digits = b.String()
	return digits, abroad || strings.HasPrefix(digits, "00")
}

// western is a digit of any script, such as ٣ or ３, as 0 to 9, and any other character
// itself. Unicode has the ten of a script in a row, which begins with the 0.
func western(r rune) rune {
	if r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r) {
		return r
	}
	before := rune(0)
	for unicode.Is(unicode.Nd, r-before-1) {
		before++
	}
	return '0' + before%10
}

// shortCodes are the codes of countries with two digits. Those that begin with 1 and
// 7 have one, all others three (ITU-T E.164).
const shortCodes = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 " +
	"60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"

// cut parts the code of a country from the rest of the digits, without the zeros
// before that.
func cut(digits string) (code, rest string) {
	length := 3
	switch {
	case strings.HasPrefix(digits, "1"), strings.HasPrefix(digits, "7"):
		length = 1
	case len(digits) >= 2 && strings.Contains(shortCodes, digits[:2]):
		length = 2
	}
	length = min(length, len(digits))
	return digits[:length], strings.TrimLeft(digits[length:], "0")
}

const (
	shortest         = 5 // digits that are looked for
	shortestNational = 6 // digits without a code that are looked for in place of some with it
	shortestWhole    = 7 // digits that are a telephone number, 24 2024 being two others
)

// Part is a sequence that the digits of a number contain, or begin with.
type Part struct {
	Digits string
	First  bool
}

// Parts returns the parts to search for: the Digits of the intended number have at least
// one of them. There are none when the text is not a telephone number, or has too few
// digits.
//
// A number with an international prefix also finds numbers without a country code, by their
// beginning. A number that begins with neither + nor 0 can be either: 1 (415) 555-0123, 415
// 555 0123.
func Parts(text string) []Part {
	if !Like(text) {
		return nil
	}
	digits, abroad := read(text)
	home := !abroad && strings.HasPrefix(digits, "0")
	digits = strings.TrimLeft(digits, "0")
	var parts []Part
	add := func(p Part, least int) {
		if len(p.Digits) >= least && !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	if !abroad {
		add(Part{Digits: digits}, shortest)
	}
	if !home {
		code, rest := cut(digits)
		add(Part{Digits: code + rest}, shortest)
		add(Part{Digits: rest, First: true}, shortestNational)
	}
	return parts
}

// Whole reports whether the text is a telephone number, and long enough not to be anything
// else.
func Whole(text string) bool {
	digits, _ := read(text)
	return Parts(text) != nil && len(digits) >= shortestWhole
}

// Like reports whether the text consists of the characters of telephone numbers: digits,
// and what people write between them.
func Like(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.Is(unicode.Nd, r) && !strings.ContainsRune("+()/.", r) && !unicode.In(r, unicode.Zs, unicode.Pd, unicode.Cf)
	})
}
