// Package limit implements the shop's busiest operations as somebody would who cares about
// nothing but speed: bare Gin handlers with hand-written SQL, one statement for each
// operation on PostgreSQL, prepared statements on SQLite. They write the same rows and give
// the same answers as the shop in the cases that they handle, and handle no others: no
// missing customer or address, no names of products out of stock, no idempotency keys, no
// expected total, no retry after a deadlock.
package limit
