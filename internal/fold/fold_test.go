package fold_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/fold"
)

func TestText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "",
		"Oak Table 12":             "oak table 12",
		"Matěj Dvořák":             "matej dvorak",
		"Matěj":                    "matej", // decomposed
		"Straße, STRASSE":          "strasse, strasse",
		"Łódź Ørsted Đà Nẵng Æsir": "lodz orsted da nang aesir",
		"İstanbul ılık IŞIK":       "istanbul ilik isik",
		"ΣΊΣΥΦΟΣ Σίσυφος":          "σισυφοσ σισυφοσ",
		"Ёлка и Йод":               "елка и иод",
		"Ｆｕｌｌ ﬁve ㎏":               "full five kg",
		"Levi’s “501” – blue":      `levi's "501" - blue`,
		"soft\u00adhyphen\u200bed": "softhyphened",
		"non\u00a0breaking":        "non breaking",
		"がく 각":                     "がく 각",
		"\u0301":                   "\u0301",
		"\u00ad":                   "\u00ad",
		"مُحَمَّد":                 "محمد",
		"हिन्दी":                   "हिन्दी",
		"100 % _done_ \\ [x] *?":   `100 % _done_ \ [x] *?`,
	} {
		if got := fold.Text(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// A part of a kept text finds it, and folding what is folded changes nothing: else a text
// could not be found by itself.
func TestFolds(t *testing.T) {
	t.Parallel()
	characters := rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("aÀěßŁøıİIiΣςέЁйが각ｶﬁ’–\u0301\u00ad ")))
	rapid.Check(t, func(r *rapid.T) {
		text := norm.NFC.String(rapid.StringOfN(characters, 0, 12, -1).Draw(r, "text"))
		check(r, text)
		runes := []rune(text)
		first := rapid.IntRange(0, len(runes)).Draw(r, "first")
		part := string(runes[first:rapid.IntRange(first, len(runes)).Draw(r, "end")])
		if folded := fold.Text(part); folded != part && !strings.Contains(fold.Text(text), folded) {
			r.Errorf("%q is %q, its part %q is %q", text, fold.Text(text), part, folded)
		}
	})
}

func FuzzText(f *testing.F) {
	for _, text := range []string{"Matěj", "Straße", "İı", "ΐ", "ﷺ", "\u0301a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			check(t, text)
		}
	})
}

func check(t rapid.TB, text string) {
	t.Helper()
	folded := fold.Text(text)
	if again := fold.Text(folded); again != folded {
		t.Errorf("%q is %q, and that %q", text, folded, again)
	}
	if (folded == "") != (text == "") || !utf8.ValidString(folded) {
		t.Errorf("%q is %q", text, folded)
	}
}
