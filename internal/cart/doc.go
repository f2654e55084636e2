// Package cart holds what customers are about to buy. A cart has products and quantities;
// names and prices come from the products whenever it is read. A line may ask for more than
// there is in stock: only checkout refuses that.
//
// Functions that write take a transactional client. When they fail, the transaction must be
// rolled back.
package cart
