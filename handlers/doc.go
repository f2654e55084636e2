// Package handlers is the HTTP API: a Gin router with huma's operations on it.
//
// The files *_gen.go are made from the ent schema by internal/adminapi: a DTO,
// the create and patch bodies and the ent calls of every resource. This package
// adds what is the same for all of them (resource.go, list.go, bulk.go,
// import*.go, history.go), the operations that are more than CRUD (cart.go,
// checkout.go, order.go, stock.go) and what surrounds every request: body checks,
// idempotency keys, conditional requests and one table from errors to problems
// (RFC 9457).
package handlers
