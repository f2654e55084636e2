package shoptest

import (
	"errors"
	"slices"
	"testing"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Refused fails the test unless err is a shop error of the kind.
func Refused(t testing.TB, err error, kind shop.Kind) {
	t.Helper()
	_ = Refusal(t, err, kind)
}

// Refusal returns the shop error in err, and fails the test unless it is of the kind.
func Refusal(t testing.TB, err error, kind shop.Kind) *shop.Error {
	t.Helper()
	refusal, ok := errors.AsType[*shop.Error](err)
	if !ok {
		t.Fatalf("expected an error of kind %s, got %v", kind, err)
	}
	if refusal.Kind != kind {
		t.Fatalf("expected an error of kind %s, got %s: %v", kind, refusal.Kind, err)
	}
	return refusal
}

// Invalid fails the test unless err is of KindInvalid and names the field.
func Invalid(t testing.TB, err error, field string) {
	t.Helper()
	refusal := Refusal(t, err, shop.KindInvalid)
	if !slices.ContainsFunc(refusal.Fields, func(f shop.FieldError) bool { return f.Location == field }) {
		t.Fatalf("expected an error that names %s, got %v", field, err)
	}
}
