package reconcile

import "github.com/storekeeper/storekeeper/internal/shop"

// maxListed is the most drifts of a kind that a report lists. It counts them all.
const maxListed = 1_000

// Report is the result of a reconciliation.
type Report struct {
	OK            bool           `json:"ok"`
	Products      int64          `json:"products"` // how many were checked
	Orders        int64          `json:"orders"`
	ProductDrifts int64          `json:"product_drifts"` // how many disagree
	OrderDrifts   int64          `json:"order_drifts"`
	SalesDrifts   int64          `json:"sales_drifts"`  // days whose summaries do not agree with the orders
	ScarceDrifts  int64          `json:"scarce_drifts"` // products that are wrongly marked as scarce, or wrongly not
	TallyDrifts   int64          `json:"tally_drifts"`  // counts of orders or scarce products that are wrong; only --full checks them
	ProductList   []ProductDrift `json:"product_list"`  // the first thousand of them
	OrderList     []OrderDrift   `json:"order_list"`
	SalesList     []SalesDrift   `json:"sales_list"`
	// Since says what was proved before and not checked again. It is nil when everything
	// was checked.
	Since *Marks `json:"since,omitempty"`
}

// SalesDrift is a day of UTC whose summaries do not agree with its orders. The command
// storekeeper summarise --rebuild computes them again.
type SalesDrift struct {
	Day string `json:"day"` // such as 2026-11-01
	// Slots counts the quarters of an hour that are wrong; Products and Categories count
	// those that are wrong on the day or in its month.
	Slots      int64 `json:"slots"`
	Products   int64 `json:"products"`
	Categories int64 `json:"categories"`
}

// ProductDrift is a product whose stock does not agree with its movements.
type ProductDrift struct {
	ProductID int64  `json:"product_id"`
	SKU       string `json:"sku"`
	Stock     int64  `json:"stock"`
	// LedgerSum is the sum of the changes of its movements.
	LedgerSum int64 `json:"ledger_sum"`
	// LastBalance is the balance after its last movement, 0 without any.
	LastBalance int64 `json:"last_balance"`
	// BrokenBalances counts movements whose balance is not the one before plus
	// the change, and FirstBroken is the id of the first of them.
	BrokenBalances int64  `json:"broken_balances"`
	FirstBroken    *int64 `json:"first_broken_id"`
	// LooseMovements counts sales and cancellations that belong to no order item.
	LooseMovements int64 `json:"loose_movements"`
}

// OrderDrift is an order that does not agree with its items.
type OrderDrift struct {
	OrderID int64            `json:"order_id"`
	Status  shop.OrderStatus `json:"status"`
	Total   shop.Money       `json:"total_amount"`
	// ItemsTotal is the sum of price times quantity of its items. An amount beyond every
	// limit counts as twice shop.MaxMoney.
	ItemsTotal int64 `json:"items_total"`
	// BrokenItems counts items that do not have exactly one matching sale and, if and only
	// if the order is cancelled, exactly one matching cancellation.
	BrokenItems int64 `json:"broken_items"`
}
