package reconcile_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A shop that was copied from PostgreSQL may have thousands of gaps in its event ids: those
// of refused checkouts, which were never used.
func TestThousandsOfGaps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 2, 100), shoptest.Customers(t, db, 1)
		shoptest.Order(t, db, customers[0], products...)
		storetest.SQL(t, db, `
INSERT INTO order_events (id, created_at, order_id, kind, note, actor)
SELECT 10 + 2 * n, created_at, order_id, 'note', 'a gap before it', actor
FROM order_events, (WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 5000) SELECT n FROM counted) AS c`)
		keep(t, db)
		elsewhere := shoptest.Category(t, db, "elsewhere", nil)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(products[0]).SetCategoryID(elsewhere).Exec(ctx)
		})
		keep(t, db)
		if got := prove(t, db, true); !got.OK {
			t.Errorf("%+v", got)
		}
	})
}
