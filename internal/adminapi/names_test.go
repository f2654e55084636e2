package adminapi_test

import (
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	fixture "github.com/storekeeper/storekeeper/internal/adminapi/testdata/fixture/schema"
	"github.com/storekeeper/storekeeper/internal/adminapi/testdata/fixture/uuid"
)

// owned is a served entity with everything that the shop requires.
type owned struct {
	ent.Schema

	name   string
	mixins []ent.Mixin
	path   string
	fields []ent.Field
}

func (o owned) Entity() string      { return o.name }
func (o owned) Mixin() []ent.Mixin  { return o.mixins }
func (o owned) Fields() []ent.Field { return append(o.fields, field.String("text")) }
func (o owned) Annotations() []schema.Annotation {
	return []schema.Annotation{admin.Resource{Path: o.path}}
}

// TestEntityNames: ent's templates use the API's names for entities, so that what the
// audit trail records of an entity is found under the name of its resource.
func TestEntityNames(t *testing.T) {
	t.Parallel()
	want := map[string]adminapi.Names{
		"News":      {Resource: "news", One: "news", Many: "news"},
		"FAQ":       {Resource: "faqs", One: "faq", Many: "faqs"},
		"SKU":       {Resource: "skus", One: "SKU", Many: "SKUs"},
		"OrderLine": {Resource: "lines", One: "order line", Many: "lines"},
	}
	base := []ent.Mixin{fixture.Base{}}
	graph := graphOf(t, fixtureConfig(), owned{name: "News", mixins: base}, owned{name: "FAQ", mixins: base},
		owned{name: "SKU", mixins: base}, owned{name: "OrderLine", mixins: base, path: "lines"})
	seen := gen.GenerateFunc(func(graph *gen.Graph) error {
		resources, err := adminapi.Describe(graph)
		for _, r := range resources {
			if got := want[r.Entity]; got.Resource != r.Name {
				t.Errorf("%s is served as %s", r.Entity, r.Name)
			}
		}
		for _, node := range graph.Nodes {
			if got := node.Annotations["Names"]; got != want[node.Name] {
				t.Errorf("%s: %v, want %v", node.Name, got, want[node.Name])
			}
		}
		return err
	})
	if err := adminapi.NewExtension(t.TempDir(), t.TempDir()).Hooks()[0](seen).Generate(graph); err != nil {
		t.Fatal(err)
	}
}

// TestBaseFirst: an entity that anybody could see, or that could change without a trace,
// is not generated.
func TestBaseFirst(t *testing.T) {
	t.Parallel()
	ok := gen.GenerateFunc(func(*gen.Graph) error { return nil })
	for name, mixins := range map[string][]ent.Mixin{
		"none": {fixture.Mutable{}}, "second": {fixture.Mutable{}, fixture.Base{}}, "": {fixture.Base{}, fixture.Mutable{}},
	} {
		graph := graphOf(t, fixtureConfig(), owned{name: "Memo", mixins: mixins})
		err := adminapi.NewExtension(t.TempDir(), t.TempDir()).Hooks()[0](ok).Generate(graph)
		const want = "adminapi: Memo: its first mixin has to be Base{}"
		if (name == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

// TestIDs: the audit trail names the records of every entity by a number.
func TestIDs(t *testing.T) {
	t.Parallel()
	ok := gen.GenerateFunc(func(*gen.Graph) error { return nil })
	memo := owned{name: "Memo", mixins: []ent.Mixin{fixture.Base{}}, fields: []ent.Field{field.UUID("id", uuid.UUID{})}}
	err := adminapi.NewExtension(t.TempDir(), t.TempDir()).Hooks()[0](ok).Generate(graphOf(t, fixtureConfig(), memo))
	const want = "adminapi: Memo.id: ids are int64, those of Base{}, this one is uuid.UUID"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestPackageDeclared: package handlers may declare the name of an entity's package; the
// generated code then uses another name for the package.
func TestPackageDeclared(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "mine.go"), "package handlers\n\nfunc address() {}\n")
	ok := gen.GenerateFunc(func(*gen.Graph) error { return nil })
	base := []ent.Mixin{fixture.Base{}}
	graph := graphOf(t, fixtureConfig(), owned{name: "Address", mixins: base}, owned{name: "Version", mixins: base},
		owned{name: "Plain", mixins: base})
	if err := adminapi.NewExtension(dir, t.TempDir()).Hooks()[0](ok).Generate(graph); err != nil {
		t.Fatal(err)
	}
	files := contents(t, dir)
	for name, want := range map[string]string{
		"address_gen.go": "\n\tentaddress \"", "version_gen.go": "\n\tentversion \"", "plain_gen.go": "\n\t\"" + fixturePackage + "/plain\"\n",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s imports no %s", name, want)
		}
	}
}
