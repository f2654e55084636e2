package adminapi

import (
	"maps"

	"entgo.io/ent/entc/gen"
)

// Header begins every generated file.
const Header = header

// Exact is the largest integer of the API.
const Exact = exact

// Files renders the graph in memory.
func Files(graph *gen.Graph) (map[string][]byte, error) {
	entities, err := describe(graph)
	if err != nil {
		return nil, err
	}
	files, err := render(graph.Package, entities)
	if err != nil {
		return nil, err
	}
	all, err := guardedEntities(graph)
	if err != nil {
		return nil, err
	}
	permissions, err := renderAccess(entities, all)
	maps.Copy(files, permissions)
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
