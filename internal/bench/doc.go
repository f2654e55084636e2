// Package bench compares the shop with the fastest program that one could write by hand for
// the same job, in the same run:
//
//	make bench
//
// A measurement is a contest. Its sides take turns, slice by slice, on the same database.
// Each round ends with the ratio of every side to the baseline, and the result is the
// median of the rounds. A ratio says what the shop costs on any machine; absolute figures
// mostly say what this machine was doing meanwhile.
//
// Package limit is the hand-written side, package load has the clients, and package wire
// counts what is sent to PostgreSQL. After every contest the ledger and the orders are
// checked, because a side that loses stock has lost. The tests of this package run one
// operation of each side and compare what the sides wrote and answered, so that a contest
// cannot become unfair unnoticed.
package bench
