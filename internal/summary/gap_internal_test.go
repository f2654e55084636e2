package summary

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Gaps keep all their ids except those that were found.
func TestGapsLoseWhatWasFound(t *testing.T) {
	t.Parallel()
	noted := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		var gaps []gap
		missing := map[int64]bool{}
		for id := int64(1); len(gaps) < rapid.IntRange(0, 5).Draw(t, "gaps"); {
			g := gap{id: int64(len(gaps) + 1), noted: noted}
			g.first = id + rapid.Int64Range(0, 3).Draw(t, "before")
			g.last = g.first + rapid.Int64Range(0, 9).Draw(t, "more")
			id = g.last + 1
			gaps = append(gaps, g)
			for i := g.first; i <= g.last; i++ {
				missing[i] = true
			}
		}
		var found []run
		for id := range missing {
			if rapid.Bool().Draw(t, "found") {
				found = append(found, run{id, id})
			}
		}
		slices.SortFunc(found, func(a, b run) int { return int(a.first - b.first) })
		for _, r := range found {
			delete(missing, r.first)
		}
		if rapid.Bool().Draw(t, "in runs") {
			found = joined(found)
		}
		rest := without(gaps, found, noted)
		for _, g := range rest {
			if g.first > g.last {
				t.Fatalf("a gap of nothing: %+v without %v is %+v", gaps, found, rest)
			}
			for id := g.first; id <= g.last; id++ {
				if !missing[id] {
					t.Fatalf("%d is not missing, or twice: %+v without %v is %+v", id, gaps, found, rest)
				}
				delete(missing, id)
			}
			if g.id != 0 && !slices.Contains(gaps, g) {
				t.Fatalf("%+v is stored otherwise", g)
			}
		}
		if len(missing) > 0 {
			t.Fatalf("%v are forgotten", missing)
		}
		if old := without(gaps, found, noted.Add(1)); len(old) > 0 {
			t.Fatalf("%+v are too old", old)
		}
	})
}

// joined merges adjacent runs.
func joined(runs []run) (out []run) {
	for _, r := range runs {
		if n := len(out); n > 0 && out[n-1].last+1 == r.first {
			out[n-1].last = r.last
		} else {
			out = append(out, r)
		}
	}
	return out
}
