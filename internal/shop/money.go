package shop

import (
	"fmt"
	"strconv"
)

// Money is an amount in minor units of the shop's ISO 4217 currency: 1999 is
// 19.99 EUR, 1999 JPY or 1.999 KWD. It is an integer everywhere, JSON included.
type Money int64

// Limits of amounts and quantities. MaxMoney and MaxStock are 2^53-1, the
// largest integer that JSON readers which use IEEE 754 doubles keep exactly
// (RFC 8259, section 6).
const (
	MaxMoney    Money = 9007199254740991
	MaxStock    int64 = 9007199254740991
	MaxQuantity int64 = 1_000_000
)

// MaxNote is the maximum number of characters of a note on an order or on a movement of
// stock.
const MaxNote = 2_000

// MaxLines is the maximum number of lines of a cart: what a screen can show and a checkout
// can write at once, and far below the maximum number of arguments of a statement.
const MaxLines = 1_000

// Times returns the amount multiplied by a quantity. It reports an error of
// kind Invalid, and never wraps, when either is negative or the product passes
// MaxMoney.
func (m Money) Times(quantity int64) (Money, error) {
	if m < 0 || quantity < 0 {
		return 0, Invalidf("amount", "expected a non-negative amount and quantity")
	}
	if m != 0 && quantity > int64(MaxMoney)/int64(m) {
		return 0, tooMuch()
	}
	return m * Money(quantity), nil
}

// Plus returns the sum of two amounts. It reports an error of kind Invalid, and
// never wraps, when either is negative or the sum passes MaxMoney.
func (m Money) Plus(other Money) (Money, error) {
	if m < 0 || other < 0 {
		return 0, Invalidf("amount", "expected a non-negative amount")
	}
	if m > MaxMoney-other {
		return 0, tooMuch()
	}
	return m + other, nil
}

func tooMuch() error {
	return Errorf(KindInvalid, "the total passes the largest amount that the shop can hold")
}

// Format renders the amount with the currency's number of decimals and its
// code, as "19.99 EUR".
func (m Money) Format(c Currency) string {
	digits := c.Decimals()
	sign, n := "", int64(m)
	if n < 0 {
		sign, n = "-", -n
	}
	if digits == 0 {
		return sign + strconv.FormatInt(n, 10) + " " + string(c)
	}
	unit := int64(1)
	for range digits {
		unit *= 10
	}
	return fmt.Sprintf("%s%d.%0*d %s", sign, n/unit, digits, n%unit, c)
}
