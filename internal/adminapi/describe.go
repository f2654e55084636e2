package adminapi

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/entc/gen"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
)

// The fields that the server maintains itself, from the mixins of ent/schema.
const (
	createdAt = "created_at"
	updatedAt = "updated_at"
	version   = "version"
	deletedAt = "deleted_at"
)

// tail are the fields that come last, in this order.
var tail = []string{createdAt, updatedAt, version, deletedAt}

func isTail(name string) bool { return slices.Contains(tail, name) }

// describe computes the definitions of all resources of the schema, ordered by name, with the
// limits that the validators in its source set, if that is given. The error names every
// entity and field whose annotations cannot be served.
func describe(graph *gen.Graph, source validators) ([]entity, error) {
	paths, err := pathsOf(graph)
	if err != nil {
		return nil, err
	}
	var (
		entities []entity
		errs     []error
	)
	for _, node := range graph.Nodes {
		if paths[node.Name] == "" {
			continue
		}
		e, err := describeEntity(node, paths, source)
		errs = append(errs, err)
		entities = append(entities, e)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(entities, func(a, b entity) int { return strings.Compare(a.Name, b.Name) })
	return entities, checkOperationIDs(entities)
}

// pathsOf maps the entities that the API serves to the paths of their resources.
func pathsOf(graph *gen.Graph) (map[string]string, error) {
	const remedy = "set another one by admin.Resource{Path: …}"
	var errs []error
	paths, owners := map[string]string{}, map[string]string{}
	types := map[string]string{}
	for _, node := range graph.Nodes {
		a, served, err := resourceOf(node)
		if err != nil {
			errs = append(errs, fmt.Errorf("adminapi: %s: %w", node.Name, err))
		}
		if !served {
			continue
		}
		path := a.Path
		if path == "" {
			path = pathOf(node.Name)
		}
		switch owner := owners[path]; {
		case !pathPattern.MatchString(path):
			errs = append(errs, fmt.Errorf("adminapi: %s: the path %q is not kebab case", node.Name, path))
		case slices.Contains(definition.Reserved, path):
			errs = append(errs, fmt.Errorf("adminapi: %s: the path %q serves something else: %s", node.Name, path, remedy))
		case owner != "":
			errs = append(errs, fmt.Errorf("adminapi: %s and %s have the same path %q: %s", owner, node.Name, path, remedy))
		}
		for _, name := range []string{node.Name, node.Name + "Create", node.Name + "Patch"} {
			if owner := types[name]; owner != "" {
				errs = append(errs, fmt.Errorf("adminapi: %s and %s both need a type %s", owner, node.Name, name))
			}
			types[name] = node.Name
		}
		paths[node.Name], owners[path] = path, node.Name
	}
	return paths, errors.Join(errs...)
}

func describeEntity(node *gen.Type, paths map[string]string, source validators) (entity, error) {
	a, _, err := resourceOf(node)
	if err != nil {
		return entity{}, fmt.Errorf("adminapi: %s: %w", node.Name, err)
	}
	e := entity{
		Type:    node.Name,
		Package: node.PackageDir(),
		Alias:   alias(node.PackageDir()),
		Resource: definition.Resource{
			Name:        paths[node.Name],
			Entity:      node.Name,
			Label:       cmp.Or(a.Label, words(snake(node.Name))),
			LabelPlural: words(paths[node.Name]),
			Group:       cmp.Or(a.Group, "Other"),
			Icon:        cmp.Or(a.Icon, "record"),
			DefaultSort: cmp.Or(a.Sort, "-id"),
			Table:       node.Table(),
		},
	}
	if e.Description, err = commentOf(node); err != nil {
		return entity{}, err
	}
	_, e.SoftDelete = fieldNamed(node, deletedAt)
	_, e.Versioned = fieldNamed(node, version)
	if err := checkMixins(node); err != nil {
		return entity{}, err
	}
	if err := describeMembers(&e, node, paths, source); err != nil {
		return entity{}, err
	}
	if err := addComputed(&e, a.Computed); err != nil {
		return entity{}, err
	}
	e.TitleField = title(&e, a.Title)
	e.ImportKey = naturalKey(&e, node)
	e.Operations = operations(&e, a.Operations)
	if !e.Offers(definition.Import) {
		e.ImportKey = ""
	}
	if e.History, err = changes(&e, node); err != nil {
		return entity{}, err
	}
	if err := checkWithheld(&e, node); err != nil {
		return entity{}, err
	}
	if err := permit(&e, node); err != nil {
		return entity{}, err
	}
	return e, check(&e)
}

// changes reports whether a record of the entity can be changed or deleted after it was
// made, and the audit trail records it. Changes of fields that the API hides count too.
func changes(e *entity, node *gen.Type) (bool, error) {
	if _, unaudited := node.Annotations[admin.UnauditedName]; unaudited || e.Deletes() {
		return !unaudited, nil
	}
	for _, f := range node.Fields {
		a, err := fieldOf(f)
		if err != nil {
			return false, fmt.Errorf("adminapi: %s.%s: %w", node.Name, f.Name, err)
		}
		if !f.Immutable && !a.Untracked {
			return true, nil
		}
	}
	return false, nil
}

// describeMembers adds the stored fields: the id, then the fields of the schema in the
// order of declaration, then those that the server maintains.
func describeMembers(e *entity, node *gen.Type, paths map[string]string, source validators) error {
	fields := []*gen.Field{node.ID}
	for _, f := range node.Fields {
		if !isTail(f.Name) {
			fields = append(fields, f)
		}
	}
	for _, name := range tail {
		if f, ok := fieldNamed(node, name); ok {
			fields = append(fields, f)
		}
	}
	var errs []error
	fast := leading(node, e.SoftDelete)
	for _, f := range fields {
		d := describer{node: node, field: f, id: f == node.ID, paths: paths, fast: fast, source: source}
		m, shown, err := d.describe()
		if err != nil {
			errs = append(errs, fmt.Errorf("adminapi: %s.%s: %w", node.Name, f.Name, err))
			continue
		}
		if shown {
			e.Members = append(e.Members, m)
			e.Fields = append(e.Fields, m.Field)
		}
	}
	return errors.Join(errs...)
}

// addComputed puts the computed members between the own fields and the tail.
func addComputed(e *entity, computed []admin.Computed) error {
	for _, c := range computed {
		f := definition.Field{
			Name: c.Name, Label: words(c.Name), Description: c.Description, Type: c.Type,
			Computed: true, Enum: []string{}, Filters: []string{},
		}
		if _, ok := typeNames[c.Type]; !ok {
			return fmt.Errorf("adminapi: %s.%s: unknown type %q of a computed member", e.Type, c.Name, c.Type)
		}
		e.Computed = append(e.Computed, f)
	}
	at := slices.IndexFunc(e.Fields, func(f definition.Field) bool { return isTail(f.Name) })
	if at < 0 {
		at = len(e.Fields)
	}
	e.Fields = slices.Insert(e.Fields, at, e.Computed...)
	return nil
}

// checkMixins makes sure that the field names on which the API's behaviour depends have
// the meaning that the API assumes.
func checkMixins(node *gen.Type) error {
	var errs []error
	if f, ok := fieldNamed(node, version); ok && (!f.IsInt64() || f.HasGoType() || f.Optional) {
		errs = append(errs, fmt.Errorf("adminapi: %s.version: a version is a required int64", node.Name))
	}
	if f, ok := fieldNamed(node, deletedAt); ok && (!f.IsTime() || f.HasGoType() || !f.Optional) {
		errs = append(errs, fmt.Errorf("adminapi: %s.deleted_at: the mark of deletion is an optional time", node.Name))
	}
	return errors.Join(errs...)
}

func title(e *entity, annotated string) string {
	if annotated != "" {
		return annotated
	}
	for _, name := range []string{"name", "title"} {
		if _, ok := e.Field(name); ok {
			return name
		}
	}
	return "id"
}

// operations returns the annotated operations in the order of documentation, or, when
// there are none, all that the entity can have.
func operations(e *entity, annotated []definition.Operation) []definition.Operation {
	out := []definition.Operation{}
	for _, op := range definition.Operations {
		if annotated != nil && slices.Contains(annotated, op) || annotated == nil && possible(e, op) {
			out = append(out, op)
		}
	}
	for _, op := range annotated {
		if !slices.Contains(definition.Operations, op) {
			out = append(out, op) // check refuses it by name
		}
	}
	return out
}

// possible reports whether the entity can have the operation.
func possible(e *entity, op definition.Operation) bool {
	switch op {
	case definition.List, definition.Get, definition.Create, definition.Delete, definition.Bulk:
		return true
	case definition.Update:
		return len(e.Updatable()) > 0
	case definition.Restore:
		return e.SoftDelete
	case definition.Import:
		return e.ImportKey != "" && possible(e, definition.Update)
	default:
		return false
	}
}

func fieldNamed(node *gen.Type, name string) (*gen.Field, bool) {
	return node.FieldBy(func(f *gen.Field) bool { return f.Name == name })
}

// alias returns another import name for an entity's package where its own would hide a
// package that the generated code imports, or be hidden by a variable.
func alias(pkg string) string {
	switch pkg {
	case "context", "definition", "ent", "huma", "json", "listquery", "predicate", "shop", "time", "version", "where":
		return aliasOf(pkg)
	default:
		return ""
	}
}

func aliasOf(pkg string) string { return "ent" + pkg }

// typeNames are the names of the types' constants in package definition.
var typeNames = map[definition.Type]string{
	definition.String: "String", definition.Text: "Text", definition.Integer: "Integer",
	definition.Number: "Number", definition.Money: "Money", definition.Boolean: "Boolean",
	definition.DateTime: "DateTime", definition.Enum: "Enum", definition.Reference: "Reference",
	definition.Strings: "Strings", definition.JSON: "JSON",
}

// isText reports whether the field is a string to ent.
func isText(f *gen.Field) bool { return f.Type.Type == field.TypeString }
