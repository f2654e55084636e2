package migration_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ariga.io/atlas/schemahcl"
	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"
)

// atlasProject is the part of atlas.hcl that the community edition understands.
type atlasProject struct {
	Envs []*atlasEnv `spec:"env"`

	schemahcl.DefaultExtension
}

type atlasEnv struct {
	Name      string          `spec:"name,name"`
	Src       string          `spec:"src"`
	URL       string          `spec:"url"`
	Dev       string          `spec:"dev"`
	Migration *atlasMigration `spec:"migration"`
	Lint      *atlasLint      `spec:"lint"`

	schemahcl.DefaultExtension
}

type atlasMigration struct {
	Dir             string `spec:"dir"`
	RevisionsSchema string `spec:"revisions_schema"`

	schemahcl.DefaultExtension
}

type atlasLint struct {
	Destructive *atlasDestructive `spec:"destructive"`

	schemahcl.DefaultExtension
}

type atlasDestructive struct {
	Error bool `spec:"error"`

	schemahcl.DefaultExtension
}

// Atlas's own library can read the file, and it contains nothing that the community
// edition does not know.
func TestAtlasHCL(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	var project atlasProject
	err := schemahcl.New().EvalFiles([]string{filepath.Join(root, "atlas.hcl")}, &project, map[string]cty.Value{
		"database_url": cty.StringVal("postgres://shop:pass@localhost:5432/shop?sslmode=disable"),
		"dev_url":      cty.StringVal("postgres://dev:pass@localhost:5432/dev?sslmode=disable"),
	})
	if err != nil {
		t.Fatal(err)
	}
	lint := &atlasLint{Destructive: &atlasDestructive{Error: true}}
	want := map[string]*atlasEnv{
		"postgres": {
			Name: "postgres",
			Src:  "file://ent/migrate/desired/postgres.sql",
			URL:  "postgres://shop:pass@localhost:5432/shop?sslmode=disable",
			Dev:  "postgres://dev:pass@localhost:5432/dev?search_path=public&sslmode=disable",
			Migration: &atlasMigration{
				Dir:             "file://ent/migrate/migrations/postgres",
				RevisionsSchema: "public",
			},
			Lint: lint,
		},
		"sqlite": {
			Name:      "sqlite",
			Src:       "file://ent/migrate/desired/sqlite.sql",
			URL:       "postgres://shop:pass@localhost:5432/shop?sslmode=disable",
			Dev:       "sqlite://dev?mode=memory",
			Migration: &atlasMigration{Dir: "file://ent/migrate/migrations/sqlite"},
			Lint:      lint,
		},
	}
	got := make(map[string]*atlasEnv)
	for _, env := range project.Envs {
		got[env.Name] = env
		for _, path := range []string{env.Src, env.Migration.Dir} {
			if _, err := os.Stat(filepath.Join(root, strings.TrimPrefix(path, "file://"))); err != nil {
				t.Error(err)
			}
		}
	}
	if diff := cmp.Diff(want, got, cmp.Transformer("unknown", unknown)); diff != "" {
		t.Errorf("environments (-want +got):\n%s", diff)
	}
	if rest := unknown(project.DefaultExtension); len(rest) != 0 {
		t.Errorf("unknown to the community edition: %v", rest)
	}
}

// unknown returns the names for which the types above have no field.
func unknown(rest schemahcl.DefaultExtension) []string {
	var names []string
	for _, attribute := range rest.Extra.Attrs {
		names = append(names, attribute.K)
	}
	for _, block := range rest.Extra.Children {
		names = append(names, block.Type)
	}
	return names
}

// The file can also be read without the variables.
func TestAtlasHCLWithoutVariables(t *testing.T) {
	t.Parallel()
	var project atlasProject
	path := filepath.Join("..", "..", "atlas.hcl")
	if err := schemahcl.New().EvalFiles([]string{path}, &project, nil); err != nil || len(project.Envs) != 2 {
		t.Errorf("%d environments, %v", len(project.Envs), err)
	}
}
