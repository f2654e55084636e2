package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// pages are the texts of the repository, by their path in it.
func pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/deploy/*"} {
		names, err := filepath.Glob("../../" + pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			out[strings.TrimPrefix(filepath.ToSlash(name), "../../")] = read(t, name)
		}
	}
	return out
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	fenced  = regexp.MustCompile("(?s)```.*?```")
	link    = regexp.MustCompile(`\]\(([^)#]*)(#[^)]*)?\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	noSlug  = regexp.MustCompile(`[^\w\- ]`)
)

// anchors are the links that GitHub makes for the headings of a page.
func anchors(page string) []string {
	var out []string
	for _, found := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(page, ""), -1) {
		out = append(out, "#"+strings.ReplaceAll(noSlug.ReplaceAllString(strings.ToLower(found[1]), ""), " ", "-"))
	}
	return out
}

// Every link between the pages leads to a file, and to a heading if it names one.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	all := pages(t)
	for name, text := range all {
		for _, found := range link.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
			to, anchor := found[1], found[2]
			if strings.Contains(to, "://") {
				continue
			}
			target := filepath.ToSlash(filepath.Join(filepath.Dir(name), to))
			if to == "" {
				target = name
			}
			if _, err := os.Stat("../../" + target); err != nil {
				t.Errorf("%s links to %s, which is not there", name, target)
			}
			if anchor != "" && !slices.Contains(anchors(all[target]), anchor) {
				t.Errorf("%s links to %s%s, a heading that is not there", name, target, anchor)
			}
		}
	}
}

// A test that a page names is a test of the package that it names.
func TestDocumentedTestsExist(t *testing.T) {
	t.Parallel()
	tests := map[string]string{} // the source of the tests, by package
	for _, root := range []string{"cmd", "handlers", "internal"} {
		if err := filepath.WalkDir("../../"+root, func(name string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(name, "_test.go") {
				folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "../../")
				tests[folder] += read(t, name)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	cell, list := regexp.MustCompile("`([a-z/]+): \\w+`(?:, `\\w+`)*"), regexp.MustCompile(`\b(?:Test|Fuzz)\w+`)
	named := 0
	for page, text := range pages(t) {
		for _, found := range cell.FindAllStringSubmatch(text, -1) {
			for _, test := range list.FindAllString(found[0], -1) {
				named++
				if !strings.Contains(tests[found[1]], "\nfunc "+test+"(") {
					t.Errorf("%s names %s of %s, which is not there", page, test, found[1])
				}
			}
		}
	}
	if named < 100 {
		t.Errorf("found only %d names", named)
	}
}

// A flag, a variable or a metric that a page names is one of the program's.
func TestDocumentedNamesExist(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(new(commands), kong.DefaultEnvars("STOREKEEPER"))
	if err != nil {
		t.Fatal(err)
	}
	var there []string
	if err := kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			there = append(there, "`--"+flag.Name)
			there = append(there, flag.Envs...)
		}
		return next(nil)
	}); err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	metric := regexp.MustCompile(`\bstorekeeper_[a-z_]+[a-z]`)
	for _, name := range sources {
		if !strings.HasSuffix(name, "_test.go") {
			there = append(there, metric.FindAllString(read(t, name), -1)...)
		}
	}
	names := regexp.MustCompile("`--[a-z][a-z-]+|\\bSTOREKEEPER_[A-Z_]+[A-Z]|" + metric.String())
	elsewhere := []string{"STOREKEEPER_TEST_POSTGRES_URL", "storekeeper_session"} // of the tests, and a cookie
	for page, text := range pages(t) {
		for _, name := range names.FindAllString(text, -1) {
			if !slices.Contains(there, name) && !slices.Contains(elsewhere, name) {
				t.Errorf("%s names %s, which is not there", page, name)
			}
		}
	}
}
