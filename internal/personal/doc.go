// Package personal exports and erases a customer's personal data.
//
// The shop holds about a customer the customer's record, the cart, the orders with their
// items and timelines, and what the audit trail records of these. Erasure replaces what
// identifies the person and keeps the numbers: orders, totals, stock and the record of
// who did what remain.
//
// Order items and the ledger contain nothing personal: only products, quantities and
// amounts, and the notes on what came back of an order. Free text that somebody has entered elsewhere, such as a name in the note of
// another stock movement or in the description of a product, cannot be told from other text and
// is not searched.
package personal
