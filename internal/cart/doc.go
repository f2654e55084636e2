// Package cart is what customers are about to buy. A cart holds products and
// quantities; names and prices come from the products each time it is looked
// at. A line may ask for more than there is in stock: only checkout refuses.
//
// Functions that write take a transactional client. When they fail, the
// transaction must be rolled back.
package cart
