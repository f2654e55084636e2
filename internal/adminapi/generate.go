package adminapi

// `go generate ./...` lists all files before it runs anything, and then fails at one that is
// gone. The generator removes files from ent and handlers, so it runs after Go has passed
// those: packages come in the order of their paths.

//go:generate go -C ../.. run ./ent/entc.go
//go:generate go -C ../.. run ./internal/migration/desired/write
