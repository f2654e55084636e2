package adminapi

import (
	"errors"
	"fmt"
	"slices"

	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// erased is a field that an erasure empties. The template of ent uses it, as one of
// $.Annotations.Erased.
type erased struct {
	*gen.Field

	// ToDefault tells that it gets its default, in place of null.
	ToDefault bool
}

// nameErased gives every entity about persons the fields that an erasure empties: all
// but those that the program keeps, or replaces by hand, or that are impersonal. So a
// field that is added later is erased without a line of code, or refused.
func nameErased(graph *gen.Graph) error {
	var errs []error
	for _, node := range graph.Nodes {
		person, about, err := annotation[admin.Person](node.Annotations, admin.PersonName)
		if err != nil {
			errs = append(errs, fmt.Errorf("adminapi: %s: %w", node.Name, err))
		}
		if !about {
			continue
		}
		fields := []erased{}
		for _, f := range node.Fields {
			a, err := fieldOf(f)
			switch {
			case err != nil:
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: %w", node.Name, f.Name, err))
			case isTail(f.Name), a.Impersonal, a.Folds != "", slices.Contains(person.Replaced, f.Name):
			case f.Immutable:
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: the erasure of a person has to empty it: "+
					"write admin.CreateOnly() in place of Immutable(), or annotate it with admin.Impersonal()", node.Name, f.Name))
			case f.Optional, f.Default && !f.DefaultFunc() && !f.IsJSON():
				fields = append(fields, erased{f, !f.Optional})
			default:
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: the erasure of a person has to empty it: make it Optional(), "+
					"give it a literal Default(…), or annotate it with admin.Impersonal()", node.Name, f.Name))
			}
		}
		node.Annotations["Erased"] = fields
	}
	return errors.Join(errs...)
}
