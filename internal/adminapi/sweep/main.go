// Command sweep removes what is left of generated files whose entity is gone.
package main

import (
	"errors"
	"log"

	"github.com/storekeeper/storekeeper/internal/adminapi"
)

// The directive stands in a package whose path comes after those of ent and handlers, so that
// `go generate ./...` has passed the files that this removes.
//
//go:generate go run .
func main() {
	if err := errors.Join(adminapi.Sweep("../../../ent"), adminapi.Sweep("../../../handlers")); err != nil {
		log.Fatal("sweep: ", err)
	}
}
