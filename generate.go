// Package storekeeper is the root of the module. Everything generated from the
// ent schemas in ent/schema is made by `go generate ./...`, which needs Go
// alone.
package storekeeper

//go:generate go run ./ent/entc.go
//go:generate go run ./internal/migration/desired/write
