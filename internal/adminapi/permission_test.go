package adminapi_test

import (
	"strings"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
)

// permissions renders the file with what package access knows of a schema.
func permissions(t *testing.T, schemas ...ent.Interface) (string, error) {
	t.Helper()
	graph := graphOf(t, fixtureConfig(), schemas...)
	if err := adminapi.Prepare(graph); err != nil {
		return "", err
	}
	files, err := adminapi.Files(graph)
	return string(files["schema_gen.go"]), err
}

func annotated(name string, notes ...schema.Annotation) spec {
	return spec{name: name, fields: []ent.Field{field.String("name")}, notes: notes}
}

// The annotations of an entity decide which permissions it needs, and who has them.
func TestPermissions(t *testing.T) {
	t.Parallel()
	got, err := permissions(
		t,
		annotated("Gadget", admin.Resource{}),
		annotated("Hidden"),
		annotated("Record", admin.Resource{Operations: []definition.Operation{definition.List, definition.Get}}, admin.Access{Read: "audit:read", Create: admin.Anyone}),
		annotated("Member", admin.Resource{Group: "Administration"}),
		annotated("Plan", admin.Resource{}, admin.Access{Audience: admin.Managers}),
		annotated("Right", admin.Resource{}, admin.Only("rights:manage")),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"Gadget": {Read: "gadgets:read", Create: "gadgets:create", Update: "gadgets:update", Delete: "gadgets:delete"}`,
		`"Hidden": {Read: "hiddens:read", Create: "hiddens:create", Update: "hiddens:update", Delete: "hiddens:delete"}`,
		`"Record": {Read: "audit:read", Create: "anyone", Update: "records:update", Delete: "records:delete"}`,
		`"Right": {Read: "rights:manage", Create: "rights:manage", Update: "rights:manage", Delete: "rights:manage"}`,
		`{Name: "gadgets:read", Resource: "gadgets", Action: "read", Description: "see gadgets", Audience: Everyone}`,
		`{Name: "gadgets:delete", Resource: "gadgets", Action: "delete", Description: "delete gadgets", Audience: Managers}`,
		`{Name: "members:read", Resource: "members", Action: "read", Description: "see members", Audience: Owners}`,
		`{Name: "members:update", Resource: "members", Action: "update", Description: "change members", Audience: Owners}`,
		`{Name: "plans:read", Resource: "plans", Action: "read", Description: "see plans", Audience: Managers}`,
	} {
		if !strings.Contains(squeezed(got), want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	for _, never := range []string{`Name: "hiddens`, `Name: "records:`, `Name: "rights`, `Name: "audit`, `Name: "anyone`} {
		if strings.Contains(got, never) {
			t.Errorf("%s in\n%s", never, got)
		}
	}
}

// squeezed is text without gofmt's alignment.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// The definition names the permissions that the screens need, and none for actions that are
// not offered.
func TestDefinitionsNamePermissions(t *testing.T) {
	t.Parallel()
	got := describedOne(t, annotated("Record", admin.Resource{Operations: []definition.Operation{definition.List, definition.Get}}, admin.Access{Read: "audit:read"}))
	if want := (definition.Permissions{Read: "audit:read"}); got.Permissions != want {
		t.Errorf("%+v", got.Permissions)
	}
}

// An invalid permission is refused, and so are two entities that would share theirs.
func TestRefusedPermissions(t *testing.T) {
	t.Parallel()
	for _, p := range []string{"products", "products:", ":read", "Products:read", "products:read:all", "products:*", "products read"} {
		if _, err := permissions(t, annotated("Thing", admin.Resource{}, admin.Only(p))); err == nil || !strings.Contains(err.Error(), "Thing") {
			t.Errorf("%q: %v", p, err)
		}
	}
	if _, err := permissions(t, annotated("Thing", admin.Access{Audience: "Friends"})); err == nil || !strings.Contains(err.Error(), "Friends") {
		t.Errorf("an unknown audience: %v", err)
	}
	_, err := permissions(t, annotated("Thing"), annotated("Other", admin.Resource{Path: "things"}))
	if err == nil || !strings.Contains(err.Error(), "Thing") || !strings.Contains(err.Error(), "Other") {
		t.Errorf("two with the same: %v", err)
	}
}
