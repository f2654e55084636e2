// Package summary keeps sums of what was sold, so that reports over years read thousands of
// rows instead of millions of orders. There are sums by quarter of an hour (sales_slots),
// by product and day or month of UTC (product_sales), and by category and hour, day or
// month (category_sales).
//
// The sums include the order events up to a checkpoint. An order counts from its `placed`
// event until its `cancelled` event, always at the time when it was placed. Events are
// append-only and every change of an order writes one, so a checkout or a cancellation does
// nothing for the summaries.
//
// PostgreSQL assigns ids to events before their transactions commit. An event whose
// transaction was still running when the checkpoint passed its id is a gap, and is counted
// as soon as it is committed. Package report reads the sums and the events that are not yet
// in them in one statement, so its answers are up to date however old the summaries are.
//
// Each step is one transaction that locks the checkpoint. So any number of servers can do
// the work, and it does not matter where one of them was killed.
package summary
