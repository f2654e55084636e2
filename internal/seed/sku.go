package seed

import (
	"strconv"
	"strings"
)

// sku returns the prefix and a number of at least four digits: KIT-0042.
func sku(prefix string, number int64) string {
	digits := strconv.FormatInt(number, 10)
	return prefix + "-" + strings.Repeat("0", max(0, 4-len(digits))) + digits
}

// largestNumber is the largest number that is taken for one of this scheme. The scheme will
// never reach a larger one, so somebody typed it.
const largestNumber = 1_000_000_000_000

// skuNumber parses what sku returned. It returns false for any other text.
func skuNumber(s string) (prefix string, number int64, ok bool) {
	prefix, digits, found := strings.Cut(s, "-")
	if !found {
		return "", 0, false
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || number < 0 || number > largestNumber {
		return "", 0, false
	}
	return prefix, number, true
}
