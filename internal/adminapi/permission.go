package adminapi

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
)

// administration is the group whose resources only owners may use unless the resources
// say otherwise: accounts, roles, settings.
const administration = "Administration"

// The actions that permissions are derived for.
const (
	actionRead   = "read"
	actionCreate = "create"
	actionUpdate = "update"
	actionDelete = "delete"
)

// guarded says which permissions the records of an entity need, whether the API serves it
// or not.
type guarded struct {
	Entity string
	definition.Permissions
	// Edges are the edges whose change writes to another table, with the entity of that
	// table. The entity's own references are fields of it.
	Edges []foreign
}

type foreign struct{ Edge, Entity string }

// permission is a permission that roles can have because the API offers its action.
type permission struct {
	Name, Resource, Action, Description string
	Audience                            admin.Audience
}

// guardedEntities returns all entities of the graph, ordered by name.
func guardedEntities(graph *gen.Graph) ([]guarded, error) {
	paths, err := pathsOf(graph)
	if err != nil {
		return nil, err
	}
	var errs []error
	owners := map[string]string{}
	out := make([]guarded, 0, len(graph.Nodes))
	for _, node := range graph.Nodes {
		a, err := accessOf(node)
		errs = append(errs, err)
		path := cmp.Or(paths[node.Name], pathOf(node.Name))
		if owner := owners[path]; owner != "" {
			errs = append(errs, fmt.Errorf("adminapi: %s and %s would share the permissions of %s: "+
				"set another path by admin.Resource{Path: …}",
				owner, node.Name, path))
		}
		owners[path] = node.Name
		out = append(out, guarded{node.Name, needed(path, a), foreignEdges(node)})
	}
	slices.SortFunc(out, func(a, b guarded) int { return strings.Compare(a.Entity, b.Entity) })
	return out, errors.Join(errs...)
}

func foreignEdges(node *gen.Type) []foreign {
	var edges []foreign
	for _, e := range node.Edges {
		if !e.OwnFK() {
			edges = append(edges, foreign{e.Name, e.Type.Name})
		}
	}
	return edges
}

// needed returns the permissions for the four actions on a resource.
func needed(path string, a admin.Access) definition.Permissions {
	return definition.Permissions{
		Read:   cmp.Or(a.Read, path+":"+actionRead),
		Create: cmp.Or(a.Create, path+":"+actionCreate),
		Update: cmp.Or(a.Update, path+":"+actionUpdate),
		Delete: cmp.Or(a.Delete, path+":"+actionDelete),
	}
}

// permit sets the permissions for what the resource offers, and derives those that the
// schema does not take from another resource.
func permit(e *entity, node *gen.Type) error {
	a, err := accessOf(node)
	if err != nil {
		return err
	}
	all := needed(e.Name, a)
	for _, action := range []struct {
		name, does string
		offered    bool
		need       string
		into       *string
	}{
		{actionRead, "see", true, all.Read, &e.Permissions.Read},
		{actionCreate, "create", e.Creates(), all.Create, &e.Permissions.Create},
		{actionUpdate, "change", e.Updates(), all.Update, &e.Permissions.Update},
		{actionDelete, removal(e), e.Deletes() || e.Restores(), all.Delete, &e.Permissions.Delete},
	} {
		if !action.offered {
			continue
		}
		*action.into = action.need
		if action.need == e.Name+":"+action.name {
			e.Derived = append(e.Derived, permission{
				Name: action.need, Resource: e.Name, Action: action.name,
				Description: action.does + " " + definition.Noun(e.LabelPlural),
				Audience:    audience(e, a, action.name),
			})
		}
	}
	return nil
}

func removal(e *entity) string {
	if e.Restores() {
		return "delete and restore"
	}
	return "delete"
}

func audience(e *entity, a admin.Access, action string) admin.Audience {
	switch {
	case a.Audience != "":
		return a.Audience
	case e.Group == administration:
		return admin.Owners
	case action == actionRead:
		return admin.Everyone
	default:
		return admin.Managers
	}
}

// accessOf returns the entity's annotation, or the zero value when it has none.
func accessOf(node *gen.Type) (admin.Access, error) {
	a, _, err := annotation[admin.Access](node.Annotations, admin.AccessName)
	if err != nil {
		return a, fmt.Errorf("adminapi: %s: %w", node.Name, err)
	}
	for _, p := range []string{a.Read, a.Create, a.Update, a.Delete} {
		if p != "" && p != admin.Anyone && !wellFormed(p) {
			return a, fmt.Errorf("adminapi: %s: %q is no permission: expected RESOURCE:ACTION", node.Name, p)
		}
	}
	if a.Audience != "" && !slices.Contains([]admin.Audience{admin.Owners, admin.Managers, admin.Everyone}, a.Audience) {
		return a, fmt.Errorf("adminapi: %s: unknown audience %q", node.Name, a.Audience)
	}
	return a, nil
}

func wellFormed(p string) bool {
	resource, action, ok := strings.Cut(p, ":")
	return ok && pathPattern.MatchString(resource) && pathPattern.MatchString(action)
}
