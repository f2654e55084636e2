package report

import (
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Sales are the figures of some orders.
type Sales struct {
	Revenue shop.Money
	Orders  int64
	Units   int64
}

// Average returns the revenue per order, rounded to the nearest minor unit. Halves are
// rounded to even, so that the averages of many periods are not all rounded up. It is nil
// without orders, and when the revenue exceeds shop.MaxMoney.
func (s *Sales) Average() *shop.Money {
	if s.Orders == 0 || Exact(s.Revenue) == nil {
		return nil
	}
	average := halfEven(int64(s.Revenue), s.Orders)
	return new(shop.Money(average))
}

// halfEven divides and rounds half to even. The dividend must not be negative and the
// divisor must be positive.
func halfEven(dividend, divisor int64) int64 {
	quotient, rest := dividend/divisor, dividend%divisor
	up := rest > divisor-rest || rest == divisor-rest && quotient%2 == 1
	if up {
		quotient++
	}
	return quotient
}

// Foreign are orders in a currency that is no longer the shop's. No other figure includes
// them.
type Foreign struct {
	Currency shop.Currency
	Orders   int64
	Revenue  shop.Money
}

// inCurrency is what was sold in one currency, in one part of the answer.
type inCurrency struct {
	part     int
	currency shop.Currency
	sales    Sales
}

func readInCurrency(rows *sql.Rows, row *inCurrency) error {
	return rows.Scan(&row.part, &row.currency, &row.sales.Orders, &row.sales.Revenue, &row.sales.Units)
}
