package pattern_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

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
		holds := func(r *rapid.T, m pattern.Match, text string) (found bool) {
			query := fmt.Sprintf("SELECT CAST(%s AS text)%s%s%s", "$1", m.Operator, "$2", m.Escape)
			if err := db.ReadSQL().QueryRowContext(t.Context(), query, text, m.Pattern).Scan(&found); err != nil {
				r.Fatal(err)
			}
			return found
		}
		alphabet := []rune(`aAbB1%_\*?[]^-'"`)
		if strings.Contains(t.Name(), "sqlite") {
			alphabet = append(alphabet, []rune("žŽßσςΣ")...)
		}
		texts := rapid.StringOfN(rapid.SampledFrom(alphabet), 1, 4, -1)
		rapid.Check(t, func(r *rapid.T) {
			text := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 8, -1).Draw(r, "text")
			part := texts.Draw(r, "part")
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
