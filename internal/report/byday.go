package report

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// DaySales is what was sold on a day, or on the part of the day that belongs to the period.
type DaySales struct {
	Day
	Sales
}

// ByDay returns what was sold on each day of a period and of the previous one, days without
// orders included. The error is KindInvalid naming query.from when there are more than
// 1,096 days.
func ByDay(ctx context.Context, client *ent.Client, p Period, currency shop.Currency) (current, previous []DaySales, err error) {
	days, err := p.daily()
	if err != nil {
		return nil, nil, err
	}
	if current, err = sales(ctx, client, days, currency); err != nil {
		return nil, nil, err
	}
	previous, err = sales(ctx, client, p.Previous().days(), currency)
	return current, previous, err
}

func sales(ctx context.Context, client *ent.Client, days []Day, currency shop.Currency) ([]DaySales, error) {
	spans := make([]span, len(days))
	for i, day := range days {
		spans[i] = span{i, day.From, day.To}
	}
	rows, err := salesIn(ctx, client, spans, func() ([]inCurrency, error) {
		query, args := postgresDays(spans, currency)
		if client.Dialect() != dialect.Postgres {
			query, args = sqliteDays(spans, currency)
		}
		return collect(ctx, access.ReportsRead, client, readInCurrency, query, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("sales by day: %w", err)
	}
	out := make([]DaySales, len(days))
	for i, day := range days {
		out[i].Day = day
	}
	for i := range rows {
		if rows[i].currency == currency {
			out[rows[i].part].Sales = rows[i].sales
		}
	}
	return out, nil
}

// postgresDays finds the orders of all days at once, and assigns each to a day by the
// beginnings of the days.
func postgresDays(days []span, currency shop.Currency) (text string, a arguments) {
	begins := make([]time.Time, len(days))
	for i, day := range days {
		begins[i] = day.since
	}
	text = "SELECT width_bucket(o.placed_at, " + a.add(begins) + "::timestamptz[]) - 1 AS n, o.currency, " + figures(dialect.Postgres) +
		" FROM orders AS o WHERE o.placed_at >= " + a.add(days[0].since) + " AND o.placed_at < " + a.add(days[len(days)-1].till) +
		" AND o.currency = " + a.add(string(currency)) + " AND " + sold + " GROUP BY n, o.currency"
	return text, a
}

// sqliteDays reads the orders day by day.
func sqliteDays(days []span, currency shop.Currency) (text string, a arguments) {
	text = "WITH day AS (" + a.spans(dialect.SQLite, days) + ") SELECT w.n, o.currency, " + figures(dialect.SQLite) +
		" FROM day AS w" + placed(dialect.SQLite) + " WHERE o.currency = " + a.add(string(currency)) + " GROUP BY w.n, o.currency"
	return text, a
}
