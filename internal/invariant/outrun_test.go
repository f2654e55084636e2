package invariant_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A transition that fails because of another condition of the caller is not reported as
// lost to somebody else.
func TestTransitionUnderCondition(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		id := shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], shoptest.Products(t, db, 1, 10)...).Order.ID
		err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(id).Where(order.Currency("XXX")).SetStatus(shop.Processing).Exec(ctx)
		})
		shoptest.Refused(t, err, shop.KindNotFound)
		if now := db.Client.Order.GetX(storetest.Context(t), id).Status; now != shop.Pending {
			t.Errorf("now %s", now)
		}
	})
}
