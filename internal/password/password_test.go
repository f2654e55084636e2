package password_test

import (
	"context"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/shop"
)

func TestRefused(t *testing.T) {
	t.Parallel()
	for why, list := range map[string][]string{
		"at least 12":  {"", "short", "elevenchars", "日本語日本語日本語日本", "\u0301\u0301e\u0301\u0301"},
		"at most 1024": {strings.Repeat("correct horse ", 80)},
		"too few":      {"aaaaaaaaaaaaa", "ababababababab", "1221122112211"},
		"tried first":  {"password1234", "Password2024!", "P4ssw0rd!2024", "p@$$w0rd-9999", "letmein123456", "!!!!iloveyou!!!!", "1q2w3e4r5t6y", "passwordpassword", "letmein letmein", "Pass Word 2024!!", "monkey1234567"},
		"row":          {"abcdefghijkl", "zyxwvutsrqpo", "qwertyuiopasdf", "rewqpoiuytasdf", "abcd5abcd5abcd5"},
		"others know":  {"jane-miller-1987", "JaneMiller2024!", "storekeeper-2026", "Storekeeper1!x", "jane.miller12345", "jane.miller@example.com", "Miller@Example.Com", "example jane storekeeper"},
	} {
		for _, p := range list {
			err := password.Check("password", p, "Jane Miller", "jane.miller@example.com")
			if shop.KindOf(err) != shop.KindInvalid || !strings.Contains(err.Error(), why) {
				t.Errorf("%q: want %q, got %v", p, why, err)
			}
			if len(p) > 5 && err != nil && strings.Contains(err.Error(), p) {
				t.Errorf("the error tells the password: %v", err)
			}
		}
	}
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	for _, p := range []string{
		"correct horse battery", "purple elephants dance", "x9$Kq2!vTz7p", "jane likes oak chairs", "пароль для магазина", "日本語の長いパスワード例文です",
		"storekeepers of the world", "demo-shop-please-look", strings.Repeat("ab cd?9", 146),
	} {
		if err := password.Check("password", p, "Jane Miller", "jane@example.com"); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
}

// Words that are too short on their own are still recognised as a whole address.
func TestShortAddress(t *testing.T) {
	t.Parallel()
	for _, p := range []string{"bo@kim-ag.io", "1. BO@KIM-AG.IO", "Kim-1985-1985"} {
		if err := password.Check("password", p, "Bo", "bo@kim-ag.io"); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%q: %v", p, err)
		}
	}
	if err := password.Check("password", "bo kim has a boat", "Bo", "bo@kim-ag.io"); err != nil {
		t.Error(err)
	}
}

func cheap() password.Params {
	return password.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

func TestHash(t *testing.T) {
	t.Parallel()
	h := password.NewHasher(cheap())
	hash, err := h.Hash(t.Context(), "caf\u00e9 caf\u00e9 caf\u00e9")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$") {
		t.Fatal(hash, err)
	}
	for p, want := range map[string]bool{
		"caf\u00e9 caf\u00e9 caf\u00e9": true, "cafe\u0301 cafe\u0301 cafe\u0301": true, // composed and decomposed
		"": false, "cafe cafe cafe": false, hash: false,
	} {
		if ok, outdated, err := h.Verify(t.Context(), p, hash); ok != want || outdated || err != nil {
			t.Errorf("%q: %v, %v, %v", p, ok, outdated, err)
		}
	}
	stronger := password.NewHasher(password.Params{Memory: 16, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if ok, outdated, err := stronger.Verify(t.Context(), "caf\u00e9 caf\u00e9 caf\u00e9", hash); !ok || !outdated || err != nil {
		t.Error(ok, outdated, err)
	}
}

// An account that does not exist costs the same work and matches no password, not even the
// one that the dummy hash belongs to.
func TestUnknownAccount(t *testing.T) {
	t.Parallel()
	h := password.NewHasher(cheap())
	for _, p := range []string{"", "nobody has this password"} {
		before := h.Computed()
		if ok, _, err := h.Verify(t.Context(), p, ""); ok || err != nil {
			t.Error(p, ok, err)
		}
		if h.Computed() != before+1 {
			t.Error("no hash was computed")
		}
	}
}

func TestWaitsNoLongerThanAsked(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := password.NewHasher(cheap()).Hash(ctx, "correct horse battery"); err == nil {
		t.Error("hashed for nobody")
	}
}
