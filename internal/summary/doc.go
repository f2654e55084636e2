// Package summary keeps sums of what was sold, so that reports over years read
// thousands of rows and not millions of orders: by quarters of an hour
// (sales_slots), by product and day or month of UTC (product_sales), and by category
// and hour, day or month (category_sales).
//
// The sums are those of the order events up to a checkpoint: an order counts
// from its `placed` event, and no more from its `cancelled` one, always at the
// time at which it was placed. Events are append-only and every change of an
// order writes one, so that nothing else has to be told when an order changes:
// the checkout does nothing for the summaries, and neither does a cancellation.
//
// PostgreSQL gives out ids of events before their transactions commit. What was still
// under way when the checkpoint passed it is a gap, and counted as soon as it is
// there. Package report reads the sums, and the events that are not in them, in
// one statement, and so is right at the moment of asking, however old the
// summaries are.
//
// Each step is one transaction that has the checkpoint locked: it does not
// matter how many servers do it, or where one was killed.
package summary
