package adminapi

import (
	"bytes"
	"encoding/json"
	"fmt"

	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// resourceOf returns the entity's annotation, and whether it has one. Entities without it
// are internal.
func resourceOf(node *gen.Type) (admin.Resource, bool, error) {
	return annotation[admin.Resource](node.Annotations, admin.Name)
}

// fieldOf returns the field's annotation, or the zero value when it has none.
func fieldOf(f *gen.Field) (admin.Field, error) {
	a, _, err := annotation[admin.Field](f.Annotations, admin.Name)
	return a, err
}

// annotation decodes an annotation from the JSON that ent made of it. Unknown members are
// an error, which detects an annotation in the wrong place: an admin.Field on an entity,
// or an admin.Resource on a field.
func annotation[T any](all gen.Annotations, name string) (T, bool, error) {
	var a T
	raw, ok := all[name]
	if !ok {
		return a, false, nil
	}
	data, err := json.Marshal(raw)
	if err != nil {
		return a, false, fmt.Errorf("read annotation: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&a); err != nil {
		return a, false, fmt.Errorf("not an annotation for this place: %w", err)
	}
	return a, true, nil
}
