// Package bench measures the shop beside the fastest thing that could be
// written by hand for the same job, in the same run:
//
//	make bench
//
// What is measured is a contest. Its sides take turns, slice by slice, against
// the same database; each round ends with the ratio of every side to the
// baseline, and the median of the rounds is the result. A ratio says what the
// shop costs on any machine; the absolute figures say what this machine was
// doing meanwhile.
//
// Package limit has the hand-written side, package load the clients, and
// package wire counts what goes to PostgreSQL. After every contest the ledger
// and the orders are checked, for a fast side that loses stock has lost. The
// tests of this package play one operation of each side and compare what the
// sides wrote and answered, so that a contest cannot become unfair unnoticed.
package bench
