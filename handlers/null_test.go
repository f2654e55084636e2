package handlers_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Every body and every member refuses null by name, unless the document allows it.
func TestNullInEveryMember(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	a.furnish()
	d := newDriver(t, a)
	seen := 0
	for _, o := range d.operations {
		if o.body == nil || o.file {
			continue
		}
		body, path := d.resolve(o.body), strings.ReplaceAll(o.path, "{id}", "1")
		if strings.Contains(path, "{item_id}") {
			path = strings.ReplaceAll(path, "{item_id}", d.lineOf(path))
		}
		if o.method == "PATCH" && a.get(strings.TrimPrefix(path, "/api/v1")).Status == 404 {
			continue // there is nothing yet of an entity that was added
		}
		a.do(o.method, path, "null").problem(422, "invalid", "body")
		for _, name := range slices.Sorted(maps.Keys(object(body["properties"]))) {
			sent := d.required(body)
			sent[name] = nil
			answer := a.do(o.method, path, sent)
			refused := answer.Status == 422 && strings.Contains(answer.Text, `"body.`+name+`"`)
			if nullable := d.nullable(object(object(body["properties"])[name])); refused == nullable || answer.Status >= 500 {
				t.Errorf("%s %s %s: null, which the document allows: %t\n%s", o.id, path, d.marshal(sent), nullable, answer.Text)
			}
			seen++
		}
	}
	if seen < 30 {
		t.Errorf("found %d members only", seen)
	}
}

// required returns a body with only the required members.
func (d *driver) required(schema map[string]any) map[string]any {
	out := map[string]any{}
	for _, name := range array(schema["required"]) {
		out[text(name)] = d.value(object(object(schema["properties"])[text(name)]))
	}
	return out
}

func (d *driver) nullable(schema map[string]any) bool {
	schema = d.resolve(schema)
	return schema["type"] == nil && schema["enum"] == nil || slices.Contains(array(schema["type"]), any("null")) || slices.Contains(array(schema["enum"]), nil)
}

// For an optional member of an operation, null means the same as absent.
func TestNullIsAbsent(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		a.post(ids.in("/orders/{order}/delivery-address"), `{"delivery_address":null}`).is(200).has("delivery_address", nil)
		a.post(ids.in("/orders/{order}/transitions"), `{"to":"processing","note":null}`).is(200)
		a.get(ids.in("/orders/{order}/timeline?kind=transition")).is(200).has("items.0.note", nil)
		a.post(ids.in("/products/{product}/stock-movements"), `{"quantity_change":3,"reason":"receipt","note":null}`).is(201).has("note", nil)
		a.post(ids.in("/products/{product}/stocktake"), `{"counted":4,"expected":12,"note":null}`).is(201).has("note", nil)
		a.reconciled()
	})
}
