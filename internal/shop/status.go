package shop

import "slices"

// OrderStatus is the state of an order.
type OrderStatus string

// The states of an order. Checkout creates it Pending; Delivered and Cancelled
// are final.
const (
	Pending    OrderStatus = "pending"
	Processing OrderStatus = "processing"
	Shipped    OrderStatus = "shipped"
	Delivered  OrderStatus = "delivered"
	Cancelled  OrderStatus = "cancelled"
)

// OrderStatuses are all states, in the order in which an order passes them.
var OrderStatuses = []OrderStatus{Pending, Processing, Shipped, Delivered, Cancelled}

// next is the state machine: what an order in a state may become. States that
// are missing are final.
var next = map[OrderStatus][]OrderStatus{
	Pending:    {Processing, Cancelled},
	Processing: {Shipped, Cancelled},
	Shipped:    {Delivered},
}

// Unsent are the states of an order that has not left the shop, so that its address can
// change.
var Unsent = []OrderStatus{Pending, Processing}

// Left are the states of an order that has left the shop, so that its goods may come back.
var Left = []OrderStatus{Shipped, Delivered}

// Next lists the states that an order in this state may take; it is empty, not
// nil, for a final state.
func (s OrderStatus) Next() []OrderStatus {
	return append([]OrderStatus{}, next[s]...)
}

// CanBecome reports whether the table allows the transition.
func (s OrderStatus) CanBecome(to OrderStatus) bool {
	return slices.Contains(next[s], to)
}

// Values lists the allowed strings, for ent's enum fields.
func (OrderStatus) Values() []string { return stringsOf(OrderStatuses) }

func stringsOf[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
