// Command migrationsum updates atlas.sum for both databases, after an edit of a migration
// that nobody has applied yet.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"ariga.io/atlas/sql/migrate"
)

func main() {
	if err := sum("ent/migrate/migrations"); err != nil {
		fmt.Fprintln(os.Stderr, "migrationsum:", err)
		os.Exit(1)
	}
}

func sum(root string) error {
	for _, database := range []string{"postgres", "sqlite"} {
		dir, err := migrate.NewLocalDir(filepath.Join(root, database))
		if err != nil {
			return fmt.Errorf("open the migrations for %s: %w", database, err)
		}
		hashes, err := dir.Checksum()
		if err != nil {
			return fmt.Errorf("sum up the migrations for %s: %w", database, err)
		}
		if err := migrate.WriteSumFile(dir, hashes); err != nil {
			return fmt.Errorf("write the sums for %s: %w", database, err)
		}
	}
	return nil
}
