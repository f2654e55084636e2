// Package stock is the ledger: it moves products' stock and records why.
//
// Two things always say the same at every commit: products.stock, and the
// inventory movements, whose sum it is and whose last balance_after it equals.
// This package is their only writer. Nothing else updates the column, and a
// hook refuses movements that come from anywhere else.
//
//   - Post moves stock for any reason, several products at once.
//   - Sell is Post for sales, and creates the items of the order with their
//     movements; Refuse tells beforehand what it would refuse.
//   - Adjust and Count are what a person does: correct the stock by a
//     difference, or to a counted number. A return may name the order line that came
//     back, once; the order tells of it.
//   - AsOf and History read the ledger.
//
// Stock neither falls below zero nor passes shop.MaxStock: the statement that
// moves it moves all of a posting's products or none, and a CHECK stands behind
// it. Moving stock leaves the product's version and updated_at alone, because a
// sale must not make a colleague's edit of the description fail.
//
// Every function that writes takes a transactional client. When it fails, the
// transaction must be rolled back, to a savepoint at least.
package stock
