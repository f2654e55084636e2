package seed

import "github.com/storekeeper/storekeeper/internal/shop"

// The rows to be inserted. Their times are those of the simulated shop.

type categoryRow struct {
	id       int64
	created  moment
	name     string
	slug     string
	position int64
	parent   int64 // 0 for none
}

type productRow struct {
	id       int64
	product  *product
	stock    int64
	category int64
	now      moment
}

type customerRow struct {
	id      int64
	created moment
	email   string
	name    string
	phone   string // "" for none
	address string // "" for none
	note    string // "" for none
}

type cartRow struct {
	id, customer, product int64
	created               moment
	quantity              int64
}

type orderRow struct {
	id, customer int64
	placed       moment
	updated      moment
	version      int64
	status       shop.OrderStatus
	total        shop.Money
	currency     shop.Currency
	address      string // "" for none
}

type itemRow struct {
	id, order int64
	created   moment
	product   *product
	productID int64
	quantity  int64
	price     shop.Money
}

type eventRow struct {
	id, order int64
	created   moment
	kind      shop.EventKind
	from, to  shop.OrderStatus // "" for none
	note      string           // "" for none
	actor     shop.Actor
}

type movementRow struct {
	id, product int64
	created     moment
	change      int64
	balance     int64
	reason      shop.MovementReason
	note        string // "" for none
	item        int64  // 0 for none
	actor       shop.Actor
}
