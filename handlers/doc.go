// Package handlers is the HTTP API: huma operations on a Gin router.
//
// internal/adminapi generates the files *_gen.go from the ent schema: for every resource
// its DTO, the bodies of create and patch, and the calls of ent. The rest of the package is
// the code that all resources share (resource.go, list.go, bulk.go, import*.go,
// history.go), the operations that are more than CRUD (cart.go, checkout.go, order.go,
// stock.go), and what applies to every request: checks of the body, idempotency keys,
// conditional requests, and one table from errors to problems (RFC 9457).
package handlers
