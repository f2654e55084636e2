//go:build scratch

package scratchtest_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
)

// root is the repository, seen from this package.
const root = "../../.."

// workspace is a copy of the repository that a test changes.
type workspace struct{ dir string }

// copyRepository copies what belongs to the source: no history, no binaries, no
// databases, no installed packages.
func copyRepository(t *testing.T) *workspace {
	t.Helper()
	dir := t.TempDir()
	skipped := map[string]bool{".git": true, "bin": true, "node_modules": true, ".cache": true}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped[entry.Name()]:
			return filepath.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(dir, relative), 0o755)
		case !entry.Type().IsRegular() || strings.Contains(entry.Name(), ".db"):
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, relative), content, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return &workspace{dir: dir}
}

func (w *workspace) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *workspace) read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(w.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func (w *workspace) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(w.path(name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// insertAfter puts text behind the first occurrence of a line.
func (w *workspace) insertAfter(t *testing.T, name, line, text string) {
	t.Helper()
	before, after, found := strings.Cut(w.read(t, name), line)
	if !found {
		t.Fatalf("%s has no line %q", name, line)
	}
	w.write(t, name, before+line+text+after)
}

// generated are the files that `go generate` writes, by name.
func (w *workspace) generated(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, dir := range []string{"ent", "handlers", "internal/access"} {
		err := filepath.WalkDir(w.path(dir), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			name, err := filepath.Rel(w.dir, path)
			if err != nil {
				return err
			}
			if dir == "ent" && !strings.Contains(name, "migrations") || strings.HasSuffix(name, "_gen.go") {
				files[filepath.ToSlash(name)] = w.read(t, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// run runs a command of the page in the workspace and returns what it prints.
func (w *workspace) run(t *testing.T, command ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir, cmd.Env = w.dir, environment()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
	return string(out)
}

// environment is that of the test without settings of the program. When there
// is a server for tests, migrations are replayed on it too. GOFLAGS are those of
// `make`, with -trimpath: what the test does not change is not compiled anew in
// every copy.
func environment() []string {
	var env []string
	for _, setting := range os.Environ() {
		name, value, _ := strings.Cut(setting, "=")
		switch {
		case name == "STOREKEEPER_TEST_POSTGRES_URL":
			env = append(env, "STOREKEEPER_DEV_DATABASE_URL="+value)
		case strings.HasPrefix(name, "STOREKEEPER_"), name == "DATABASE_URL":
		default:
			env = append(env, setting)
		}
	}
	return env
}

// example returns the Go code below the marker of that name in the page.
func example(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(root, "docs", "extending.md"))
	if err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile("(?s)<!-- example: " + name + " -->\n```go\n(.*?)```")
	match := pattern.FindSubmatch(page)
	if match == nil {
		t.Fatalf("docs/extending.md has no example %q", name)
	}
	return string(match[1])
}

// migrations checks that both databases got a migration of that name which
// mentions the words, and nothing else.
func (w *workspace) migrations(t *testing.T, name string, words map[string][]string) {
	t.Helper()
	for _, db := range []string{"postgres", "sqlite"} {
		found, err := filepath.Glob(w.path("ent/migrate/migrations/" + db + "/*_" + name + ".sql"))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 1 {
			t.Fatalf("%s has the migrations %v", db, found)
		}
		sql, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words[db] {
			if !strings.Contains(string(sql), word) {
				t.Errorf("%s: no %q in\n%s", db, word, sql)
			}
		}
		// SQLite gets a foreign key by making the table anew.
		if strings.Contains(strings.ReplaceAll(string(sql), "DROP TABLE `products`", ""), "DROP") {
			t.Errorf("%s: drops something:\n%s", db, sql)
		}
	}
}

// dialects are the databases on which the program is booted.
var dialects = []string{dialect.SQLite, dialect.Postgres}
