package adminapi

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// Names are what the templates of ent call an entity: as the API does. They find
// them as $.Annotations.Names.
type Names struct {
	// Resource is its name in the API, as order-items; One and Many call its records.
	Resource, One, Many string
}

// nameEntities gives every entity of the graph its Names.
func nameEntities(graph *gen.Graph) error {
	paths, err := pathsOf(graph)
	if err != nil {
		return err
	}
	for _, node := range graph.Nodes {
		path := cmp.Or(paths[node.Name], pathOf(node.Name))
		if node.Annotations == nil {
			node.Annotations = gen.Annotations{}
		}
		node.Annotations["Names"] = Names{
			Resource: path, One: definition.Noun(words(snake(node.Name))), Many: definition.Noun(words(path)),
		}
	}
	return nil
}

// checkBase makes sure that records are seen and written by those alone who may,
// and that the audit trail is told of it: both come with the mixin Base.
func checkBase(graph *gen.Graph) error {
	var errs []error
	for _, s := range graph.Schemas {
		if len(s.Policy) == 0 || !s.Policy[0].MixedIn || s.Policy[0].MixinIndex != 0 {
			errs = append(errs, fmt.Errorf("adminapi: %s: its first mixin has to be Base{}, "+
				"which asks who may see and write its records and tells the audit trail", s.Name))
		}
	}
	return errors.Join(errs...)
}

// checkOperationIDs refuses entities with an operation that is called as another.
func checkOperationIDs(entities []entity) error {
	var errs []error
	owners := map[string]string{}
	for i := range entities {
		e := &entities[i]
		for _, id := range e.OperationIDs() {
			switch owner := owners[id]; {
			case slices.Contains(definition.ReservedIDs, id):
				errs = append(errs, fmt.Errorf("adminapi: %s: the API has another operation %s: rename the entity", e.Type, id))
			case owner != "":
				errs = append(errs, fmt.Errorf("adminapi: %s and %s both have an operation %s: rename one of them", owner, e.Type, id))
			}
			owners[id] = e.Type
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}
