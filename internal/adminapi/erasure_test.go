package adminapi_test

import (
	"strings"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// TestErased: each field about a person is emptied by an erasure, or the schema declares it
// as replaced or impersonal, or the schema is refused.
func TestErased(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		field ent.Field
		want  string // how it is emptied, or why it cannot be
	}{
		"optional":           {field.String("x").Optional(), "x=null"},
		"optional list":      {field.Strings("x").Optional(), "x=null"},
		"optional, default":  {field.Int("x").Optional().Default(3), "x=null"},
		"hidden":             {field.Bytes("x").Optional(), "x=null"},
		"default":            {field.Enum("x").Values("a", "b").Default("a"), "x=default"},
		"replaced":           {field.String("name"), ""},
		"impersonal":         {field.Time("x").Immutable().Annotations(admin.Impersonal()), ""},
		"kept":               {field.Int64("version").Default(1), ""},
		"required":           {field.String("x"), "Thing.x: the erasure of a person has to empty it: make it Optional()"},
		"default of a list":  {field.Strings("x").Default([]string{}), "Thing.x: the erasure of a person has to empty it: make it Optional()"},
		"computed default":   {field.Int("x").DefaultFunc(func() int { return 1 }), "Thing.x: the erasure of a person has to empty it: make it"},
		"optional, for good": {field.String("x").Optional().Immutable(), "Thing.x: the erasure of a person has to empty it: write admin.CreateOnly()"},
	} {
		s := thing(c.field)
		s.notes = []schema.Annotation{admin.Resource{}, admin.Person{Replaced: []string{"name"}}}
		var got []string
		seen := gen.GenerateFunc(func(graph *gen.Graph) error {
			got = adminapi.Erased(graph.Nodes[0])
			return nil
		})
		err := adminapi.NewExtension(t.TempDir(), t.TempDir()).Hooks()[0](seen).Generate(graphOf(t, fixtureConfig(), guarded{s}))
		if refused := strings.HasPrefix(c.want, "Thing"); refused != (err != nil) || refused && !strings.Contains(err.Error(), "adminapi: "+c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		} else if !refused && strings.Join(got, " ") != c.want {
			t.Errorf("%s: erased are %v, want %s", name, got, c.want)
		}
	}
}
