package adminapi_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entgo.io/ent"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// TestReplace uses a directory as a developer may have it: with files that do not
// compile, that belong to entities which no longer exist, that are hand-written, and that
// are up to date.
func TestReplace(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "handlers")
	text := func(s string) []byte { return []byte(adminapi.Header + s) }
	if err := adminapi.Replace(dir, map[string][]byte{"a_gen.go": text("a"), "gone_gen.go": text("gone")}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "broken.go"), "package ((")
	writeFile(t, filepath.Join(dir, "mine_gen.go"), "package handlers")
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(dir, "a_gen.go"), old, old); err != nil {
		t.Fatal(err)
	}
	if err := adminapi.Replace(dir, map[string][]byte{"a_gen.go": text("a"), "b_gen.go": text("b")}); err != nil {
		t.Fatal(err)
	}
	if left := contents(t, dir)["gone_gen.go"]; !strings.HasPrefix(left, adminapi.Header) || !strings.HasSuffix(left, "\npackage handlers\n") {
		t.Errorf("Go does not find what it has listed: %q", left)
	}
	if err := adminapi.Sweep(dir); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"a_gen.go": string(text("a")), "b_gen.go": string(text("b")), "broken.go": "package ((", "mine_gen.go": "package handlers",
	}
	if got := contents(t, dir); !maps.Equal(got, want) {
		t.Errorf("the directory holds %v, want %v", got, want)
	}
	info, err := os.Stat(filepath.Join(dir, "a_gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	if !info.ModTime().Equal(old) {
		t.Error("a file that is up to date was written again")
	}
	if err := adminapi.Replace(dir, map[string][]byte{"mine_gen.go": text("b")}); err == nil {
		t.Error("a hand-written file was overwritten")
	}
}

// TestSameOutput: generating twice writes the same, whatever the order of maps.
func TestSameOutput(t *testing.T) {
	t.Parallel()
	first := rendered(t)
	for range 5 {
		if again := rendered(t); !maps.Equal(first, again) {
			t.Fatal("the same schema gave different code")
		}
	}
}

func rendered(t *testing.T) map[string]string {
	t.Helper()
	files, err := adminapi.Files(fixtureGraph(t, fixtureConfig()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, content := range files {
		out[name] = string(content)
	}
	return out
}

// TestHook: when the API cannot be described, or ent cannot generate, nothing changes;
// otherwise ent generates from the completed graph.
func TestHook(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hook := adminapi.NewExtension(dir, t.TempDir()).Hooks()[0]
	called := false
	ok := gen.GenerateFunc(func(graph *gen.Graph) error {
		called = true
		for _, node := range graph.Nodes {
			for _, f := range node.Fields {
				if f.Name == "deleted_at" && !f.Nillable {
					t.Error("ent does not see the pointer")
				}
			}
		}
		return nil
	})
	bad := spec{fields: []ent.Field{field.Bool("name").Annotations(admin.Searchable())}, notes: []schema.Annotation{admin.Resource{}}}
	if err := hook(ok).Generate(graphOf(t, fixtureConfig(), bad)); err == nil || called {
		t.Errorf("a schema that cannot be served: %v, ent generated: %t", err, called)
	}
	failure := errors.New("no")
	fails := gen.GenerateFunc(func(*gen.Graph) error { return failure })
	if err := hook(fails).Generate(fixtureGraph(t, fixtureConfig())); !errors.Is(err, failure) {
		t.Errorf("ent fails: %v", err)
	}
	if files := contents(t, dir); len(files) > 0 {
		t.Errorf("wrote %d files", len(files))
	}
	if err := hook(ok).Generate(fixtureGraph(t, fixtureConfig())); err != nil || !called {
		t.Errorf("%v, ent generated: %t", err, called)
	}
	for name, text := range contents(t, dir) {
		if !strings.HasPrefix(text, adminapi.Header) {
			t.Errorf("%s has no header", name)
		}
	}
}

// TestDeclaredTwice: a name that a hand-written file of package handlers declares already
// is refused before anything is written, even when that file does not compile.
func TestDeclaredTwice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "mine.go"), "package handlers\n\ntype ReadingComputed int\n\nfunc init() {}\n")
	writeFile(t, filepath.Join(dir, "notes_test.go"), "package handlers_test\n\ntype Shelf int\n")
	generate := func() error {
		ok := gen.GenerateFunc(func(*gen.Graph) error { return nil })
		return adminapi.NewExtension(dir, t.TempDir()).Hooks()[0](ok).Generate(fixtureGraph(t, fixtureConfig()))
	}
	for range 2 { // the second time beside its own files
		if err := generate(); err != nil {
			t.Fatal(err)
		}
	}
	before := contents(t, dir)
	for text, want := range map[string]string{
		"type Shelf int":                 "adminapi: Shelf: its generated code declares Shelf, and so does ",
		"const a, apiTokenValue = 1, 2":  "adminapi: APIToken: its generated code declares apiTokenValue, and so does ",
		"var (a int; _ = getReading)":    "",
		"func createShelf() { return 1,": "adminapi: Shelf: its generated code declares createShelf, and so does ",
		"func registerResources() {}":    "adminapi: resources_gen.go declares registerResources, and so does ",
		"func (x int) listShelves() {}":  "",
	} {
		path := filepath.Join(dir, "broken.go")
		writeFile(t, path, "package handlers\n"+text+"\n")
		err := generate()
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want+path+": rename")) {
			t.Errorf("%s: %v", text, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if after := contents(t, dir); !maps.Equal(before, after) {
			t.Errorf("%s: files were changed", text)
		}
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(content)
	}
	return out
}
