package secret_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/secret"
)

func TestNew(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		text := secret.New("sk_")
		if seen[text] || !secret.Valid(text, "sk_") || secret.Valid(text, "") {
			t.Fatal(text)
		}
		seen[text] = true
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	good := secret.New("sk_")
	for _, bad := range []string{
		"", "sk_", good[3:], good + "A", good[:len(good)-1], "SK_" + good[3:], good[:10] + "+" + good[11:],
		good[:10] + "\n" + good[11:], "sk_" + strings.Repeat("A", 1<<20), "sk_" + strings.Repeat("A", 42) + "B",
	} {
		if secret.Valid(bad, "sk_") {
			t.Errorf("%.60q passes", bad)
		}
	}
}

func TestCode(t *testing.T) {
	t.Parallel()
	code := secret.Code()
	if len(code) != 19 || strings.Count(code, "-") != 3 {
		t.Fatal(code)
	}
	want := secret.HashCode(code)
	for _, written := range []string{strings.ToUpper(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ")} {
		if !bytes.Equal(secret.HashCode(written), want) {
			t.Errorf("%q is another code than %q", written, code)
		}
	}
	if bytes.Equal(secret.HashCode(secret.Code()), want) {
		t.Error("two codes are the same")
	}
}
