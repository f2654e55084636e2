package report_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Averages are rounded to the nearest integer, and halves to the even one.
func TestAveragesRoundHalfToEven(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]int64{{1, 2, 0}, {3, 2, 2}, {5, 2, 2}, {7, 2, 4}, {4, 3, 1}, {5, 3, 2}, {0, 9, 0}} {
		if got := report.HalfEven(c[0], c[1]); got != c[2] {
			t.Errorf("%d / %d is %d, want %d", c[0], c[1], got, c[2])
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		dividend := rapid.Int64Range(0, int64(shop.MaxMoney)).Draw(t, "dividend")
		divisor := rapid.Int64Range(1, 1<<62).Draw(t, "divisor")
		exact := new(big.Rat).SetFrac64(dividend, divisor)
		got := report.HalfEven(dividend, divisor)
		distance := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(got))
		half := big.NewRat(1, 2)
		if c := distance.Abs(distance).Cmp(half); c > 0 || c == 0 && got%2 != 0 {
			t.Errorf("%d / %d is %d", dividend, divisor, got)
		}
	})
}

// Sums are exact up to the largest amount, and one more than that beyond it, even far
// beyond 2^63: nothing wraps or is rounded, whatever type the database uses.
func TestSumsPastTheLimit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const most = int64(shop.MaxMoney)
		product := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		from := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
		insert := func(amount int64, times int) {
			for range times {
				storetest.SQL(t, db, fmt.Sprintf(`INSERT INTO orders (created_at, updated_at, status, total_amount, currency, placed_at, customer_id)
					VALUES ('2026-05-02 00:00:00+00:00', '2026-05-02 00:00:00+00:00', 'pending', %d, 'EUR', '2026-05-02 00:00:00+00:00', %d)`, amount, customer))
				storetest.SQL(t, db, fmt.Sprintf(`INSERT INTO order_items (created_at, sku, product_name, quantity, price, order_id, product_id)
					SELECT '2026-05-02 00:00:00+00:00', 'x', 'x', 1, %d, max(id), %d FROM orders`, amount, product))
			}
		}
		p, err := report.NewPeriod(from, from.AddDate(0, 1, 0), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		insert(most-2, 1)
		insert(1, 2)
		check := func(want int64) {
			t.Helper()
			sameRevenues(t, db, p, customer, shop.Money(want))
		}
		check(most)
		insert(1, 1)
		check(most + 1)
		insert(most, 1_100) // beyond 2^63
		check(most + 1)
		storetest.SQL(t, db, "UPDATE order_items SET quantity = 1000000") // a line beyond 2^63
		check(most + 1)
	})
}

// sameRevenues compares the revenue of the period in all reports.
func sameRevenues(t *testing.T, db *store.DB, p report.Period, customer int64, want shop.Money) {
	t.Helper()
	for name, revenue := range revenues(t, db, p, customer) {
		if got, err := revenue(); err != nil || got != want {
			t.Errorf("%s is %d, want %d; %v", name, got, want, err)
		}
	}
}

// revenues returns all reports with the revenue of the period.
func revenues(t *testing.T, db *store.DB, p report.Period, customer int64) map[string]func() (shop.Money, error) {
	t.Helper()
	ctx := storetest.Context(t)
	return map[string]func() (shop.Money, error){
		"summary": func() (shop.Money, error) {
			s, err := report.Summarise(ctx, db.Reader, p, "EUR")
			if err != nil {
				return 0, err
			}
			return s.Current.Revenue, nil
		},
		"day": func() (shop.Money, error) {
			days, _, err := report.ByDay(ctx, db.Reader, p, "EUR")
			if err != nil {
				return 0, err
			}
			return slices.MaxFunc(days, func(a, b report.DaySales) int { return cmp.Compare(a.Revenue, b.Revenue) }).Revenue, nil
		},
		"product": func() (shop.Money, error) {
			s, err := report.ByProduct(ctx, db.Reader, p, "EUR", report.Best{By: report.Revenue, Limit: 10})
			if err != nil {
				return 0, err
			}
			return s.Items[0].Revenue, nil
		},
		"best product": func() (shop.Money, error) {
			s, err := report.ByProduct(ctx, db.Reader, p, "EUR", report.Best{By: report.Revenue, Limit: 1})
			if err != nil {
				return 0, err
			}
			return s.Items[0].Revenue, nil
		},
		"category": func() (shop.Money, error) {
			s, err := report.ByCategory(ctx, db.Reader, p, "EUR", report.Best{By: report.Revenue, Limit: 10})
			if err != nil {
				return 0, err
			}
			return s.Items[0].Revenue, nil
		},
		"all products, beside the one of most units": func() (shop.Money, error) {
			s, err := report.ByProduct(ctx, db.Reader, p, "EUR", report.Best{By: report.Units, Limit: 1})
			if err != nil {
				return 0, err
			}
			return s.Revenue, nil
		},
		"all categories, beside the one of most units": func() (shop.Money, error) {
			s, err := report.ByCategory(ctx, db.Reader, p, "EUR", report.Best{By: report.Units, Limit: 1})
			if err != nil {
				return 0, err
			}
			return s.Revenue, nil
		},
		"customer": func() (shop.Money, error) {
			s, err := report.OfCustomer(ctx, db.Reader, customer, "EUR")
			if err != nil {
				return 0, err
			}
			return s.Revenue, nil
		},
	}
}
