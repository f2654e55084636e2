package backup

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"golang.org/x/sync/errgroup"
)

// Where files cannot be linked, still only one of several simultaneous backups gets the
// name, and the others get the error that it exists. A backup that fails leaves the name
// free.
func TestReserve(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "shop.backup")
	if err := reserve(filepath.Join(dir, "missing"), file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a copy that is not there: %v", err)
	}
	const copies = 8
	var won [copies]bool
	var all errgroup.Group
	for i := range copies {
		partial := filepath.Join(dir, strconv.Itoa(i))
		if err := os.WriteFile(partial, []byte{byte(i)}, 0o600); err != nil {
			t.Fatal(err)
		}
		all.Go(func() error {
			err := reserve(partial, file)
			won[i] = err == nil
			if errors.Is(err, fs.ErrExist) {
				return nil
			}
			return err
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil || len(content) != 1 {
		t.Fatalf("%q %v", content, err)
	}
	for i := range copies {
		if won[i] != (content[0] == byte(i)) {
			t.Errorf("copy %d won: %t; the file is of %d", i, won[i], content[0])
		}
	}
}
