package report_test

import (
	"context"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The current day shows the stock on hand, even if a clock was set back between two
// movements.
func TestSeriesEndsWithTheStock(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		id := shoptest.Products(t, db, 1, 10)[0]
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: id, Change: -4, Reason: shop.Damage})
			return err
		})
		day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		for reason, at := range map[string]time.Duration{"initial": 11 * time.Hour, "damage": 10 * time.Hour} {
			storetest.SQL(t, db, "UPDATE inventory_movements SET created_at = $1 WHERE reason = $2", day.Add(at), reason)
		}
		p := report.Period{From: day, To: day.AddDate(0, 0, 1), Zone: time.UTC}
		got, err := report.Series(storetest.Context(t), db.Reader, id, p, day.Add(12*time.Hour))
		if err != nil || len(got) != 1 || got[0].Stock != 6 {
			t.Errorf("%+v %v", got, err)
		}
	})
}
