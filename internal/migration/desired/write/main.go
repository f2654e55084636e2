// Command write updates ent/migrate/desired from the ent schema. `go generate` runs it in
// the root of the module.
package main

import (
	"context"
	"log"

	"github.com/storekeeper/storekeeper/internal/migration/desired"
)

func main() {
	if err := desired.Write(context.Background(), "ent/migrate/desired"); err != nil {
		log.Fatal("generate: ", err)
	}
}
