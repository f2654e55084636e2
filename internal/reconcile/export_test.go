package reconcile

// Narrow makes spans of so few rows.
func Narrow(o Options, rows int64) Options {
	o.atOnce = rows
	return o
}

// MaxListed is how many drifts of a kind are listed.
const MaxListed = maxListed

// ItemBounds is the statement that finds the first and the last item of orders.
const ItemBounds = itemBounds
