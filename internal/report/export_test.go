package report

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
)

// Days are the days of a period, however many.
func Days(p Period) []Day { return p.days() }

// HalfEven divides as averages do.
func HalfEven(dividend, divisor int64) int64 { return halfEven(dividend, divisor) }

// Kept reports whether reports are made from the summaries.
func Kept(ctx context.Context, client *ent.Client) (bool, error) {
	k, err := keptTo(ctx, client)
	return k != nil, err
}
