package phone_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/phone"
)

func TestDigits(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"+49 176 123-456": "49176123456", "0049 176 123456": "49176123456", "+49 (0)176 123 456": "49176123456", "(+49) 0176/123.456": "49176123456",
		"49 (0) 176 123456": "49176123456", "49 (0)176 123456": "49176123456", "0176 123456": "176123456", "(0)176 123456": "176123456",
		"Tel. +49 176 123456": "49176123456", "176123456": "176123456", "+39 06 1234 567": "3961234567", "+420 0123": "420123", "+4200": "420",
		"(415) 555-0123 x12": "415555012312", "+1 (415) 555-0123": "14155550123", "0176 123456 + 0170 1234": "17612345601701234",
		"": "", "none": "", "0": "", "+": "", "00": "", "+0": "", "+49": "49", "+490": "49", "+0176": "176", "+٠١٢３": "123", "００４９ ۱۷۶ १२𝟗": "49176129", "((0)0)12": "12",
	} {
		if got := phone.Digits(number); got != want {
			t.Errorf("%q: %s, want %s", number, got, want)
		}
	}
}

// The digits of every script are read, by Unicode's own word where it has one.
func TestDigitsOfScripts(t *testing.T) {
	t.Parallel()
	said := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		got := strings.TrimPrefix(phone.Digits("1"+string(r)), "1")
		if len(got) != 1 || got[0] < '0' || got[0] > '9' {
			t.Errorf("%c is read as %q", r, got)
		}
		if plain := norm.NFKC.String(string(r)); plain[0] < utf8.RuneSelf {
			said++
			if got != plain {
				t.Errorf("%c is read as %s, not %s", r, got, plain)
			}
		}
	}
	if said < 70 {
		t.Errorf("compared only %d", said)
	}
}

// finds reports whether the text looks for the number.
func finds(text, number string) bool {
	digits := phone.Digits(number)
	for _, p := range phone.Parts(text) {
		if p.First && strings.HasPrefix(digits, p.Digits) || !p.First && strings.Contains(digits, p.Digits) {
			return true
		}
	}
	return false
}

// A number is found however it is written down, and however it is typed.
func TestWaysToWrite(t *testing.T) {
	t.Parallel()
	codes := []string{"1", "7", "20", "27", "30", "34", "39", "40", "43", "49", "58", "66", "86", "98", "212", "353", "376", "420", "503", "670", "880", "971"}
	ways := []string{"+C N", "00C N", "00 C N", "(+C) N", "(00C) N", "+C(0)N", "+C (0) N", "00C (0)N", "+C 0N", "C (0)N", "C N", "0N", "(0) N", "(0N)", "N"}
	rapid.Check(t, func(r *rapid.T) {
		code := rapid.SampledFrom(codes).Draw(r, "code")
		national := rapid.StringMatching(`[1-9][0-9]{5,11}`).Draw(r, "national")
		write := func(label string) string {
			way := rapid.SampledFrom(ways).Draw(r, label)
			var b strings.Builder
			for _, d := range national {
				b.WriteString(rapid.SampledFrom([]string{"", "", " ", "-", "/", ".", "\u00a0", "–", " - "}).Draw(r, "between"))
				b.WriteRune(d)
			}
			return strings.NewReplacer("C", code, "N", b.String()).Replace(way)
		}
		kept, typed := write("kept"), write("typed")
		if !finds(typed, kept) {
			r.Errorf("%q does not find %q: %v, %s", typed, kept, phone.Parts(typed), phone.Digits(kept))
		}
		if also := "Fon: " + kept + " (mobile)"; !finds(typed, also) {
			r.Errorf("%q does not find %q", typed, also)
		}
	})
}

// Part of a number is enough, and another number is not found.
func TestParts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0176 123456": "*176123456", "+49 176 123456": "*49176123456 176123456", "0049 176 123456": "*49176123456 176123456",
		"176123456": "*176123456 76123456", "+49 30 123": "*4930123", "+49 1": "", "12345": "*12345", "01234": "", "012345": "*12345",
		"3906 1234567": "*39061234567 *3961234567 61234567", "415 555 0123": "*4155550123 55550123", "٠١٢٣٤٥٦": "*123456",
	} {
		var got []string
		for _, p := range phone.Parts(text) {
			if star := "*"; p.First {
				got = append(got, p.Digits)
			} else {
				got = append(got, star+p.Digits)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
	for _, text := range []string{
		"", "oak 2024", "SKU-12345", "x12345", "12345x", "#12345", "12345@example.com", "12,345", "12_345", "12345%", "1234", "0", "+", "-", "( )", "000000000",
	} {
		if parts := phone.Parts(text); parts != nil {
			t.Errorf("%q looks for %v", text, parts)
		}
	}
	for text, number := range map[string]string{
		"0176 123456": "+49 175 123456", "+49 176 123456": "+43 176 123456", "+1 415 555 0123": "(305) 555-0123", "415 555 0123": "+1 305 555 0123",
		"123456": "12345", "0301234567": "+49 40 1234567",
	} {
		if finds(text, number) {
			t.Errorf("%q finds %q", text, number)
		}
	}
}

func FuzzDigits(f *testing.F) {
	for _, s := range []string{"+49 (0)176 123-456", "0049", "0", "+", "((0)0)", "+0 0", "\xff(0)1", "00 00", "1+2", "+44 020", "+4200", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		digits := phone.Digits(s)
		if strings.Trim(digits, "0123456789") != "" || strings.HasPrefix(digits, "0") || len(digits) > len(s) {
			t.Errorf("%q: %q", s, digits)
		}
		if again := phone.Digits(digits); again != digits {
			t.Errorf("%q: %q, and of that %q", s, digits, again)
		}
		if abroad := phone.Digits(fmt.Sprint("+", digits)); digits != "" && phone.Digits("00"+digits) != abroad || phone.Digits("+"+abroad) != abroad {
			t.Errorf("%q: + and 00 differ", s)
		}
		if parts := phone.Parts(s); parts != nil && !finds(s, s) {
			t.Errorf("%q does not find itself: %v, %s", s, parts, digits)
		}
	})
}
