package main

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

// sayCurrency warns if the newest order is in another currency than the shop. Prices are
// plain numbers of minor units, so in another currency they are different prices. If
// --currency was forgotten, the warning comes before the first order.
func sayCurrency(ctx context.Context, a *app, db *store.DB) error {
	last, err := db.Client.Order.Query().
		Order(order.ByID(sql.OrderDesc())).
		Limit(1).
		Select(order.FieldCurrency).
		Strings(access.System(ctx))
	if err != nil {
		return fmt.Errorf("read the currency of the newest order: %w", err)
	}
	if len(last) == 1 && last[0] != string(a.currency) {
		a.log.WarnContext(ctx, "the newest order is in another currency than the shop: all prices are now amounts in the "+
			"shop's currency, so set --currency unless this was intended", "shop", a.currency, "newest_order", last[0])
	}
	return nil
}
