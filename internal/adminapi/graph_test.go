package adminapi_test

import (
	"sync"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/entc/load"

	fixture "github.com/storekeeper/storekeeper/internal/adminapi/testdata/fixture/schema"
)

const fixturePackage = "github.com/storekeeper/storekeeper/fixture/ent"

// graphOf builds the graph of schemas as ent's generator does, without starting
// a process to read them.
func graphOf(t *testing.T, config *gen.Config, schemas ...ent.Interface) *gen.Graph {
	t.Helper()
	loaded := make([]*load.Schema, len(schemas))
	for i, s := range schemas {
		data, err := load.MarshalSchema(s)
		if err != nil {
			t.Fatal(err)
		}
		if loaded[i], err = load.UnmarshalSchema(data); err != nil {
			t.Fatal(err)
		}
		if named, ok := s.(interface{ Entity() string }); ok {
			loaded[i].Name = named.Entity()
		}
	}
	storage, err := gen.NewStorage("sql")
	if err != nil {
		t.Fatal(err)
	}
	config.Storage = storage
	graph, err := gen.NewGraph(config, loaded...)
	if err != nil {
		t.Fatal(err)
	}
	return graph
}

var generating sync.Mutex

// generateOne generates from one graph at a time: ent keeps the templates of the graph in a
// variable of its package.
func generateOne(graph *gen.Graph) error {
	generating.Lock()
	defer generating.Unlock()
	return graph.Gen()
}

func fixtureConfig() *gen.Config {
	return &gen.Config{
		Package:  fixturePackage,
		Schema:   "github.com/storekeeper/storekeeper/internal/adminapi/testdata/fixture/schema",
		Features: []gen.Feature{gen.FeatureIntercept, gen.FeaturePrivacy},
	}
}

func fixtureGraph(t *testing.T, config *gen.Config) *gen.Graph {
	t.Helper()
	return graphOf(t, config, fixture.APIToken{}, fixture.Owner{}, fixture.Reading{}, fixture.Shelf{}, fixture.ShelfArticle{})
}
