package reconcile_test

import (
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The items of a span of orders are looked up by their orders. Walking through the items
// of all orders before and after them would take hours in a large shop.
func TestItemsAreFoundByTheirOrders(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	shape := seed.Options{Products: 60, Customers: 20, Orders: 3000, Seed: 7, Now: shop.Now()}
	if _, err := seed.Run(storetest.Context(t), db, shape); err != nil {
		t.Fatal(err)
	}
	var plan string
	explain := "EXPLAIN (FORMAT JSON) " + reconcile.ItemBounds
	if err := db.SQL().QueryRowContext(storetest.Context(t), explain, 1000, 2000).Scan(&plan); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plan, "order_items_pkey") {
		t.Errorf("walks the items:\n%s", plan)
	}
}
