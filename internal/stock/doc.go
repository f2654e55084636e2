// Package stock is the ledger: it moves products' stock and records why.
//
// At every commit, products.stock equals the sum of the product's inventory movements and
// the balance_after of the last one. This package is the only writer of both. Nothing else
// updates the column, and a hook refuses movements from anywhere else.
//
//   - Post moves stock for any reason, several products at once.
//   - Sell is Post for sales. It also creates the items of the order. Refuse tells in
//     advance what Sell would refuse.
//   - Adjust and Count are what people do: change the stock by an amount, or set it to a
//     counted number. A return may name the order line that came back, once. The timeline
//     of the order then mentions it.
//   - AsOf and History read the ledger. LevelOf also tells what is sold and not yet sent.
//
// Stock never falls below zero and never exceeds shop.MaxStock. One statement moves all
// products of a posting or none of them, and a CHECK constraint stands behind it. Moving
// stock changes neither the version nor the updated_at of a product, because a sale must
// not make a colleague's edit of the description fail.
//
// Every function that writes takes a transactional client. When it fails, the transaction
// must be rolled back, at least to a savepoint.
package stock
