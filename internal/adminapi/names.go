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

// Names are the API's names for an entity. The templates of ent use them, as
// $.Annotations.Names.
type Names struct {
	// Resource is its name in the API, such as order-items; One and Many are the words for
	// its records.
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

// checkBase makes sure that every entity has the mixin Base: it restricts who reads and
// writes records, and makes the audit trail record changes, by the id that it gives them.
func checkBase(graph *gen.Graph) error {
	var errs []error
	for _, s := range graph.Schemas {
		if len(s.Policy) == 0 || !s.Policy[0].MixedIn || s.Policy[0].MixinIndex != 0 {
			errs = append(errs, fmt.Errorf("adminapi: %s: its first mixin has to be Base{}, "+
				"which asks who may see and write its records and tells the audit trail", s.Name))
		}
	}
	for _, node := range graph.Nodes {
		if !node.ID.IsInt64() || node.ID.HasGoType() {
			errs = append(errs, fmt.Errorf("adminapi: %s.id: ids are int64, those of Base{}, this one is %s: "+
				"another one besides is a field.UUID or a field.String with Unique()", node.Name, node.ID.Type))
		}
	}
	return errors.Join(errs...)
}

// checkOperationIDs returns an error when two operations would have the same id.
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
