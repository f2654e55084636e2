package seed_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
)

func TestSlugs(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for slug := range seed.Slugs() {
		if !pattern.MatchString(slug) {
			t.Errorf("not a slug: %q", slug)
		}
	}
}

func TestPrefixesTellGroupsApart(t *testing.T) {
	t.Parallel()
	all := seed.Prefixes()
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("prefixes repeat: %v", all)
	}
}

// Names are readable and unique within a line, whatever the size of the shop.
func TestTitles(t *testing.T) {
	t.Parallel()
	first := map[string]bool{}
	for _, o := range seed.Offers() {
		titles := map[string]bool{}
		for n := range 40 * o.Size() {
			title := o.Title(n)
			switch r, _ := utf8.DecodeRuneInString(title); {
			case titles[title]:
				t.Errorf("twice: %q", title)
			case !unicode.IsUpper(r), strings.Contains(title, "  "), utf8.RuneCountInString(title) > 100:
				t.Errorf("badly made: %q", title)
			}
			titles[title] = true
			if n < o.Size() && first[title] {
				t.Errorf("in two lines: %q", title)
			}
			first[title] = first[title] || n < o.Size()
		}
		if d := o.Description(0); !strings.HasSuffix(d, ".") || strings.Count(d, ". ") < 1 {
			t.Errorf("%s: description %q", o.Title(0), d)
		}
	}
	if got := len(first); got < 2500 {
		t.Errorf("%d names before collections begin, expected at least 2,500", got)
	}
}

func TestCollectionsDoNotRepeatSoon(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n := range int64(700) {
		if c := seed.Collection(n); seen[c] {
			t.Fatalf("the %d-th collection is called %q again", n, c)
		} else {
			seen[c] = true
		}
	}
}

func TestPricesStayInRange(t *testing.T) {
	t.Parallel()
	for _, o := range seed.Offers() {
		from, to := o.Prices()
		if from <= 0 || to <= from {
			t.Errorf("%s: from %d to %d", o.Title(0), from, to)
		}
		for n := range 3 * o.Size() {
			if cents := o.EuroCents(n); cents < from || cents > to {
				t.Errorf("%s: %d is not between %d and %d", o.Title(n), cents, from, to)
			}
		}
	}
}

// Prices are rounded to what shops charge, in every currency.
func TestPrices(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		currency shop.Currency
		cents    int64
		want     shop.Money
	}{
		{"EUR", 1, 49},
		{"EUR", 563, 599},
		{"EUR", 1263, 1299},
		{"EUR", 2950, 2990},
		{"EUR", 14_350, 14_900},
		{"EUR", 129_000, 129_900},
		{"USD", 2950, 2990},
		{"JPY", 1, 8},
		{"JPY", 1263, 2080},
		{"JPY", 14_350, 22_800},
		{"KWD", 1263, 4490},
		{"KWD", 129_000, 439_000},
		{"VND", 1263, 368_000},
		{"XAF", 1, 8},
		{"HUF", 1263, 509_900},
	} {
		if got := seed.Price(c.currency, c.cents); got != c.want {
			t.Errorf("%d euro cents: got %s (%d), want %s", c.cents, got.Format(c.currency), got, c.want.Format(c.currency))
		}
	}
}

// In every currency prices are positive, and the most expensive order of the most
// expensive products stays far below the largest amount.
func TestPricesOfEveryCurrency(t *testing.T) {
	t.Parallel()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			for c := 'A'; c <= 'Z'; c++ {
				currency, err := shop.ParseCurrency(string([]rune{a, b, c}))
				if err != nil {
					continue
				}
				low, high := seed.Price(currency, 200), seed.Price(currency, 300_000)
				if low < 1 || high <= low || high > shop.MaxMoney/1000 {
					t.Errorf("%s: from %d to %d", currency, low, high)
				}
			}
		}
	}
}

func TestSKUs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "number")
		prefix, got, ok := seed.SKUNumber(seed.SKU("KIT", number))
		if !ok || prefix != "KIT" || got != number {
			t.Fatalf("%s reads as %q %d %t", seed.SKU("KIT", number), prefix, got, ok)
		}
	})
	for _, text := range []string{"", "KIT", "KIT-", "KIT-x", "KIT--4", "KIT-9223372036854775807", "KIT-99999999999999999999"} {
		if _, _, ok := seed.SKUNumber(text); ok {
			t.Errorf("%q was taken for one of ours", text)
		}
	}
	if got := seed.SKU("KIT", 42); got != "KIT-0042" {
		t.Error(got)
	}
}

func TestLocalParts(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^[a-z]+(\.[a-z]+)*$`)
	for _, local := range seed.LocalParts() {
		if !pattern.MatchString(local) {
			t.Errorf("not fit for an address: %q", local)
		}
	}
}

// No two email addresses are the same, whatever existed before.
func TestAddresses(t *testing.T) {
	t.Parallel()
	base := rapid.SampledFrom([]string{"anna.weber", "anna_weber", "a.weber", "hotel.weber"})
	rapid.Check(t, func(t *rapid.T) {
		taken := seed.Addresses{}
		seen := map[string]bool{}
		for range rapid.IntRange(0, 5).Draw(t, "before") {
			email := base.Draw(t, "base") + rapid.SampledFrom([]string{"", "1", "2", "3", "07", "99999999999999999999"}).Draw(t, "number") +
				"@example." + rapid.SampledFrom([]string{"com", "org", "net"}).Draw(t, "domain")
			taken.Note(email)
			seen[email] = true
		}
		for range 30 {
			email := taken.Give(base.Draw(t, "base"))
			if seen[email] {
				t.Fatalf("%s was given away already", email)
			}
			seen[email] = true
		}
	})
}

func TestLinesPerOrder(t *testing.T) {
	t.Parallel()
	sum, lines := 0, 0
	for i, n := range seed.LinesPerOrder {
		sum += n
		lines += n * (i + 1)
	}
	if diff := cmp.Diff([]float64{100, seed.MeanLines}, []float64{float64(sum), float64(lines) / 100}); diff != "" {
		t.Error("percentages and mean (-want +got):\n" + diff)
	}
}
