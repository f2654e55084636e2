package report

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// DayStock is a product's stock at the end of a day, or at the end of the period or now if
// that is earlier.
type DayStock struct {
	Day
	Stock int64
}

// Series returns a product's stock at the end of each day of a period. Days that have not
// begun are left out. Errors: KindNotFound; KindInvalid naming query.from when there are
// more than 1,096 days.
func Series(ctx context.Context, client *ent.Client, productID int64, p Period, now time.Time) ([]DayStock, error) {
	days, err := p.daily()
	if err != nil {
		return nil, err
	}
	ctx, err = access.Allow(ctx, access.MovementsRead)
	if err != nil {
		return nil, err
	}
	available, err := stock.Available(ctx, client, productID)
	if err != nil {
		return nil, err
	}
	out := make([]DayStock, 0, len(days))
	for _, day := range days {
		if !day.From.After(now) {
			out = append(out, DayStock{Day: day})
		}
	}
	if err := balances(ctx, client, productID, out); err != nil {
		return nil, err
	}
	if last := len(out) - 1; last >= 0 && out[last].To.After(now) {
		out[last].Stock = available // the times of movements may be wrong, see stock.Available
	}
	return out, nil
}

// balance is the stock at the end of the n-th day.
type balance struct {
	n     int
	stock int64
}

// balances fills in the balance after the last movement before the end of each day, using
// an index.
func balances(ctx context.Context, client *ent.Client, productID int64, days []DayStock) error {
	if len(days) == 0 {
		return nil
	}
	spans := make([]span, len(days))
	for i := range days {
		spans[i] = span{i, days[i].From, days[i].To}
	}
	var a arguments
	text := `
WITH day AS (` + a.spans(client.Dialect(), spans) + `)
SELECT day.n, COALESCE((
  SELECT m.balance_after FROM inventory_movements AS m
  WHERE m.product_id = ` + a.add(productID) + ` AND m.created_at < day.till
  ORDER BY m.created_at DESC, m.id DESC LIMIT 1), 0)
FROM day`
	rows, err := collect(ctx, access.MovementsRead, client, func(rows *sql.Rows, b *balance) error {
		return rows.Scan(&b.n, &b.stock)
	}, text, a...)
	if err != nil {
		return fmt.Errorf("stock by day: %w", err)
	}
	for _, b := range rows {
		days[b.n].Stock = b.stock
	}
	return nil
}
