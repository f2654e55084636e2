package shop_test

import (
	"testing"
	"unicode"

	"github.com/storekeeper/storekeeper/internal/shop"
)

func TestLower(t *testing.T) {
	t.Parallel()
	if got, want := shop.Lower("JANE@Exämple.COM ŽÉ"), "jane@exämple.com žé"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for r := rune(unicode.MaxASCII + 1); r <= unicode.MaxRune; r++ {
		for _, lower := range shop.Lower(string(r)) {
			if lower <= unicode.MaxASCII {
				t.Errorf("%q becomes %q", r, lower)
			}
		}
	}
}
