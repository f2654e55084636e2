package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Summary is what was sold in a period and in the previous one.
type Summary struct {
	Period, PreviousPeriod Period
	Current, Previous      Sales
	// Foreign are the orders of the period in other currencies, by currency.
	Foreign []Foreign
}

// Summarise adds up what was sold in a period and in the previous one, in one currency.
func Summarise(ctx context.Context, client *ent.Client, p Period, currency shop.Currency) (*Summary, error) {
	out := &Summary{Period: p, PreviousPeriod: p.Previous(), Foreign: []Foreign{}}
	spans := []span{{0, out.PreviousPeriod.From, out.PreviousPeriod.To}, {1, p.From, p.To}}
	rows, err := salesIn(ctx, client, spans, func() ([]inCurrency, error) {
		of := func(part, from, to string) string {
			return "SELECT " + part + " AS part, o.currency, " + figures(client.Dialect()) + " FROM orders AS o" +
				" WHERE o.placed_at >= " + from + " AND o.placed_at < " + to + " AND " + sold + " GROUP BY o.currency"
		}
		return collect(ctx, access.ReportsRead, client, readInCurrency, of("0", "$1", "$2")+" UNION ALL "+of("1", "$3", "$4"),
			spans[0].since, spans[0].till, spans[1].since, spans[1].till)
	})
	if err != nil {
		return nil, fmt.Errorf("summarise sales: %w", err)
	}
	for i := range rows {
		row := &rows[i]
		switch {
		case row.currency == currency && row.part == 0:
			out.Previous = row.sales
		case row.currency == currency:
			out.Current = row.sales
		case row.part == 1:
			out.Foreign = append(out.Foreign, foreign(row))
		}
	}
	sortForeign(out.Foreign)
	return out, nil
}

func foreign(row *inCurrency) Foreign {
	return Foreign{Currency: row.currency, Orders: row.sales.Orders, Revenue: row.sales.Revenue}
}

func sortForeign(foreign []Foreign) {
	slices.SortFunc(foreign, func(a, b Foreign) int { return strings.Compare(string(a.Currency), string(b.Currency)) })
}
