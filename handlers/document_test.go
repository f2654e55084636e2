package handlers_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The generator knows every path that belongs to no resource, so that it can refuse an
// entity with that path.
func TestReservedPaths(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	resources := a.schema()
	var others []string
	for path := range a.paths() {
		first, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v1/"), "/")
		resource := slices.ContainsFunc(resources, func(r definition.Resource) bool { return r.Name == first })
		if strings.HasPrefix(path, "/api/v1/") && !resource && !slices.Contains(others, first) {
			others = append(others, first)
		}
	}
	slices.Sort(others)
	if !slices.Equal(others, slices.Sorted(slices.Values(definition.Reserved))) {
		t.Errorf("beside resources the API serves %q, reserved are %q", others, definition.Reserved)
	}
}

// It also knows the operation ids that belong to no resource: ids are unique in the
// document, and the server does not start with a duplicate.
func TestReservedIDs(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile("^(list|get|create|update|delete|restore|bulk|import)-")
	a := newAPI(t, storetest.SQLite(t))
	resources := a.schema()
	var generated, others []string
	for i := range resources {
		generated = append(generated, resources[i].OperationIDs()...)
	}
	for path, methods := range a.paths() {
		own := slices.ContainsFunc(resources, func(r definition.Resource) bool { return path == "/api/v1/"+r.Name })
		for _, op := range object(methods) {
			id, _ := object(op)["operationId"].(string)
			at := slices.Index(generated, id)
			switch {
			case at >= 0:
				generated = slices.Delete(generated, at, at+1)
			case !own && verbs.MatchString(id): // their paths would already collide
				others = append(others, id)
			}
		}
	}
	slices.Sort(others)
	if !slices.Equal(others, slices.Sorted(slices.Values(definition.ReservedIDs))) {
		t.Errorf("beside those of resources there are the operations %q, reserved are %q", others, definition.ReservedIDs)
	}
	if len(generated) > 0 {
		t.Errorf("the document has no %q", generated)
	}
}

// Operations are described in sentences.
func TestSummaries(t *testing.T) {
	t.Parallel()
	paths := newAPI(t, storetest.SQLite(t)).paths()
	for request, want := range map[string]string{
		"get /products":        "List products",
		"get /order-items":     "List order items",
		"get /orders/{id}":     "Get an order",
		"patch /products/{id}": "Update a product",
		"post /products/bulk":  "Change many products",
	} {
		method, path, _ := strings.Cut(request, " ")
		if got := object(object(paths["/api/v1"+path])[method])["summary"]; got != want {
			t.Errorf("%s: %q, want %q", request, got, want)
		}
	}
}

// paths returns the paths of the OpenAPI document.
func (a *api) paths() map[string]any { return object(a.document()["paths"]) }

func (a *api) document() map[string]any {
	a.t.Helper()
	var document map[string]any
	if err := json.Unmarshal(a.server.OpenAPI(), &document); err != nil {
		a.t.Fatal(err)
	}
	return document
}

// Repeated parts of the document are named components, so that generated clients have one
// type for each.
func TestDocumentShares(t *testing.T) {
	t.Parallel()
	document := newAPI(t, storetest.SQLite(t)).document()
	components := object(document["components"])
	schemas := object(components["schemas"])
	for path, item := range object(document["paths"]) {
		for method, op := range object(item) {
			for status, response := range object(object(op)["responses"]) {
				if status >= "4" && object(response)["$ref"] == nil {
					t.Errorf("%s %s describes %s by itself", method, path, status)
				}
			}
		}
	}
	status := map[string]any{"$ref": "#/components/schemas/OrderStatus"}
	order := object(object(schemas["Order"])["properties"])
	event := object(object(schemas["OrderEvent"])["properties"])
	problem := object(object(schemas["Problem"])["properties"])
	for where, got := range map[string]any{
		"an order":           order["status"],
		"what may follow":    object(order["allowed_transitions"])["items"],
		"what is asked for":  object(object(schemas["Transition"])["properties"])["to"],
		"what is refused":    object(problem["allowed"])["items"],
		"what was":           array(object(event["from"])["anyOf"])[0],
		"the filter of list": filterOf(document, "/orders", "status")["items"],
	} {
		if !reflect.DeepEqual(got, status) {
			t.Errorf("the status of %s: %v", where, got)
		}
	}
	sales := object(schemas["Sales"])
	if by := object(sales["discriminator"]); by["propertyName"] != "by" || object(by["mapping"])["day"] != "#/components/schemas/SalesByDay" {
		t.Errorf("nothing tells the reports on sales apart: %v", sales)
	}
	if want := []any{"pending", "processing", "shipped", "delivered", "cancelled"}; !reflect.DeepEqual(object(schemas["OrderStatus"])["enum"], want) {
		t.Errorf("OrderStatus: %v", schemas["OrderStatus"])
	}
}

