package adminapi

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"entgo.io/ent/entc/gen"
)

// checkTypes refuses fields whose Go types ent's code cannot import, such as types of the
// schema, which imports that code, and numbers whose names collide with methods that ent
// generates for mutations.
func checkTypes(graph *gen.Graph) error {
	var errs []error
	for _, node := range graph.Nodes {
		for _, f := range node.Fields {
			switch {
			case f.Type.PkgPath != "" && f.Type.PkgPath == graph.Schema:
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: the generated code cannot import the Go type %s from the schema: "+
					"declare it in internal/shop", node.Name, f.Name, f.Type))
			case f.SupportsMutationAdd() && f.MutationAdded() != "Added"+f.StructField():
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: ent cannot have a number of that name: give it another one",
					node.Name, f.Name))
			}
		}
	}
	return errors.Join(errs...)
}

// entFiles are the files and folders of the generated client that belong to no entity,
// beside those of the shop's templates.
var entFiles = []string{
	"client", "ent", "enttest", "hook", "intercept", "internal", "migrate", "mutation", "predicate", "privacy", "runtime", "tx",
}

// checkFiles refuses entities whose file or folder ent's code has already: one would
// overwrite the other.
func checkFiles(graph *gen.Graph) error {
	taken := slices.Clone(entFiles)
	for _, t := range graph.Templates {
		for _, defined := range t.Templates() {
			taken = append(taken, defined.Name())
		}
	}
	var errs []error
	for _, node := range graph.Nodes {
		if name := node.PackageDir(); slices.Contains(taken, name) {
			errs = append(errs, fmt.Errorf("adminapi: %s: the generated client has another file or folder %s: rename the entity",
				node.Name, name))
		}
	}
	return errors.Join(errs...)
}

// checkTwice returns an error for every name that ent's code declares twice.
func checkTwice(graph *gen.Graph, files map[string][]byte) error {
	paths := make([]string, 0, len(files))
	for path := range files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	var errs []error
	declared := map[string]string{}
	for _, path := range paths {
		for _, name := range members(files[path]) {
			key := filepath.Dir(path) + " " + name
			if other, twice := declared[key]; twice {
				errs = append(errs, fmt.Errorf("adminapi: %s: ent's code would declare %s twice, in %s and in %s",
					blame(graph, path, name), name, filepath.Base(other), filepath.Base(path)))
			}
			declared[key] = path
		}
	}
	return errors.Join(errs...)
}

// members returns what a file declares: the names of the package, and methods and fields
// as Type.Name.
func members(content []byte) []string {
	file, _ := parser.ParseFile(token.NewFileSet(), "", content, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	names := declarations("", content)
	ast.Inspect(file, func(n ast.Node) bool {
		switch d := n.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && len(d.Recv.List) == 1 {
				names = append(names, receiver(d.Recv.List[0].Type)+"."+d.Name.Name)
			}
			return false
		case *ast.TypeSpec:
			if s, ok := d.Type.(*ast.StructType); ok {
				for _, f := range s.Fields.List {
					for _, name := range f.Names {
						names = append(names, d.Name.Name+"."+name.Name)
					}
				}
			}
			return false
		default:
			return true
		}
	})
	return names
}

// blame returns the entity that a name in ent's code belongs to, and which of its fields and
// edges may be renamed.
func blame(graph *gen.Graph, path, name string) string {
	var node *gen.Type
	for _, n := range graph.Nodes {
		if filepath.Base(filepath.Dir(path)) == n.PackageDir() {
			node = n
			break
		}
		if strings.HasPrefix(name, n.Name) && (node == nil || len(node.Name) < len(n.Name)) {
			node = n
		}
	}
	if node == nil {
		return "the schema"
	}
	_, member, found := strings.Cut(name, ".")
	if !found {
		member = name
	}
	var names []string
	add := func(goName, name string) {
		if strings.Contains(member, goName) {
			names = append(names, name)
		}
	}
	for _, f := range node.Fields {
		add(f.StructField(), f.Name)
	}
	for _, e := range node.Edges {
		add(e.StructField(), e.Name)
	}
	if len(names) == 0 {
		return node.Name + ": rename it"
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return node.Name + ": rename " + strings.Join(names, " or ")
}

func receiver(t ast.Expr) string {
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}
