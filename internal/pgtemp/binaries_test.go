package pgtemp_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

func TestMissingBinaries(t *testing.T) {
	t.Parallel()
	empty := t.TempDir()
	pattern := filepath.Join(empty, "postgresql", "*", "bin")
	_, err := pgtemp.Find(empty, pattern)
	if !errors.Is(err, pgtemp.ErrNoBinaries) {
		t.Fatalf("nothing installed: %v", err)
	}
	for _, part := range []string{empty, pattern, "apt-get install postgresql"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %s", err, part)
		}
	}
}

func TestFindFollowsLinksOnThePath(t *testing.T) {
	t.Parallel()
	root := realDirectory(t)
	install(t, filepath.Join(root, "15", "bin"), "postgres", "initdb")

	// A link to postgres alone is enough: initdb is beside the real one.
	links := filepath.Join(root, "links")
	install(t, links)
	if err := os.Symlink(filepath.Join(root, "15", "bin", "postgres"), filepath.Join(links, "postgres")); err != nil {
		t.Fatal(err)
	}

	// And a client's directory without a server is passed over.
	client := filepath.Join(root, "client")
	install(t, client, "postgres")
	path := strings.Join([]string{client, "", "relative", links}, string(filepath.ListSeparator))
	assertFound(t, filepath.Join(root, "15", "bin"), path)
}

func TestFindTakesTheNewestCompleteOne(t *testing.T) {
	t.Parallel()
	root := realDirectory(t)
	for _, version := range []string{"9.6", "15", "16"} {
		install(t, filepath.Join(root, version, "bin"), "postgres", "initdb")
	}
	install(t, filepath.Join(root, "17", "bin"), "initdb")
	install(t, filepath.Join(root, "other", "99", "bin"), "postgres", "initdb")
	assertFound(t, filepath.Join(root, "16", "bin"), "",
		filepath.Join(root, "*", "bin"), filepath.Join(root, "other", "*", "bin"))
}

func assertFound(t *testing.T, want, path string, patterns ...string) {
	t.Helper()
	got, err := pgtemp.Find(path, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

func realDirectory(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func install(t *testing.T, dir string, programs ...string) {
	t.Helper()
	err := os.MkdirAll(dir, 0o750)
	if err != nil {
		t.Fatal(err)
	}
	for _, program := range programs {
		err = os.WriteFile(filepath.Join(dir, program), nil, 0o700)
		if err != nil {
			t.Fatal(err)
		}
	}
}
