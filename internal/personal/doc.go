// Package personal gives a customer's personal data out and takes it away.
//
// What the shop holds about a customer is the customer's record, the cart, the
// orders with their items and timelines, and what the audit trail tells of
// these. Erasure replaces what identifies the person and keeps the numbers:
// orders, totals, stock and the trail of who did what stay what they are.
//
// Order items and the ledger hold nothing personal: products, quantities and
// amounts. Free text that somebody has put elsewhere, as a name in the note of a
// stock movement or in the description of a product, cannot be told from other
// text and is not looked for.
package personal
