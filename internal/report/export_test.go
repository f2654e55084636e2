package report

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
)

// Days returns the days of a period, however many.
func Days(p Period) []Day { return p.days() }

// HalfEven divides as averages do.
func HalfEven(dividend, divisor int64) int64 { return halfEven(dividend, divisor) }

// Kept reports whether reports are made from the summaries.
func Kept(ctx context.Context, client *ent.Client) (bool, error) {
	k, err := keptTo(ctx, client)
	return k != nil, err
}

// Top reports whether what sold best in a period is found without reading the sums
// of every product.
func Top(ctx context.Context, client *ent.Client, p Period, currency string, best Best) (bool, error) {
	k, err := keptTo(ctx, client)
	in, whole := inDays(p)
	if err != nil || k == nil || !whole {
		return false, err
	}
	_, used, err := keptTop(ctx, client, k, &in, currency, best)
	return used, err
}
