package adminapi_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/adminapi"
)

// TestGeneratedCode generates ent and the API for the fixture in a module of
// its own, and runs the tests of testdata/fixture/handlers against that code.
func TestGeneratedCode(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	copyFile(t, filepath.Join(root, "go.sum"), filepath.Join(dir, "go.sum"))
	writeFile(t, filepath.Join(dir, "go.mod"), fixtureModule(t, root))
	handlers := filepath.Join(dir, "handlers")
	for _, name := range []string{"runtime.go", "behaviour_test.go"} {
		copyFile(t, filepath.Join("testdata/fixture/handlers", name), filepath.Join(handlers, name))
	}
	copyFile(t, filepath.Join(root, "handlers/opt.go"), filepath.Join(handlers, "opt.go"))

	config := fixtureConfig()
	config.Target = filepath.Join(dir, "ent")
	generate(t, fixtureGraph(t, config), handlers)

	cmd := exec.CommandContext(t.Context(), "go", "test", "./handlers")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod "+os.Getenv("GOFLAGS"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go test: %v\n%s", err, out)
	}
}

// generate runs ent's generator with the extension, as ent/entc.go does.
func generate(t *testing.T, graph *gen.Graph, handlers string) {
	t.Helper()
	if err := os.MkdirAll(graph.Target, 0o755); err != nil {
		t.Fatal(err)
	}
	graph.Hooks = adminapi.NewExtension(handlers, filepath.Join(filepath.Dir(handlers), "access")).Hooks()
	if err := generateOne(graph); err != nil {
		t.Fatal(err)
	}
}

// fixtureModule is the go.mod of a module beside the shop's, whose internal
// packages it may import by its name, with the same requirements.
func fixtureModule(t *testing.T, root string) string {
	t.Helper()
	const name = "github.com/storekeeper/storekeeper"
	content, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(content), "module "+name+"\n", "module "+name+"/fixture\n", 1)
	return text + "\nrequire " + name + " v0.0.0\n\nreplace " + name + " => " + root + "\n"
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, to, string(content))
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
