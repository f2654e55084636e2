package listquery_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
)

func TestParams(t *testing.T) {
	t.Parallel()
	res := &definition.Resource{
		Name: "orders", DefaultSort: "-placed_at,id", SoftDelete: true,
		Fields: []definition.Field{
			plain("id", definition.Integer),
			{Name: "status", Type: definition.Enum, Enum: []string{"pending", "shipped"}, Filterable: true},
			search(nullable(definition.Field{Name: "note", Type: definition.String, Filterable: true})),
			{Name: "placed_at", Type: definition.DateTime, Sortable: true},
			{Name: "customer_id", Type: definition.Reference, Filterable: true},
		},
	}
	want := []listquery.Param{
		{Name: "limit", Type: "integer", Format: "int64", Minimum: new(int64(1)), Maximum: new(int64(200)), Default: 25},
		{Name: "cursor", Type: "string", MinLength: new(1)},
		{Name: "offset", Type: "integer", Format: "int64", Minimum: new(int64(0)), Maximum: new(int64(10_000))},
		{
			Name: "sort", Type: "string", Enum: []string{"id", "-id", "placed_at", "-placed_at"},
			Default: []string{"-placed_at", "id"}, Array: true, MaxItems: 5,
		},
		{Name: "count", Type: "string", Enum: []string{"none"}},
		{Name: "q", Type: "string", MinLength: new(1), MaxLength: new(200), Repeated: true},
		{Name: "include_deleted", Type: "boolean", Default: false},
		{Name: "id", Type: "integer", Format: "int64", Array: true, MaxItems: 200},
		{Name: "id_gte", Type: "integer", Format: "int64"},
		{Name: "id_gt", Type: "integer", Format: "int64"},
		{Name: "id_lte", Type: "integer", Format: "int64"},
		{Name: "id_lt", Type: "integer", Format: "int64"},
		{Name: "status", Type: "string", Enum: []string{"pending", "shipped"}, Array: true, MaxItems: 200},
		{Name: "note", Type: "string", MinLength: new(1), Array: true, MaxItems: 200},
		{Name: "note_null", Type: "boolean"},
		{Name: "customer_id", Type: "integer", Format: "int64", Minimum: new(int64(1)), Array: true, MaxItems: 200},
	}
	got := listquery.Params(res)
	for i := range got {
		if got[i].Description == "" {
			t.Errorf("%s has no description", got[i].Name)
		}
		got[i].Description = ""
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every documented parameter is accepted with a value of its documented type.
func TestParamsAreAccepted(t *testing.T) {
	t.Parallel()
	samples := map[string]string{
		"string": "x", "integer": "7", "number": "1.5", "boolean": "true", "date-time": "2026-01-31T12:00:00Z",
	}
	for _, res := range []*definition.Resource{products(), specimens()} {
		for _, p := range listquery.Params(res) {
			if p.Name == "cursor" {
				continue
			}
			sample := samples[p.Type]
			if p.Format == "date-time" {
				sample = samples[p.Format]
			}
			values := []string{sample}
			if len(p.Enum) > 0 {
				values = p.Enum
			}
			for _, value := range values {
				if got := refusals(t, res, p.Name+"="+value); got != nil {
					t.Errorf("%s=%s: refuses %v", p.Name, value, got)
				}
			}
			if got := refusals(t, res, p.Name+"="+sample+","+sample); p.Array && p.Type != "string" && got != nil {
				t.Errorf("%s is no list: refuses %v", p.Name, got)
			} else if want := []string{"query." + p.Name}; !p.Array && p.Type != "string" && !slices.Equal(got, want) {
				t.Errorf("%s is a list: refuses %v", p.Name, got)
			}
		}
	}
}
