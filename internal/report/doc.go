// Package report answers questions about the whole shop: what was sold, what is to
// be packed, what runs out. It only reads: the tables that it summarises, or the sums
// that package summary keeps of them and all that these do not know yet, so that it is
// right at the moment of asking. Where an answer takes several statements, as that of two
// periods does, each is right at its own moment. docs/reports.md defines the figures.
//
//   - Revenue is the sum of orders.total_amount, and units that of
//     order_items.quantity, over the orders placed in the period that are not
//     cancelled and are in the shop's currency. What customers returned is not
//     deducted: money is paid back outside the program.
//   - A period is half open, from <= placed_at < to. Its days are those of a time
//     zone, and begin at their first midnight, or, where the clocks skip it, when
//     the date changes.
//   - Amounts are integers. A sum past shop.MaxMoney, the largest that JSON keeps
//     exactly, is one more than that (Exact tells), never wrapped or rounded. The
//     only division is that of averages, rounded half to even.
//
// Reports need the permission reports:read, that of a customer customers:read too,
// and what waits to be packed orders:read and customers:read; the stock of a product
// needs inventory-movements:read alone. Errors are KindUnauthenticated without a
// viewer and KindForbidden without the permission.
//
// The statements are SQL, because ent cannot express them, and run the same on
// both databases but for sums and for the sorting of orders into days. None
// reads orders, items or movements outside of its period, but for the orders of
// the events that came since the sums were last brought up to date.
package report
