package adminapi

import (
	"maps"

	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// Header begins every generated file.
const Header = header

// Exact is the largest integer of the API.
const Exact = exact

// Prepare completes the graph.
var Prepare = prepare

// Validators are those in the source of a schema.
type Validators = validators

// ReadValidators reads them.
var ReadValidators = readValidators

// Describe computes the definitions of the resources without the source of their schema.
func Describe(graph *gen.Graph) ([]definition.Resource, error) { return DescribeWith(graph, nil) }

// DescribeWith computes them with the validators in the source of their schema.
func DescribeWith(graph *gen.Graph, source Validators) ([]definition.Resource, error) {
	entities, err := describe(graph, source)
	resources := make([]definition.Resource, len(entities))
	for i := range entities {
		resources[i] = entities[i].Resource
	}
	return resources, err
}

// Files renders the graph in memory, for packages without hand-written files.
func Files(graph *gen.Graph) (map[string][]byte, error) {
	files, access, err := new(Extension).render(graph)
	maps.Copy(files, access)
	return files, err
}

// Replace makes the files the only generated ones of the directory.
func Replace(dir string, files map[string][]byte) error { return replace(dir, files) }

// Snake and the others are the conversions of names.
var (
	Snake      = snake
	Words      = words
	GoName     = goName
	PathOf     = pathOf
	LowerCamel = lowerCamel
)

// Tag is a struct tag in the making.
func Tag(key, value string) string {
	var t tags
	t.add(key, value)
	return t.literal()
}

// Erased says how an erasure empties the fields of an entity.
func Erased(node *gen.Type) []string {
	fields, _ := node.Annotations["Erased"].([]erased)
	var out []string
	for _, f := range fields {
		if f.ToDefault {
			out = append(out, f.Name+"=default")
		} else {
			out = append(out, f.Name+"=null")
		}
	}
	return out
}

// CheckEdges refuses what is more than a reference in a field.
var CheckEdges = checkEdges
