package handlers_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The generator knows every path that is no resource's, so that it can refuse an
// entity which would take it.
func TestReservedPaths(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	var served struct {
		Resources []definition.Resource `json:"resources"`
	}
	if err := json.Unmarshal([]byte(a.get("/schema").is(200).Text), &served); err != nil {
		t.Fatal(err)
	}
	var others []string
	for path := range a.paths() {
		first, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v1/"), "/")
		resource := slices.ContainsFunc(served.Resources, func(r definition.Resource) bool { return r.Name == first })
		if strings.HasPrefix(path, "/api/v1/") && !resource && !slices.Contains(others, first) {
			others = append(others, first)
		}
	}
	slices.Sort(others)
	if !slices.Equal(others, slices.Sorted(slices.Values(definition.Reserved))) {
		t.Errorf("beside resources the API serves %q, reserved are %q", others, definition.Reserved)
	}
}

// Nor does an entity's operation have the id of one that is no resource's: the
// document knows each id once, and the server does not start with one twice.
func TestReservedIDs(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile("^(list|get|create|update|delete|restore|bulk|import)-")
	a := newAPI(t, storetest.SQLite(t))
	var served struct {
		Resources []definition.Resource `json:"resources"`
	}
	if err := json.Unmarshal([]byte(a.get("/schema").is(200).Text), &served); err != nil {
		t.Fatal(err)
	}
	var generated, others []string
	for i := range served.Resources {
		generated = append(generated, served.Resources[i].OperationIDs()...)
	}
	for path, methods := range a.paths() {
		own := slices.ContainsFunc(served.Resources, func(r definition.Resource) bool { return path == "/api/v1/"+r.Name })
		for _, op := range object(methods) {
			id, _ := object(op)["operationId"].(string)
			at := slices.Index(generated, id)
			switch {
			case at >= 0:
				generated = slices.Delete(generated, at, at+1)
			case !own && verbs.MatchString(id): // those would be in the way by their path
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

// paths are those of the OpenAPI document.
func (a *api) paths() map[string]any {
	a.t.Helper()
	var document map[string]any
	if err := json.Unmarshal(a.server.OpenAPI(), &document); err != nil {
		a.t.Fatal(err)
	}
	return object(document["paths"])
}
