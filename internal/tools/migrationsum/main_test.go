package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
)

// The sums of the committed files do not change; after an edit they do.
func TestSum(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if err := os.CopyFS(root, migrations.Files); err != nil {
		t.Fatal(err)
	}
	for _, database := range []string{"postgres", "sqlite"} {
		file := filepath.Join(root, database, "atlas.sum")
		read := func() string {
			if err := sum(root); err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			return string(content)
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := read(); got != string(want) {
			t.Errorf("%s: %s, committed are\n%s", database, got, want)
		}
		edited := filepath.Join(root, database, "20261123000000_init.sql")
		if err := os.WriteFile(edited, []byte("SELECT 1;"), 0o600); err != nil {
			t.Fatal(err)
		}
		if read() == string(want) {
			t.Errorf("%s: an edit has the same sum", database)
		}
	}
}
