package reconcile

// Narrow returns options with spans of this many rows.
func Narrow(o Options, rows int64) Options {
	o.atOnce = rows
	return o
}

// MaxListed is the most drifts of a kind that a report lists.
const MaxListed = maxListed

// ItemBounds is the statement that finds the first and the last item of orders.
const ItemBounds = itemBounds
