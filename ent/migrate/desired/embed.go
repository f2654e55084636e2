// Package desired holds the schema that the ent schema asks for as SQL, one
// file for each database. `go generate` writes them; Atlas reads them from
// atlas.hcl.
package desired

import "embed"

// Files are postgres.sql and sqlite.sql.
//
//go:embed *.sql
var Files embed.FS
