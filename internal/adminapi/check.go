package adminapi

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"entgo.io/ent/entc/gen"
	"entgo.io/ent/entc/load"

	"github.com/storekeeper/storekeeper/internal/definition"
)

var (
	pathPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	namePattern = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
)

// listParameters are the query parameters of every list. No filter may have one of these
// names.
var listParameters = []string{"limit", "cursor", "offset", "sort", "q", "include_deleted", "count"}

// check returns an error when parts of a resource contradict each other.
func check(e *entity) error {
	return errors.Join(
		errors.Join(checkNames(e)...),
		errors.Join(checkFilters(e)...),
		checkTitle(e),
		checkSort(e),
		errors.Join(checkOperations(e)...),
	)
}

// checkWithheld refuses a field that a new record needs and that no client can give, unless
// the entity has a hook, which may fill it.
func checkWithheld(e *entity, node *gen.Type) error {
	hooked := slices.ContainsFunc(node.HookPositions(), func(p *load.Position) bool { return !p.MixedIn })
	var errs []error
	for _, f := range node.Fields {
		shown := slices.ContainsFunc(e.Members, func(m member) bool { return m.Column == f.StorageKey() })
		if !shown && !f.Optional && !f.Default && e.Creates() && !hooked {
			errs = append(errs, fmt.Errorf("adminapi: %s.%s: no client can give it, and a new record needs it: make it Optional(), "+
				"give it a Default, fill it in a hook, or leave create out of the Operations", e.Type, f.Name))
		}
	}
	return errors.Join(errs...)
}

func checkNames(e *entity) []error {
	var errs []error
	seen, goNames := map[string]bool{}, map[string]string{}
	for i := range e.Fields {
		name := e.Fields[i].Name
		other := goNames[goName(name)]
		switch {
		case !namePattern.MatchString(name):
			errs = append(errs, fmt.Errorf("adminapi: %s.%s: the name is not snake case", e.Type, name))
		case seen[name]:
			errs = append(errs, fmt.Errorf("adminapi: %s.%s: two members have that name in JSON", e.Type, name))
		case other != "":
			errs = append(errs, fmt.Errorf("adminapi: %s.%s: the same name in Go as %s", e.Type, name, other))
		}
		seen[name], goNames[goName(name)] = true, name
	}
	return errs
}

func checkFilters(e *entity) []error {
	const remedy = "annotate it with admin.Unfilterable()"
	var errs []error
	owners := map[string]string{}
	for i := range e.Fields {
		name := e.Fields[i].Name
		for _, param := range e.Fields[i].Filters {
			if other := owners[param]; other != "" {
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: its filter %s is also one of %s: %s", e.Type, name, param, other, remedy))
			}
			if slices.Contains(listParameters, param) {
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: every list has a parameter %s: %s", e.Type, name, param, remedy))
			}
			owners[param] = name
		}
	}
	return errs
}

func checkTitle(e *entity) error {
	if _, ok := e.Field(e.TitleField); !ok {
		return fmt.Errorf("adminapi: %s: Title names %q, which the API does not show", e.Type, e.TitleField)
	}
	return nil
}

func checkSort(e *entity) error {
	var named []string
	for key := range strings.SplitSeq(e.DefaultSort, ",") {
		name := strings.TrimPrefix(key, "-")
		f, ok := e.Field(name)
		switch {
		case !ok:
			return fmt.Errorf("adminapi: %s: Sort names %q, which the API does not show", e.Type, name)
		case !f.Sortable:
			return fmt.Errorf("adminapi: %s: Sort names %s, by which lists cannot be sorted", e.Type, name)
		case slices.Contains(named, name):
			return fmt.Errorf("adminapi: %s: Sort names %s twice", e.Type, name)
		}
		named = append(named, name)
	}
	return nil
}

func checkOperations(e *entity) []error {
	var errs []error
	for _, op := range e.Operations {
		switch {
		case !slices.Contains(definition.Operations, op):
			errs = append(errs, fmt.Errorf("adminapi: %s: unknown operation %q", e.Type, op))
		case op == definition.Update && !possible(e, op):
			errs = append(errs, fmt.Errorf("adminapi: %s: no field can be updated", e.Type))
		case op == definition.Restore && !possible(e, op):
			errs = append(errs, fmt.Errorf("adminapi: %s: without a field deleted_at nothing can be restored", e.Type))
		case op == definition.Bulk && !e.Updates() && !e.Deletes() && !e.Restores():
			errs = append(errs, fmt.Errorf("adminapi: %s: bulk needs update, delete or restore", e.Type))
		case op == definition.Import && (!possible(e, op) || !e.Creates() || !e.Updates()):
			errs = append(errs, fmt.Errorf("adminapi: %s: import needs create, update and one required, sortable, unique text", e.Type))
		}
	}
	for _, op := range []definition.Operation{definition.List, definition.Get} {
		if !e.Offers(op) {
			errs = append(errs, fmt.Errorf("adminapi: %s: every resource offers %s", e.Type, op))
		}
	}
	return errs
}
