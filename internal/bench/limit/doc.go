// Package limit is the shop's busiest operations as somebody would write them
// who has nothing else to care about: bare Gin handlers over hand-written SQL,
// one statement an operation on PostgreSQL, prepared statements on SQLite. They
// leave the same rows behind and give the same answers as the shop does in the
// cases that they know, and know no others: no customer that is missing or has no
// address, no names of what is short, no idempotency keys, no agreed total, no
// patience with a deadlock.
package limit
