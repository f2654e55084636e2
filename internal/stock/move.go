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

// move changes the stock of all wants, or of none if the scope or the bounds of one do not
// allow it, and reports which. It returns the existing products by id, as they were before,
// which shows why nothing was moved. On PostgreSQL it locks them in the order of their ids,
// moved or not, so that the answer holds until the transaction ends and two postings cannot
// deadlock. On SQLite the transaction is the only writer.
func move(ctx context.Context, tx *ent.Client, s scope, wants []want) (map[int64]row, bool, error) {
	if tx.Dialect() == dialect.Postgres {
		return moveOnPostgres(ctx, tx, s, wants)
	}
	return lockThenMove(ctx, tx, s, wants)
}

// moment returns when products were moved. All movements use one clock: that of the
// database server if there is one, since several programs may share it. It is read once the
// rows are locked, so that the times of a product's movements increase with their ids.
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
