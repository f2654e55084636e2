// Package shop is the vocabulary of Storekeeper: money, quantities, the states of orders
// and their transitions, the reasons for stock movements, the kinds of errors, and actors.
// It imports only the standard library, so that every other package can use it, the ent
// schema included.
package shop
