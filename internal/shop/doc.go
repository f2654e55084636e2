// Package shop is the vocabulary of Storekeeper: money, quantities, order
// states and the table of their transitions, reasons for stock movements, the
// kinds of errors, and who acts. It imports the standard library only, so that
// every other package, the ent schema included, can speak it.
package shop
