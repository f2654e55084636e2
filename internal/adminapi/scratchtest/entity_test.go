//go:build scratch

package scratchtest_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// TestEntity adds the entity of the page, and the reference to it: one file, two
// lines, two commands.
func TestEntity(t *testing.T) {
	t.Parallel()
	w := copyRepository(t)
	w.write(t, "ent/schema/supplier.go", example(t, "entity"))
	for _, name := range []string{"Address", "News", "Rumour"} {
		odd := strings.NewReplacer("Supplier", name, "supplier", strings.ToLower(name)).Replace(example(t, "entity"))
		w.write(t, "ent/schema/"+strings.ToLower(name)+".go", odd)
	}
	w.insertAfter(t, "ent/schema/product.go", "\t\tfield.Int64(\"category_id\"),\n", example(t, "reference"))
	w.insertAfter(t, "ent/schema/product.go", "\t\t\tAnnotations(entsql.OnDelete(entsql.NoAction)),\n", example(t, "edge"))
	addPurchaseOrder(t, w)
	w.run(t, "go", "generate", "./...")
	addSteps(t, w)
	if err := os.Remove(w.path("ent/schema/rumour.go")); err != nil {
		t.Fatal(err)
	}
	w.run(t, "go", "generate", "./...") // Go does not miss the files that this removes
	if _, err := os.Stat(w.path("ent/rumour")); !os.IsNotExist(err) {
		t.Errorf("the code of an entity that is gone: %v", err)
	}
	w.run(t, "go", "run", "./cmd/storekeeper", "migrate", "diff", "add_supplier")
	w.migrations(t, "add_supplier", map[string][]string{
		"postgres": {`CREATE TABLE "suppliers"`, `ADD COLUMN "supplier_id"`, `"supplier_name_folded"`, "gin_trgm_ops"},
		"sqlite":   {"CREATE TABLE `suppliers`", "`supplier_name_folded_id`"},
	})
	w.run(t, "go", "build", "-o", "bin/", "./cmd/storekeeper")
	w.run(t, "bin/storekeeper", "migrate", "verify")
	w.run(t, "go", "test", "./internal/invariant", "-run", "TestPurchaseSteps")
	for _, name := range dialects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := w.serve(t, storetest.URL(t, name))
			entityIsWritten(t, s)
			entityIsRemembered(t, s)
			entityIsReferredTo(t, s)
			entityIsListed(t, s)
			entityIsDocumented(t, s)
		})
	}
}

const suppliers = "/api/v1/suppliers"

func entityIsWritten(t *testing.T, s *server) {
	t.Helper()
	first := s.call(t, http.MethodPost, suppliers, object{"name": "Oak & Co"}, http.StatusCreated)
	if first["email"] != nil || fmt.Sprint(first["active"]) != "true" || first["version"] != 1.0 || first["deleted_at"] != nil {
		t.Errorf("created %v", first)
	}
	path := fmt.Sprintf("%s/%v", suppliers, first["id"])
	s.call(t, http.MethodPost, suppliers, object{"name": "Elm", "email": "elm@example.com", "active": false}, http.StatusCreated)
	s.call(t, http.MethodPost, suppliers, object{"name": ""}, http.StatusUnprocessableEntity)
	s.call(t, http.MethodPost, suppliers, object{"email": "x"}, http.StatusUnprocessableEntity)
	s.call(t, http.MethodPost, suppliers, object{"name": "x", "version": 7}, http.StatusUnprocessableEntity)

	patched := s.call(t, http.MethodPatch, path, object{"email": "oak@example.com"}, http.StatusOK, "If-Match", `"1"`)
	if patched["email"] != "oak@example.com" || patched["version"] != 2.0 || patched["name"] != "Oak & Co" {
		t.Errorf("patched %v", patched)
	}
	stale := s.call(t, http.MethodPatch, path, object{"email": nil}, http.StatusPreconditionFailed, "If-Match", `"1"`)
	if got := get[object](t, stale, "current"); got["version"] != 2.0 {
		t.Errorf("current is %v", got)
	}
	s.call(t, http.MethodPatch, path, object{"active": nil}, http.StatusUnprocessableEntity)

	s.call(t, http.MethodDelete, path, nil, http.StatusNoContent)
	s.call(t, http.MethodGet, path, nil, http.StatusNotFound)
	if got := s.names(t, suppliers, "name"); got != "Elm" {
		t.Errorf("after the deletion: %s", got)
	}
	if got := s.call(t, http.MethodPost, path+"/restore", nil, http.StatusOK); got["deleted_at"] != nil {
		t.Errorf("restored %v", got)
	}
	verdicts := s.call(t, http.MethodPost, suppliers+"/bulk",
		object{"ids": []any{first["id"], 999}, "patch": object{"active": true}}, http.StatusOK)
	if verdicts["succeeded"] != 1.0 || verdicts["failed"] != 1.0 {
		t.Errorf("bulk: %v", verdicts)
	}
}

