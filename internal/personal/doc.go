// Package personal exports and erases a customer's personal data.
//
// The data about a customer are the customer's record, the cart, the orders with their
// items and timelines, and the audit entries about these. Erasure replaces what identifies
// the person and keeps the numbers: orders, totals, stock, and the record of who did what.
//
// Order items and the ledger contain only products, quantities and amounts, and the notes
// on returned items. Free text that somebody entered elsewhere, such as a name in the note
// of another stock movement or in the description of a product, cannot be told from other
// text and is not searched.
package personal
