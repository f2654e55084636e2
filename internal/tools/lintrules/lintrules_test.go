//go:build lint

// Package lintrules checks that the rules of .golangci.yaml report what they are meant to.
// `make lint` runs it, with the path of the linter in GOLANGCI_LINT.
package lintrules_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// finding is a line of a file that a linter reports, or that must be reported according to
// its comment `// want LINTER`.
type finding struct {
	File   string
	Line   int
	Linter string
}

var want = regexp.MustCompile(`// want (\w+)$`)

// TestRulesBite adds deliberate violations, and code that is allowed, to a copy of the
// repository, and expects a report of each line marked as wrong and of no other.
func TestRulesBite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	copyRepository(t, filepath.Join("..", "..", ".."), dir)
	archive, err := txtar.ParseFile(filepath.Join("testdata", "violations.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var expected []finding
	packages := map[string]bool{}
	for _, file := range archive.Files {
		write(t, filepath.Join(dir, file.Name), file.Data)
		packages["./"+filepath.Dir(file.Name)] = true
		for i, line := range strings.Split(string(file.Data), "\n") {
			if m := want.FindStringSubmatch(line); m != nil {
				expected = append(expected, finding{file.Name, i + 1, m[1]})
			}
		}
	}
	reported := lint(t, dir, packages)
	reported = slices.DeleteFunc(reported, func(f finding) bool {
		return !slices.ContainsFunc(archive.Files, func(a txtar.File) bool { return a.Name == f.File })
	})
	sort(expected)
	sort(reported)
	if diff := gocmp.Diff(expected, reported); diff != "" {
		t.Errorf("findings (-expected +reported):\n%s", diff)
	}
}

func sort(findings []finding) {
	slices.SortFunc(findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Linter, b.Linter))
	})
}

// lint runs the linters that have the project's own rules.
func lint(t *testing.T, dir string, packages map[string]bool) []finding {
	t.Helper()
	linter := os.Getenv("GOLANGCI_LINT")
	if linter == "" {
		t.Fatal("GOLANGCI_LINT does not name the linter: run `make lint`")
	}
	args := []string{
		"run", "--enable-only=depguard,forbidigo", "--allow-parallel-runners",
		"--show-stats=false", "--issues-exit-code=0", "--output.json.path=stdout",
	}
	args = slices.AppendSeq(args, maps.Keys(packages))
	cmd := exec.CommandContext(t.Context(), linter, args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s%s", cmd.Args, err, &stdout, &stderr)
	}
	var report struct {
		Issues []struct {
			FromLinter string `json:"FromLinter"`
			Text       string `json:"Text"`
			Pos        struct {
				Filename string `json:"Filename"`
				Line     int    `json:"Line"`
			} `json:"Pos"`
		} `json:"Issues"`
	}
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
		t.Fatalf("report: %v\n%s%s", err, &stdout, &stderr)
	}
	findings := make([]finding, 0, len(report.Issues))
	for _, issue := range report.Issues {
		if issue.FromLinter == "typecheck" {
			t.Fatalf("%s:%d: %s", issue.Pos.Filename, issue.Pos.Line, issue.Text)
		}
		findings = append(findings, finding{filepath.ToSlash(issue.Pos.Filename), issue.Pos.Line, issue.FromLinter})
	}
	return findings
}

// copyRepository copies the files that are needed to compile and lint the repository.
func copyRepository(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{".git", "bin", "node_modules", "testdata"}, entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		write(t, filepath.Join(to, name), content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
