// Package report answers questions about the whole shop: what was sold, what is to be
// packed, what runs out. It only reads: either the tables themselves, or the sums of
// package summary together with everything that these do not include yet. So its answers
// are up to date. An answer that takes several statements, such as one that compares two
// periods, is up to date for each of them. docs/reports.md defines the figures.
//
//   - Revenue is the sum of orders.total_amount, and units are the sum of
//     order_items.quantity, over the orders that were placed in the period, are not
//     cancelled and are in the shop's currency. Returns are not deducted: money is paid
//     back outside the program.
//   - A period is half open: from <= placed_at < to. Its days are those of a time zone.
//     They begin at their first midnight or, where the clocks skip midnight, when the date
//     changes.
//   - Amounts are integers. A sum above shop.MaxMoney, the largest amount that JSON
//     represents exactly, is returned as one more than that (see Exact), never wrapped or
//     rounded. Only averages divide, and are rounded half to even.
//
// Reports need the permission reports:read. The report of a customer needs customers:read
// too, the orders to be packed orders:read and customers:read; the stock of a product needs
// only inventory-movements:read. Errors are KindUnauthenticated without a viewer and
// KindForbidden without the permission.
//
// The statements are SQL, because ent cannot express them. They are the same on both
// databases except for sums and for assigning orders to days. None reads orders, items or
// movements outside of its period, except the orders of the events that came since the last
// update of the sums.
package report
