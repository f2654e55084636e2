package adminapi_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/adminapi"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden renders a schema that has one of each kind of field and compares
// the code with testdata/golden. With -update it rewrites these files, for a
// person to read their difference.
func TestGolden(t *testing.T) {
	t.Parallel()
	graph := fixtureGraph(t, fixtureConfig())
	if err := adminapi.Prepare(graph); err != nil {
		t.Fatal(err)
	}
	files, err := adminapi.Files(graph)
	if err != nil {
		t.Fatal(err)
	}
	const dir = "testdata/golden"
	if *update {
		rewrite(t, dir, files)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	golden := map[string]string{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		golden[e.Name()] = string(content)
	}
	got := map[string]string{}
	for name, content := range files {
		got[name+".golden"] = string(content)
	}
	if diff := cmp.Diff(golden, got); diff != "" {
		t.Errorf("generated code differs from %s (-want +got); run the test with -update if it should:\n%s", dir, diff)
	}
}

func rewrite(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name+".golden"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
