package adminapi_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	fixture "github.com/storekeeper/storekeeper/internal/adminapi/testdata/fixture/schema"
)

// TestNoCompilableCode: a schema from which ent would generate code that does not compile
// is refused with the names of entity and field, and all files stay unchanged.
func TestNoCompilableCode(t *testing.T) {
	t.Parallel()
	dir, before := generated(t)
	added := thing(field.Int("columns"))
	added.name = "Added"
	own, runtime := thing(field.Int("x")), thing(field.Int("x"))
	own.name, runtime.name = "Own", "Runtime"
	type Thing struct{ ent.Schema }
	many := thing(field.Int("x"))
	many.edges = []ent.Edge{edge.To("others", Thing.Type)}
	for want, bad := range map[string]spec{
		"Thing: rename old_price or price: ent's code would declare ThingMutation.OldPrice twice": thing(field.Int("price"), field.Int("old_price")),
		"Thing: rename direction: ent's code would declare DirectionIn twice":                     thing(field.Enum("direction").Values("out", "in")),
		"Thing: rename size_n or size: ent's code would declare SizeNEQ twice":                    thing(field.String("size"), field.String("size_n")),
		"Thing: rename string: ent's code would declare Thing.String twice":                       thing(field.String("string")),
		"Added: rename columns: ent's code would declare Columns twice":                           added,
		"Thing.fields: ent cannot have a number of that name":                                     thing(field.Int("fields")),
		"Thing.grade: the generated code cannot import the Go type adminapi_test.Grade":           thing(field.String("grade").GoType(Grade(""))),
		"Thing.grades: the generated code cannot import the Go type []adminapi_test.Grade":        thing(field.JSON("grades", []Grade{})),
		"Thing.others: the API and the audit trail know no edge of many to many":                  many,
		"Own: the generated client has another file or folder own: rename the entity":             own,
		"Runtime: the generated client has another file or folder runtime: rename":                runtime,
	} {
		err := generateInto(t, dir, bad)
		if err == nil || !strings.Contains(err.Error(), "adminapi: "+want) {
			t.Errorf("%v, want %s", err, want)
		}
		if !maps.Equal(before, tree(t, dir)) {
			t.Errorf("%s: files were changed", want)
		}
	}
}

// TestRemains: what is generated for an entity that is gone stays as files that compile until
// Go has passed them, and leaves nothing behind then.
func TestRemains(t *testing.T) {
	t.Parallel()
	dir, before := generated(t)
	for range 2 { // remains are left anew when nobody swept them
		if err := generateInto(t, dir, thing(field.Int("x"))); err != nil {
			t.Fatal(err)
		}
		for path := range before {
			if left, is := tree(t, dir)[path]; !is || strings.HasSuffix(path, ".go") && !strings.Contains(left, "\npackage ") {
				t.Errorf("%s holds %q", path, left)
			}
		}
	}
	if err := adminapi.Sweep(dir); err != nil {
		t.Fatal(err)
	}
	left := tree(t, dir)
	for path := range before {
		if _, is := left[path]; is == strings.Contains(path, "gone") {
			t.Errorf("after the sweep there is %s: %t", path, is)
		}
	}
}

// generated returns a directory with the code of the entities Thing and Gone, and its tree.
func generated(t *testing.T) (dir string, before map[string]string) {
	t.Helper()
	dir = t.TempDir()
	gone := thing(field.Int("y"))
	gone.name = "Gone"
	if err := generateInto(t, dir, thing(field.Int("x")), gone); err != nil {
		t.Fatal(err)
	}
	return dir, tree(t, dir)
}

// generateInto generates from schemas as go generate does at the root.
func generateInto(t *testing.T, dir string, specs ...spec) error {
	t.Helper()
	config := fixtureConfig()
	config.Templates = []*gen.Template{gen.MustParse(gen.NewTemplate("").Parse(`{{ define "own" }}{{ template "header" $ }}{{ end }}`))}
	config.Target, config.Schema = filepath.Join(dir, "ent"), reflect.TypeFor[Grade]().PkgPath()
	schemas := make([]ent.Interface, len(specs))
	for i, s := range specs {
		schemas[i] = guarded{s}
	}
	if err := os.MkdirAll(config.Target, 0o755); err != nil {
		t.Fatal(err)
	}
	graph := graphOf(t, config, schemas...)
	graph.Hooks = adminapi.NewExtension(filepath.Join(dir, "handlers"), filepath.Join(dir, "access")).Hooks()
	return generateOne(graph)
}

// Grade is declared where the schema of the test is.
type Grade string

// guarded is a schema that may be generated.
type guarded struct{ spec }

func (guarded) Mixin() []ent.Mixin { return []ent.Mixin{fixture.Guarded{}} }

// tree maps all files below the directory to their contents.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			files[path] = ""
			return nil
		}
		content, err := os.ReadFile(path)
		files[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
