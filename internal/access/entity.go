package access

import (
	"maps"
	"slices"
	"strings"
)

// Anyone is the permission that every viewer has. No role has to list it.
const Anyone Permission = "anyone"

// Entity says which permissions the records of an entity need. A permission that no role
// can have (see Known) is only ever given by an operation; see Allow.
type Entity struct {
	Read, Create, Update, Delete Permission
	// Edges are the entities whose records change with an edge of this one, because they
	// hold the reference. The keys are the names of the edges.
	Edges map[string]string
}

// Of returns the permissions of the entity with that name in the ent schema, such as
// "Product", and whether there is one.
func Of(entity string) (Entity, bool) {
	e, ok := entities[entity]
	return e, ok
}

// Entities returns the names of all entities, sorted.
func Entities() []string { return slices.Sorted(maps.Keys(entities)) }

// Needs says in words that one of the permissions is needed: "the permission a", or "one of
// the permissions a, b".
func Needs(anyOf ...Permission) string {
	if len(anyOf) == 1 {
		return "the permission " + string(anyOf[0])
	}
	names := make([]string, len(anyOf))
	for i, p := range anyOf {
		names[i] = string(p)
	}
	return "one of the permissions " + strings.Join(names, ", ")
}
