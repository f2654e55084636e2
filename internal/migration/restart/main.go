// Command restart replaces all migrations by a single one that creates the
// schema as it is now. It is for the time before the first release only: no
// database that has the old ones can be migrated any more. Run it in the root
// of the module, after `go generate ./...`:
//
//	go run ./internal/migration/restart
package main

import (
	"context"
	"flag"
	"log"
	"path/filepath"

	"github.com/storekeeper/storekeeper/internal/migration"
)

func main() {
	dir := flag.String("dir", filepath.Join("ent", "migrate", "migrations"), "migrations to replace")
	devURL := flag.String("dev-url", "", "PostgreSQL server to try them on; by default one is started")
	flag.Parse()
	drafts, err := migration.Restart(context.Background(), *dir, migration.Dev{PostgresURL: *devURL})
	if err != nil {
		log.Fatal(err)
	}
	for _, draft := range drafts {
		log.Print("wrote ", draft.Path)
	}
}
