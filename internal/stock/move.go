package stock

import (
	"context"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// row is a product as it was before its stock was moved.
type row struct {
	at     time.Time // of the move, by the ledger's clock
	id     int64
	sku    string
	name   string
	price  shop.Money
	active bool
	living bool
	stock  int64
}

// scope says which products a posting may concern.
type scope struct{ living, active bool }

func scopeOf(reason shop.MovementReason) scope {
	switch reason {
	case shop.Sale:
		return scope{living: true, active: true}
	case shop.Cancellation:
		return scope{} // what was sold comes back, whatever became of the product
	default:
		return scope{living: true}
	}
}

// allows reports whether the product can be moved as wanted.
func (s scope) allows(p row, w want) bool {
	return (!s.living || p.living) && (!s.active || p.active) && w.least <= p.stock && p.stock <= w.most
}

// move changes the stock of all wants, or, when the scope or the bounds of one do
// not allow it, of none, and reports which. It returns those of the products that
// exist, by id, as they were before: whoever asks why nothing was moved looks there.
// On PostgreSQL they are locked in the order of their ids, moved or not, so that
// the answer holds until the transaction ends and two postings never wait for each
// other in a circle; on SQLite the transaction is the only writer.
func move(ctx context.Context, tx *ent.Client, s scope, wants []want) (map[int64]row, bool, error) {
	if tx.Dialect() == dialect.Postgres {
		return moveOnPostgres(ctx, tx, s, wants)
	}
	return lockThenMove(ctx, tx, s, wants)
}

// moment is when products were moved, by the clock that all movements go by:
// the database's, where there is one, since several programs may share it. It
// is read once the rows are locked, so that the times of a product's movements
// grow with their ids.
func moment(products map[int64]row) time.Time {
	var last time.Time
	for _, p := range products {
		if p.at.After(last) {
			last = p.at
		}
	}
	return last
}

// before turns products as they are after the update into what they were.
func before(products map[int64]row, wants []want) map[int64]row {
	for _, w := range wants {
		p := products[w.productID]
		p.stock -= w.change
		products[w.productID] = p
	}
	return products
}
