package cart

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Claimed is a line that was taken out of a cart, with its product.
type Claimed struct {
	ID        int64
	ProductID int64
	SKU       string
	Name      string
	Price     shop.Money
	Quantity  int64
	// Available reports whether the product could be bought in this quantity. Nothing
	// is locked: that may change before the transaction ends.
	Available bool
}

// Contents is what was claimed.
type Contents struct {
	Lines []Claimed
	// OrderID and EventID are reserved for the order that the lines become and for its
	// first event. This saves the round trips that would ask for their ids. They are zero
	// on SQLite, where asking costs nothing.
	OrderID, EventID int64
	// Address is the customer's address, nil for none.
	Address *string
}

// Total is the sum of the lines. The error is KindInvalid when it exceeds the largest
// amount.
func (c *Contents) Total() (shop.Money, error) { return sum(c.Lines, (*Claimed).amount) }

func (c *Claimed) amount() (shop.Money, error) { return c.Price.Times(c.Quantity) }

const (
	// postgresClaim removes the lines and returns them with their products as they are at
	// that moment. The subqueries without a table run once, and not at all for an empty
	// cart.
	postgresClaim = `
DELETE FROM cart_items AS c USING customers AS b, products AS p
WHERE c.customer_id = $1 AND b.id = $1 AND b.deleted_at IS NULL AND p.id = c.product_id
RETURNING c.id, c.product_id, c.quantity, p.sku, p.name, p.price,
  p.is_active AND p.deleted_at IS NULL AND p.stock >= c.quantity, b.address,
  (SELECT nextval('orders_id_seq')), (SELECT nextval('order_events_id_seq'))`

	// sqliteClaim does the same on SQLite, where RETURNING sees one table only. The plus
	// sign keeps SQLite from choosing a plan by the value of the parameter: where ANALYZE
	// has collected samples, it would compile the statement again for every customer.
	sqliteClaim = `
DELETE FROM cart_items
WHERE customer_id = +$1 AND EXISTS (SELECT 1 FROM customers WHERE id = $1 AND deleted_at IS NULL)
RETURNING id, product_id, quantity,
  (SELECT sku FROM products AS p WHERE p.id = product_id),
  (SELECT name FROM products AS p WHERE p.id = product_id),
  (SELECT price FROM products AS p WHERE p.id = product_id),
  (SELECT is_active AND deleted_at IS NULL AND stock >= quantity FROM products AS p WHERE p.id = product_id),
  (SELECT address FROM customers WHERE id = $1), 0, 0`
)

// Claim takes everything out of a customer's cart for checkout, in the order in which it
// was added. Of two transactions that claim a cart at once, the second waits and gets
// what the first left. What is added after the claim stays in the cart. Errors:
// KindEmptyCart, KindNotFound for the customer.
func Claim(ctx context.Context, tx *ent.Client, customerID int64) (*Contents, error) {
	ctx, err := access.Allow(ctx, access.CartsUpdate) // ent's policies do not see the statement
	if err != nil {
		return nil, err
	}
	taken, err := removed(ctx, tx, customerID)
	if err != nil {
		return nil, err
	}
	if len(taken.Lines) == 0 {
		if taken, err = claimAgain(ctx, tx, customerID); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(taken.Lines, func(a, b Claimed) int { return cmp.Compare(a.ID, b.ID) })
	return taken, nil
}

// claimAgain finds out why there was nothing to claim. It locks the customer and tries
// once more: the customer may just have been restored, with a cart that is not empty.
func claimAgain(ctx context.Context, tx *ent.Client, customerID int64) (*Contents, error) {
	if err := lockCustomer(ctx, tx, customerID); err != nil {
		return nil, err
	}
	taken, err := removed(ctx, tx, customerID)
	if err == nil && len(taken.Lines) == 0 {
		return nil, shop.Errorf(shop.KindEmptyCart, "the cart is empty")
	}
	return taken, err
}

func removed(ctx context.Context, tx *ent.Client, customerID int64) (taken *Contents, err error) {
	claim := postgresClaim
	if tx.Dialect() == dialect.SQLite {
		claim = sqliteClaim
	}
	//nolint:forbidigo // reading and removing must be one statement, and no hook guards cart lines
	rows, err := tx.Rows(ctx, claim, customerID)
	if err != nil {
		return nil, fmt.Errorf("claim cart: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	taken = new(Contents)
	var address sql.NullString
	for rows.Next() {
		taken.Lines = append(taken.Lines, Claimed{})
		l := &taken.Lines[len(taken.Lines)-1]
		if err := rows.Scan(
			&l.ID, &l.ProductID, &l.Quantity, &l.SKU, &l.Name, (*int64)(&l.Price), &l.Available,
			&address, &taken.OrderID, &taken.EventID,
		); err != nil {
			return nil, fmt.Errorf("claim cart: %w", err)
		}
	}
	if address.Valid {
		taken.Address = &address.String
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("claim cart: %w", err)
	}
	return taken, nil
}
