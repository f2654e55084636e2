package handlers

import "testing"

// Most cells need no quote, and are not copied.
func TestHarmless(t *testing.T) { //nolint:paralleltest // the allocations of all goroutines are counted
	for cell, want := range map[string]string{
		"": "", "a=b": "a=b", "2026-11-30": "2026-11-30", "=1": "'=1", "a;-1;b": "a;'-1;b", "\n\n=": "'\n'\n'=", "x\t@": "x\t'@", `a;"=1&""`: `a;'"=1&""`, `;"b"`: `;"b"`,
	} {
		var got string
		allocated := testing.AllocsPerRun(10, func() { got = harmless(cell) })
		if got != want || cell == want && allocated > 0 {
			t.Errorf("%q became %q with %v allocations", cell, got, allocated)
		}
	}
}
