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

func TestMoneyRefusesNegatives(t *testing.T) {
	t.Parallel()
	if _, err := shop.Money(-1).Times(1); shop.KindOf(err) != shop.KindInvalid {
		t.Errorf("negative amount: %v", err)
	}
	if _, err := shop.Money(1).Times(-1); shop.KindOf(err) != shop.KindInvalid {
		t.Errorf("negative quantity: %v", err)
	}
	if _, err := shop.Money(1).Plus(-1); shop.KindOf(err) != shop.KindInvalid {
		t.Errorf("negative addend: %v", err)
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
