package shop_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Arithmetic either equals that of big integers or is refused: it never wraps.
func TestMoneyNeverWraps(t *testing.T) {
	t.Parallel()
	largest := big.NewInt(int64(shop.MaxMoney))
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(0, int64(shop.MaxMoney)).Draw(t, "a")
		b := rapid.Int64Range(0, int64(shop.MaxMoney)).Draw(t, "b")
		q := rapid.Int64Range(0, shop.MaxQuantity).Draw(t, "quantity")

		product := new(big.Int).Mul(big.NewInt(a), big.NewInt(q))
		got, err := shop.Money(a).Times(q)
		checkExact(t, "Times", int64(got), err, product, largest)

		sum := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		got, err = shop.Money(a).Plus(shop.Money(b))
		checkExact(t, "Plus", int64(got), err, sum, largest)
	})
}

func checkExact(t *rapid.T, op string, got int64, err error, want, largest *big.Int) {
	if want.Cmp(largest) > 0 {
		if shop.KindOf(err) != shop.KindInvalid {
			t.Fatalf("%s: got %d, %v past the limit", op, got, err)
		}
		return
	}
	if err != nil || got != want.Int64() {
		t.Fatalf("%s: got %d, %v; want %s", op, got, err, want)
	}
}

func TestLargestMoney(t *testing.T) {
	t.Parallel()
	if got, err := shop.MaxMoney.Times(1); got != shop.MaxMoney || err != nil {
		t.Errorf("once the largest: %d, %v", got, err)
	}
	if got, err := shop.MaxMoney.Plus(0); got != shop.MaxMoney || err != nil {
		t.Errorf("the largest and nothing: %d, %v", got, err)
	}
}

func TestMoneyRefusesNegatives(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]int64{{-1, 1}, {1, -1}, {-1, 0}, {0, -1}} {
		if got, err := shop.Money(c[0]).Times(c[1]); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%d times: %d, %v", c, got, err)
		}
		if got, err := shop.Money(c[0]).Plus(shop.Money(c[1])); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%d added: %d, %v", c, got, err)
		}
	}
}

func TestMoneyFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount   shop.Money
		currency shop.Currency
		want     string
	}{
		{1999, "EUR", "19.99 EUR"},
		{5, "EUR", "0.05 EUR"},
		{-1999, "EUR", "-19.99 EUR"},
		{1999, "JPY", "1999 JPY"},
		{1999, "KWD", "1.999 KWD"},
		{0, "USD", "0.00 USD"},
	} {
		if got := c.amount.Format(c.currency); got != c.want {
			t.Errorf("%d: got %q, want %q", c.amount, got, c.want)
		}
	}
}

func TestParseCurrency(t *testing.T) {
	t.Parallel()
	if c, err := shop.ParseCurrency(" eur "); err != nil || c != "EUR" {
		t.Errorf("got %q, %v", c, err)
	}
	for _, bad := range []string{"", "EURO", "XXX", "E R"} {
		if _, err := shop.ParseCurrency(bad); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
