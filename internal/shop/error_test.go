package shop_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/storekeeper/storekeeper/internal/shop"
)

func TestKindOf(t *testing.T) {
	t.Parallel()
	if k := shop.KindOf(nil); k != "" {
		t.Errorf("nil: %q", k)
	}
	if k := shop.KindOf(errors.New("anything")); k != shop.KindInternal { //nolint:err113 // any error will do
		t.Errorf("unknown: %q", k)
	}
	if k := shop.KindOf(fmt.Errorf("place: %w", shop.NotFound("product", 7))); k != shop.KindNotFound {
		t.Errorf("wrapped: %q", k)
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	err := shop.Invalidf("price", "expected at least %d", 0)
	if got, want := err.Error(), "validation failed: price: expected at least 0"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
