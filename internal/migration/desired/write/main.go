// Command write brings ent/migrate/desired up to date with the ent schema; `go
// generate` runs it in the root of the module.
package main

import (
	"context"
	"flag"
	"log"
	"path/filepath"

	"github.com/storekeeper/storekeeper/internal/migration/desired"
)

func main() {
	dir := flag.String("dir", filepath.Join("ent", "migrate", "desired"), "where to write the files")
	flag.Parse()
	if err := desired.Write(context.Background(), *dir); err != nil {
		log.Fatal("generate: ", err)
	}
}