func filterOf(document map[string]any, list, field string) map[string]any {
	for _, p := range array(object(object(object(document["paths"])["/api/v1"+list])["get"])["parameters"]) {
		if object(p)["name"] == field {
			return object(object(p)["schema"])
		}
	}
	return nil
}

// A Go client has all components in one package, whatever their kind, with capitalised
// names.
func TestDocumentNamesAreDistinct(t *testing.T) {
	t.Parallel()
	taken := map[string]string{}
	for kind, parts := range object(newAPI(t, storetest.SQLite(t)).document()["components"]) {
		for name := range object(parts) {
			if other, ok := taken[strings.ToLower(name)]; ok {
				t.Errorf("%s %s is called like one of the %s", kind, name, other)
			}
			taken[strings.ToLower(name)] = kind
		}
	}
}

// Every tag of an operation is declared and described, and every declared tag is used.
func TestDocumentTags(t *testing.T) {
	t.Parallel()
	document := newAPI(t, storetest.SQLite(t)).document()
	used := map[string]bool{}
	for _, item := range object(document["paths"]) {
		for _, op := range object(item) {
			for _, tag := range array(object(op)["tags"]) {
				used[text(tag)] = true
			}
			if object(op)["security"] == nil {
				t.Errorf("%v does not say who may call it", object(op)["operationId"])
			}
		}
	}
	declared := map[string]bool{}
	for _, tag := range array(document["tags"]) {
		declared[text(object(tag)["name"])] = true
		if about, _ := object(tag)["description"].(string); about == "" {
			t.Errorf("%v says nothing of itself", object(tag)["name"])
		}
	}
	if !maps.Equal(used, declared) {
		t.Errorf("headings in use %v, of the document %v", used, declared)
	}
}

// The document lists all codes of problems.
func TestDocumentListsCodes(t *testing.T) {
	t.Parallel()
	document := newAPI(t, storetest.SQLite(t)).document()
	problem := object(object(object(document["components"])["schemas"])["Problem"])
	listed := array(object(object(problem["properties"])["code"])["examples"])
	for _, code := range []string{
		"invalid", "not_found", "conflict", "invalid_transition", "insufficient_stock", "empty_cart", "inactive_product",
		"total_changed", "version_mismatch", "unauthenticated", "forbidden", "rate_limited", "overloaded", "internal", "malformed",
	} {
		if !slices.Contains(listed, any(code)) {
			t.Errorf("the document does not know the code %s", code)
		}
	}
}

// Requests do not allow additional properties, answers do.
func TestDocumentLeavesAnswersOpen(t *testing.T) {
	t.Parallel()
	schemas := object(object(newAPI(t, storetest.SQLite(t)).document()["components"])["schemas"])
	for name, closed := range map[string]bool{
		"ProductCreate": true, "ProductPatch": true, "BulkProductPatch": true, "Checkout": true, "Login": true,
		"Product": false, "PageProduct": false, "Order": false, "OrderItem": false, "Problem": false, "Me": false,
	} {
		if more, ok := object(schemas[name])["additionalProperties"].(bool); ok != closed || more {
			t.Errorf("%s is closed: %t", name, ok)
		}
	}
}
