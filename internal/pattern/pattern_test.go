package pattern_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/pattern"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Whatever stands in the texts, wildcards included, the databases find what Go
// finds. Cases are only mixed in letters that both databases know.
func TestMatches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		holds := func(r rapid.TB, m pattern.Match, text string) (found bool) {
			query := fmt.Sprintf("SELECT CAST(%s AS text)%s%s%s", "$1", m.Operator, "$2", m.Escape)
			if err := db.ReadSQL().QueryRowContext(t.Context(), query, text, m.Pattern).Scan(&found); err != nil {
				r.Fatal(err)
			}
			return found
		}
		letters := []rune("aAσςΣ")
		if strings.Contains(t.Name(), "sqlite") {
			letters = append(letters, []rune("žŽßİiI")...)
			if !holds(t, pattern.Contains(db.Dialect(), "şişli"), "ŞİŞLİ") {
				t.Error("the dotted capital I is not found")
			}
		}
		characters := rapid.OneOf(rapid.SampledFrom(letters), rapid.SampledFrom([]rune(`bB1%_\*?[]{}().+$^-'"`)))
		texts := rapid.StringOfN(characters, 1, 4, -1)
		rapid.Check(t, func(r *rapid.T) {
			text := rapid.StringOfN(characters, 0, 8, -1).Draw(r, "text")
			part := texts.Draw(r, "part")
			if strings.ContainsRune(text, 'İ') && strings.IndexFunc(part, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
				return // see the package's comment
			}
			folded, want := fold(text), fold(part)
			if got := holds(r, pattern.Contains(db.Dialect(), part), text); got != strings.Contains(folded, want) {
				r.Errorf("contains: %v", got)
			}
			if got := holds(r, pattern.Begins(db.Dialect(), part), text); got != strings.HasPrefix(folded, want) {
				r.Errorf("begins: %v", got)
			}
		})
	})
}

// fold makes one text of those that differ in case only.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'ς' {
			return 'σ'
		}
		return unicode.ToLower(r)
	}, s)
}
