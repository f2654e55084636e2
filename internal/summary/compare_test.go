package summary_test

import (
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// An order that was placed at midnight belongs to the day that begins then, even at the
// beginning of a month, and to no other. An order whose event is in a gap is not included
// yet.
func TestCompareAtMidnight(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product, customer := shoptest.Products(t, db, 1, 10)[0], shoptest.Customers(t, db, 1)[0]
		first := time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC)
		for i := range 3 {
			o := shoptest.Order(t, db, customer, product).Order
			storetest.SQL(t, db, "UPDATE orders SET placed_at = $1 WHERE id = $2", first.AddDate(0, 0, i), o.ID)
		}
		if _, err := summary.Update(storetest.Context(t), db, summary.Options{}); err != nil {
			t.Fatal(err)
		}
		compare := func(day int) summary.Drift {
			t.Helper()
			tx, err := db.SQL().BeginTx(storetest.Context(t), nil)
			if err != nil {
				t.Fatal(err)
			}
			drift, err := summary.Compare(storetest.Context(t), tx, db.Dialect(), first.AddDate(0, 0, day), true)
			if err := tx.Rollback(); err != nil {
				t.Error(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			return drift
		}
		for day := -1; day <= 3; day++ {
			if d := compare(day); d != (summary.Drift{}) {
				t.Errorf("day %d: %+v", day, d)
			}
		}
		storetest.SQL(t, db, "INSERT INTO event_gaps (created_at, first_id, last_id) SELECT created_at, id, id FROM order_events WHERE order_id = 2")
		for day := -1; day <= 3; day++ {
			if d := compare(day); (d.Slots == 1) != (day == 1) {
				t.Errorf("day %d, with the event of the second order in a gap: %+v", day, d)
			}
		}
	})
}
