package reconcile_test

import (
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The items of a span of orders are found by their orders, not by walking through
// the items of all orders before and after them: that takes hours in a large shop.
func TestItemsAreFoundByTheirOrders(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	shape := seed.Options{Products: 60, Customers: 20, Orders: 3000, Seed: 7, Now: shop.Now()}
	if _, err := seed.Run(storetest.Context(t), db, shape); err != nil {
		t.Fatal(err)
	}
	rows, err := db.SQL().QueryContext(storetest.Context(t), "EXPLAIN "+reconcile.ItemBounds, 1000, 2000)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plan.String(), "order_items_pkey") {
		t.Errorf("walks the items:\n%s", &plan)
	}
}
