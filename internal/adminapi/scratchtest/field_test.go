//go:build scratch

package scratchtest_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// TestField adds the field of the page: one line, two commands. Generating
// begins without any generated handlers, so that package handlers does not
// compile. Taking the line out again must lead back to what is committed.
func TestField(t *testing.T) {
	t.Parallel()
	w := copyRepository(t)
	before := w.generated(t)
	for name := range before {
		if strings.HasPrefix(name, "handlers/") && strings.HasSuffix(name, "_gen.go") {
			if err := os.Remove(w.path(name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	const schema = "ent/schema/product.go"
	original := w.read(t, schema)
	const person = "ent/schema/customer.go"
	originalPerson := w.read(t, person)
	w.insertAfter(t, person, "\treturn []ent.Field{\n", "\t\tfield.JSON(\"sizes\", map[string]int{}).Optional(),\n"+
		"\t\tfield.Enum(\"salutation\").Values(\"none\", \"ms\", \"mr\").Default(\"none\"),\n"+
		"\t\tfield.Int(\"discount\").Default(0).Annotations(admin.Impersonal()),\n")
	// What the server computes for new records need not be given on the screens either.
	w.insertAfter(t, schema, "\treturn []ent.Field{\n", example(t, "field")+
		"\t\tfield.Strings(\"colours\").Default([]string{}).Annotations(entsql.Default(\"[]\")),\n"+
		"\t\tfield.Strings(\"tags\").Optional().Annotations(admin.MaxItems(4)),\n")
	w.run(t, "go", "generate", "./...")
	if said := w.run(t, "go", "run", "./cmd/storekeeper", "migrate", "diff", "add_barcode"); strings.Contains(said, "careful") {
		t.Errorf("old rows have what they need, but: %s", said)
	}
	w.migrations(t, "add_barcode", map[string][]string{
		"postgres": {`ALTER TABLE "products" ADD COLUMN "barcode" character varying(64) NULL`, `"colours" jsonb NOT NULL DEFAULT '[]'`},
		"sqlite":   {"`products`", "`barcode`", "`colours` json NOT NULL DEFAULT '[]'"},
	})
	w.run(t, "go", "build", "-o", "bin/", "./cmd/storekeeper")
	w.run(t, "bin/storekeeper", "migrate", "verify")

	w.write(t, schema, original)
	w.write(t, person, originalPerson)
	w.run(t, "go", "generate", "./...")
	if diff := cmp.Diff(before, w.generated(t)); diff != "" {
		t.Errorf("generating without the field differs from what is committed (-committed +generated):\n%s", diff)
	}

	for _, name := range dialects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := w.serve(t, storetest.URL(t, name))
			fieldIsWritten(t, s)
			fieldIsListed(t, s)
			fieldIsDocumented(t, s)
			listIsWritten(t, s)
			listIsDocumented(t, s)
			fieldIsErased(t, s)
			fieldIsOnScreen(t, w, s)
		})
	}
}

func fieldIsWritten(t *testing.T, s *server) {
	t.Helper()
	category := s.call(t, http.MethodPost, "/api/v1/categories", object{"name": "Tools", "slug": "tools"}, http.StatusCreated)
	product := func(sku string, barcode any) object {
		body := object{"sku": sku, "name": sku, "price": 1, "category_id": category["id"]}
		if barcode != "" {
			body["barcode"] = barcode
		}
		return body
	}
	for sku, barcode := range map[string]any{"A": "40", "B": nil, "C": ""} {
		created := s.call(t, http.MethodPost, "/api/v1/products", product(sku, barcode), http.StatusCreated)
		if got, shown := created["barcode"]; !shown || barcode == "40" && got != "40" || barcode != "40" && got != nil {
			t.Errorf("product %s was created with the barcode %v", sku, got)
		}
		if sku != "C" {
			continue
		}
		path := fmt.Sprintf("/api/v1/products/%v", created["id"])
		for _, value := range []any{"30", nil, strings.Repeat("é", 64), "39"} {
			if got := s.call(t, http.MethodPatch, path, object{"barcode": value}, http.StatusOK)["barcode"]; got != value {
				t.Errorf("patched to %v: %v", value, got)
			}
		}
		s.call(t, http.MethodPatch, path, object{"barcode": strings.Repeat("é", 65)}, http.StatusUnprocessableEntity)
		s.call(t, http.MethodPatch, path, object{"barcode": 5}, http.StatusUnprocessableEntity)
	}
}

func fieldIsListed(t *testing.T, s *server) {
	t.Helper()
	for query, want := range map[string]string{
		"?barcode=40": "A", "?barcode=39,40&sort=barcode": "C A", "?barcode_null=true": "B",
		"?barcode_null=false&sort=-barcode": "A C",
	} {
		if got := s.names(t, "/api/v1/products"+query, "sku"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func fieldIsDocumented(t *testing.T, s *server) {
	t.Helper()
	document := s.call(t, http.MethodGet, "/openapi.json", nil, http.StatusOK)
	for _, name := range []string{"Product", "ProductCreate", "ProductPatch"} {
		types := fmt.Sprint(get[[]any](t, document, "components", "schemas", name, "properties", "barcode", "type"))
		if types != "[string null]" {
			t.Errorf("%s.barcode is %s", name, types)
		}
		if name == "Product" {
			continue
		}
		if most := get[float64](t, document, "components", "schemas", name, "properties", "barcode", "maxLength"); most != 64 {
			t.Errorf("%s.barcode has at most %v characters", name, most)
		}
	}
	parameters := fmt.Sprint(get[[]any](t, document, "paths", "/api/v1/products", "get", "parameters"))
	for _, name := range []string{"name:barcode ", "name:barcode_null "} {
		if !strings.Contains(parameters, name) {
			t.Errorf("the list has no documented parameter %s", name)
		}
	}
	_, fields := s.definition(t, "products")
	f := fields["barcode"]
	for member, want := range (object{
		"label": "Barcode", "type": "string", "required": false, "nullable": true, "creatable": true, "updatable": true,
		"max_length": 64.0, "sortable": true, "filterable": true, "searchable": false, "indexed": false,
	}) {
		if f[member] != want {
			t.Errorf("the definition says %s: %v, want %v", member, f[member], want)
		}
	}
}

// A list of strings is kept as it is given: none, one of nothing, one of some.
func listIsWritten(t *testing.T, s *server) {
	t.Helper()
	items := get[[]any](t, s.call(t, http.MethodGet, "/api/v1/products?sku=A", nil, http.StatusOK), "items")
	first, _ := items[0].(object)
	if colours, _ := first["colours"].([]any); first["tags"] != nil || colours == nil || len(colours) > 0 {
		t.Errorf("a product that got none has the tags %v and the colours %v", first["tags"], first["colours"])
	}
	path := fmt.Sprintf("/api/v1/products/%v", first["id"])
	for _, tags := range []any{[]any{}, nil, []any{"oak, ash", "x"}, []any{"oak", "oak"}} {
		for range 2 { // as it is answered, and as it is kept
			if diff := cmp.Diff(tags, s.call(t, http.MethodPatch, path, object{"tags": tags}, http.StatusOK)["tags"]); diff != "" {
				t.Errorf("patched: %s", diff)
			}
			if diff := cmp.Diff(tags, s.call(t, http.MethodGet, path, nil, http.StatusOK)["tags"]); diff != "" {
				t.Errorf("kept: %s", diff)
			}
		}
	}
	for _, tags := range []any{"oak", []any{1}, []any{nil}, []any{"a", "b", "c", "d", "e"}} {
		s.call(t, http.MethodPatch, path, object{"tags": tags}, http.StatusUnprocessableEntity)
	}
	s.call(t, http.MethodPatch, path, object{"colours": nil}, http.StatusUnprocessableEntity)
	s.call(t, http.MethodPatch, path, object{"tags": nil}, http.StatusOK)
}

func listIsDocumented(t *testing.T, s *server) {
	t.Helper()
	document := s.call(t, http.MethodGet, "/openapi.json", nil, http.StatusOK)
	for name, most := range map[string]any{"Product": nil, "ProductCreate": 4.0, "ProductPatch": 4.0} {
		tags := get[object](t, document, "components", "schemas", name, "properties", "tags")
		if fmt.Sprint(tags["type"]) != "[array null]" || get[string](t, tags, "items", "type") != "string" || tags["maxItems"] != most {
			t.Errorf("%s.tags is %v", name, tags)
		}
		if got := get[string](t, document, "components", "schemas", name, "properties", "colours", "type"); got != "array" {
			t.Errorf("%s.colours is %s", name, got)
		}
	}
	_, fields := s.definition(t, "products")
	for name, want := range map[string]any{"type": "strings", "max_items": 4.0, "filterable": false, "sortable": false} {
		if got := fields["tags"][name]; got != want {
			t.Errorf("%s of a list is %v, want %v", name, got, want)
		}
	}
}

// What is added to customers is erased with them, unless it is said to be impersonal.
func fieldIsErased(t *testing.T, s *server) {
	t.Helper()
	path := fmt.Sprintf("/api/v1/customers/%v", s.call(t, http.MethodPost, "/api/v1/customers", object{
		"email": "ada@example.com", "name": "Ada", "sizes": object{"shoes": 39}, "salutation": "ms", "discount": 5,
	}, http.StatusCreated)["id"])
	s.call(t, http.MethodPost, path+"/erase", nil, http.StatusOK)
	erased := s.call(t, http.MethodGet, path, nil, http.StatusOK)
	if erased["sizes"] != nil || erased["salutation"] != "none" || erased["discount"] != 5.0 {
		t.Errorf("erased, and the customer is %v", erased)
	}
	s.call(t, http.MethodPost, path+"/erase", nil, http.StatusOK)
	if again := s.call(t, http.MethodGet, path, nil, http.StatusOK); again["version"] != erased["version"] {
		t.Errorf("erased twice, and the customer is %v", again)
	}
}
