package shop

// firstOrderNumber is added to an order's id to make its number, so that the
// first customers do not see that they are the first.
const firstOrderNumber = 1000

// OrderNumber is the number by which people know an order, shown as #1001. It is derived
// from the id, so numbers may have gaps, and no transaction waits for the next one.
func OrderNumber(orderID int64) int64 { return firstOrderNumber + orderID }
