package definition_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/definition"
)

func TestFiltersOf(t *testing.T) {
	t.Parallel()
	ranges := "x x_gte x_gt x_lte x_lt"
	for typ, want := range map[definition.Type]string{
		definition.String: "x", definition.Boolean: "x", definition.Enum: "x", definition.Reference: "x",
		definition.Integer: ranges, definition.Number: ranges, definition.Money: ranges, definition.DateTime: ranges,
		definition.Text: "", definition.Strings: "", definition.JSON: "",
	} {
		f := definition.Field{Name: "x", Type: typ, Filterable: true}
		if got := strings.Join(definition.FiltersOf(&f), " "); got != want {
			t.Errorf("%s: %q, want %q", typ, got, want)
		}
		if f.Nullable = true; want != "" {
			want += " x_null"
		}
		if got := strings.Join(definition.FiltersOf(&f), " "); got != want {
			t.Errorf("%s that may be null: %q, want %q", typ, got, want)
		}
	}
	for _, f := range []definition.Field{
		{Name: "x", Type: definition.String},
		{Name: "x", Type: definition.String, Filterable: true, Computed: true},
	} {
		if got := definition.FiltersOf(&f); got == nil || len(got) > 0 {
			t.Errorf("%+v: %v", f, got)
		}
	}
}

func TestResource(t *testing.T) {
	t.Parallel()
	r := definition.Resource{
		Operations: []definition.Operation{definition.List, definition.Get},
		Fields:     []definition.Field{{Name: "a"}, {Name: "b", Type: definition.Money}},
	}
	if !r.Offers(definition.Get) || r.Offers(definition.Create) {
		t.Errorf("offers %v", r.Operations)
	}
	if f, ok := r.Field("b"); !ok || f != &r.Fields[1] {
		t.Errorf("field b is %+v", f)
	}
	if f, ok := r.Field("c"); ok || f != nil {
		t.Errorf("field c is %+v", f)
	}
}

func TestNoun(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{
		"Order item": "order item", "Customers": "customers", "API token": "API token", "SKUs": "SKUs", "Tax ID": "tax ID", "É": "é", "X": "x",
	} {
		if got := definition.Noun(label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

// TestOperationsAreAll checks that each operation is listed once.
func TestOperationsAreAll(t *testing.T) {
	t.Parallel()
	sorted := slices.Sorted(slices.Values(definition.Operations))
	if len(slices.Compact(sorted)) != 8 {
		t.Errorf("%v", definition.Operations)
	}
}

// TestJSON checks that the names of table and column are not sent to clients.
func TestJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(definition.Resource{Table: "secret", Fields: []definition.Field{{Column: "secret"}}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "secret") {
		t.Errorf("%s", text)
	}
}
