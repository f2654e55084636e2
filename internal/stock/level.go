package stock

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Level is how many units of a product there are now.
type Level struct {
	// Stock are the units that can be sold.
	Stock int64 `json:"stock"`

	// Committed are the units that are sold, but in orders that have not been sent. They
	// are no longer in stock, and still on the shelf: Stock plus Committed can be counted
	// there.
	Committed int64 `json:"committed"`
}

// LevelOf returns a product's level now, both of its numbers at the same moment. The error
// is KindNotFound when there is no such product.
func LevelOf(ctx context.Context, client *ent.Client, productID int64) (Level, error) {
	ctx, err := permitSight(ctx)
	if err != nil {
		return Level{}, err
	}
	var levels []Level
	err = client.Product.Query().Where(product.ID(productID)).
		Modify(func(s *sql.Selector) {
			s.Select(s.C(product.FieldStock)).AppendSelectExprAs(committed(productID), "committed")
		}).Scan(ctx, &levels)
	if err != nil {
		return Level{}, fmt.Errorf("read the stock: %w", err)
	}
	if len(levels) == 0 {
		return Level{}, shop.NotFound("product", productID)
	}
	return levels[0], nil
}

// committed sums up the product's units in orders that have not been sent. It looks into each
// of these orders, which are as many as there is work, and not through all that was ever
// sold of the product: the 0 keeps databases from using the index for that.
func committed(productID int64) sql.Querier {
	items, orders := sql.Table(orderitem.Table), sql.Table(order.Table)
	unsent := make([]any, len(shop.Unsent))
	for i, status := range shop.Unsent {
		unsent[i] = status
	}
	ofOrder := sql.SelectExpr(sum(items.C(orderitem.FieldQuantity))).From(items).Where(sql.And(
		sql.ColumnsEQ(items.C(orderitem.FieldOrderID), orders.C(order.FieldID)),
		sql.P(func(b *sql.Builder) { b.Ident(items.C(orderitem.FieldProductID)).WriteString(" + 0 = ").Arg(productID) }),
	))
	return sql.SelectExpr(sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("CAST(COALESCE(SUM(").Wrap(func(b *sql.Builder) { b.Join(ofOrder) }).WriteString("), 0) AS bigint)")
	})).From(orders).Where(sql.In(orders.C(order.FieldStatus), unsent...))
}

func sum(column string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) { b.WriteString("SUM(").Ident(column).WriteByte(')') })
}
