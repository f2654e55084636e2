package adminapi

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// checkDeclared returns an error when a file declares a name that a hand-written file of
// the directory declares already, because the package would not compile. The map taken
// has the names in hand-written files, and owners the entities by the names of their
// files.
func checkDeclared(dir string, taken map[string]string, files map[string][]byte, owners map[string]string) error {
	var errs []error
	for name, content := range files {
		for _, declared := range declarations(name, content) {
			file, owner := taken[declared], owners[name]
			switch path := filepath.Join(dir, file); {
			case file == "":
			case owner == "":
				errs = append(errs, fmt.Errorf("adminapi: %s declares %s, and so does %s: rename that", name, declared, path))
			default:
				errs = append(errs, fmt.Errorf("adminapi: %s: its generated code declares %s, and so does %s: rename the entity or that",
					owner, declared, path))
			}
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// avoid gives the package of an entity another name in the generated code where a
// hand-written file declares its name, such as a function address beside the package
// address.
func avoid(entities []entity, taken map[string]string) {
	for i := range entities {
		if e := &entities[i]; e.Alias == "" && taken[e.Package] != "" {
			e.Alias = aliasOf(e.Package)
		}
	}
}

// handWritten maps the names that hand-written files declare to the names of these files.
// Files that do not compile count as far as they can be parsed.
func handWritten(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("adminapi: %w", err)
	}
	taken := map[string]string{}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, entry.Name())) //nolint:gosec // a file of the source tree
		if err != nil {
			return nil, fmt.Errorf("adminapi: %w", err)
		}
		if bytes.HasPrefix(content, []byte(header)) {
			continue
		}
		for _, name := range declarations(entry.Name(), content) {
			taken[name] = entry.Name()
		}
	}
	return taken, nil
}

// declarations returns the names that a file adds to its package.
func declarations(name string, content []byte) []string {
	file, _ := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	var names []string
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				names = append(names, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				names = append(names, specified(spec)...)
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "_" || name == "init" })
}

func specified(spec ast.Spec) []string {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		return []string{s.Name.Name}
	case *ast.ValueSpec:
		names := make([]string, len(s.Names))
		for i, name := range s.Names {
			names[i] = name.Name
		}
		return names
	default:
		return nil
	}
}
