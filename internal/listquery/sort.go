package listquery

import (
	"fmt"
	"slices"
	"strings"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// id is the name of every resource's key and of its column.
const id = "id"

// key is one field of a sort. Where the field has a folded text, the key is that: its name
// and its column are Field.Folded.
type key struct {
	name     string
	column   string
	kind     kind
	nullable bool
	folded   bool
	desc     bool
}

// parseSort parses a list of fields. It appends the id, in the direction of the last
// field, so that no two rows are equal. Fields after an id in the list decide nothing and
// are dropped. An empty list sorts by id alone.
func parseSort(res *definition.Resource, list string) ([]key, bool) {
	if list == "" {
		return []key{idKey(false)}, true
	}
	terms := strings.Count(list, ",") + 1
	if terms > maxSort {
		return nil, false
	}
	keys := make([]key, 0, terms+1)
	for term := range strings.SplitSeq(list, ",") {
		k, ok := parseKey(res, term)
		if !ok || slices.ContainsFunc(keys, func(other key) bool { return other.name == k.name }) {
			return nil, false
		}
		keys = append(keys, k)
	}
	if at := slices.IndexFunc(keys, func(k key) bool { return k.name == id }); at >= 0 {
		return keys[:at+1], true
	}
	return append(keys, idKey(keys[len(keys)-1].desc)), true
}

func parseKey(res *definition.Resource, term string) (key, bool) {
	name, desc := strings.CutPrefix(term, "-")
	if name == id {
		return idKey(desc), true
	}
	field, ok := res.Field(name)
	if !ok || !sortable(field) {
		return key{}, false
	}
	if field.Folded != "" {
		return key{name: field.Folded, column: field.Folded, kind: texts, folded: true, desc: desc}, true
	}
	return key{
		name: field.Name, column: field.Column, kind: kindOf(field.Type),
		nullable: field.Nullable, desc: desc,
	}, true
}

func idKey(desc bool) key { return key{name: id, column: id, kind: integers, desc: desc} }

func sortable(f *definition.Field) bool {
	return f.Name == id || f.Sortable && !f.Computed && kindOf(f.Type) != opaque
}

// sortNames returns the fields that a list can be sorted by. The id is always one.
func sortNames(res *definition.Resource) []string {
	names := []string{id}
	for i := range res.Fields {
		if f := &res.Fields[i]; f.Name != id && sortable(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

func expectedSort(res *definition.Resource) string {
	return fmt.Sprintf("expected up to %d different fields separated by commas, with - before one for descending, out of %s",
		maxSort, strings.Join(sortNames(res), ", "))
}
