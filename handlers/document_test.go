package handlers_test

import (
	"encoding/json"
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