// The trail has what happens to entities whose plural, or whose package, is
// peculiar.
func entityIsRemembered(t *testing.T, s *server) {
	t.Helper()
	for _, resource := range []string{"addresses", "news"} {
		path := fmt.Sprintf("/api/v1/%s/%v", resource,
			s.call(t, http.MethodPost, "/api/v1/"+resource, object{"name": "Oak"}, http.StatusCreated)["id"])
		s.call(t, http.MethodPatch, path, object{"name": "Elm"}, http.StatusOK)
		history := get[[]any](t, s.call(t, http.MethodGet, path+"/history", nil, http.StatusOK), "items")
		if len(history) != 2 {
			t.Fatalf("%s: the history is %v", path, history)
		}
		last, _ := history[0].(object)
		s.call(t, http.MethodPost, fmt.Sprintf("/api/v1/audit-entries/%v/revert", last["id"]), nil, http.StatusOK)
		if got := s.call(t, http.MethodGet, path, nil, http.StatusOK); got["name"] != "Oak" {
			t.Errorf("%s: undone, and it is %v", path, got)
		}
	}
}

// What refers to the entity is guarded as products in categories are.
func entityIsReferredTo(t *testing.T, s *server) {
	t.Helper()
	const categories, products = "/api/v1/categories", "/api/v1/products"
	category := s.call(t, http.MethodPost, categories, object{"name": "Chairs", "slug": "chairs"}, http.StatusCreated)["id"]
	supplier := s.call(t, http.MethodPost, suppliers, object{"name": "Ash"}, http.StatusCreated)["id"]
	path := fmt.Sprintf("%s/%v", suppliers, supplier)
	product := func(sku string, supplier any, status int) object {
		return s.call(t, http.MethodPost, products,
			object{"sku": sku, "name": "Chair", "price": 1, "category_id": category, "supplier_id": supplier}, status)
	}
	nobody := product("S-1", 4711, http.StatusUnprocessableEntity)
	first := fmt.Sprintf("%s/%v", products, product("S-2", supplier, http.StatusCreated)["id"])
	product("S-3", nil, http.StatusCreated)
	held := s.call(t, http.MethodDelete, path, nil, http.StatusConflict)
	if got := get[string](t, held, "detail"); got != "products refer to this supplier: move or delete them first" {
		t.Error(got)
	}
	s.call(t, http.MethodDelete, first, nil, http.StatusNoContent)
	s.call(t, http.MethodDelete, path, nil, http.StatusNoContent)
	gone := product("S-4", supplier, http.StatusUnprocessableEntity)
	for _, refused := range []object{nobody, gone} {
		if got := get[[]any](t, refused, "errors"); !strings.Contains(fmt.Sprint(got), "body.supplier_id") {
			t.Errorf("refused %v", got)
		}
	}
	s.call(t, http.MethodPost, first+"/restore", nil, http.StatusConflict)
	s.call(t, http.MethodPost, path+"/restore", nil, http.StatusOK)
	s.call(t, http.MethodPost, first+"/restore", nil, http.StatusOK)
	s.call(t, http.MethodPatch, first, object{"supplier_id": nil}, http.StatusOK)
	s.call(t, http.MethodDelete, path, nil, http.StatusNoContent)
}

func entityIsListed(t *testing.T, s *server) {
	t.Helper()
	for query, want := range map[string]string{
		"?sort=name": "Elm Oak & Co", "?active=false": "Elm", "?q=OAK": "Oak & Co", "?email=elm@example.com": "Elm",
		"?sort=-created_at&limit=1": "Elm",
	} {
		if got := s.names(t, suppliers+query, "name"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	s.call(t, http.MethodGet, suppliers+"?colour=red", nil, http.StatusUnprocessableEntity)
}

func entityIsDocumented(t *testing.T, s *server) {
	t.Helper()
	document := s.call(t, http.MethodGet, "/openapi.json", nil, http.StatusOK)
	for path, methods := range map[string][]string{
		suppliers: {"get", "post"}, suppliers + "/{id}": {"get", "patch", "delete"},
		suppliers + "/{id}/restore": {"post"}, suppliers + "/bulk": {"post"},
	} {
		for _, method := range methods {
			get[object](t, document, "paths", path, method)
		}
	}
	def, fields := s.definition(t, "suppliers")
	for member, want := range (object{
		"entity": "Supplier", "label": "Supplier", "label_plural": "Suppliers", "group": "Catalog", "title_field": "name",
		"soft_delete": true, "versioned": true,
	}) {
		if def[member] != want {
			t.Errorf("the definition says %s: %v, want %v", member, def[member], want)
		}
	}
	for action, want := range map[string]string{
		"read": "suppliers:read", "create": "suppliers:create", "update": "suppliers:update", "delete": "suppliers:delete",
	} {
		if got := get[string](t, def, "permissions", action); got != want {
			t.Errorf("to %s suppliers needs %q", action, got)
		}
		if got := s.names(t, "/api/v1/permissions", "name"); !strings.Contains(got, want) {
			t.Errorf("no permission %s among %s", want, got)
		}
	}
	if got := get[[]any](t, document, "paths", suppliers+"/{id}/restore", "post", "x-permission"); fmt.Sprint(got) != "[suppliers:delete]" {
		t.Errorf("restoring needs %v", got)
	}
	if got := fields["name"]; fmt.Sprint(got["indexed"], got["searchable"], got["required"]) != "true true true" {
		t.Errorf("name: %v", got)
	}
}
