package adminapi_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/adminapi/testdata/validators"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// validated describes schemas of the package validators as go generate does.
func validated(t *testing.T, schemas ...ent.Interface) (map[string]*definition.Field, error) {
	t.Helper()
	graph := graphOf(t, &gen.Config{Package: fixturePackage, Schema: reflect.TypeFor[validators.Parcel]().PkgPath()}, schemas...)
	if err := adminapi.Prepare(graph); err != nil {
		return nil, err
	}
	source, err := adminapi.ReadValidators(graph)
	if err != nil {
		t.Fatal(err)
	}
	resources, err := adminapi.DescribeWith(graph, source)
	if err != nil {
		return nil, err
	}
	fields := map[string]*definition.Field{}
	for i := range resources[0].Fields {
		fields[resources[0].Fields[i].Name] = &resources[0].Fields[i]
	}
	return fields, nil
}

// TestValidators: what ent's validators ask for is in the definitions.
func TestValidators(t *testing.T) {
	t.Parallel()
	fields, err := validated(t, validators.Parcel{})
	if err != nil {
		t.Fatal(err)
	}
	const e = adminapi.Exact
	for name, want := range map[string][2]any{
		"min": {-4, e}, "max": {-e, 30}, "range": {1, shop.MaxQuantity}, "positive": {1, 1<<31 - 1}, "negative": {-1 << 15, -1},
		"nonnegative": {3, 255}, "nought": {0, e}, "floatmin": {2, 400}, "floatnonnegative": {0, nil}, "far": {-e, e}, "money": {5, e},
		"said_range": {1, 2}, "custom": {-e, e}, "weight": {1, 9},
	} {
		f := fields[name]
		if got := [2]string{number(f.Minimum), number(f.Maximum)}; got != [2]string{fmt.Sprint(want[0]), fmt.Sprint(want[1])} {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"notempty": "1 255", "minlen": "2 255", "minrunelen": "3 9", "match": "1 255 ^a+$", "matchvar": "<nil> 255 " + shop.SlugPattern,
		"said": "1 255 ^b$", "own": "<nil> 255",
	} {
		f := fields[name]
		if got := strings.TrimSpace(number(f.MinLength) + " " + number(f.MaxLength) + " " + f.Pattern); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if f := fields["matchvar"]; f.Format != "slug" {
		t.Errorf("matchvar has the format %q", f.Format)
	}
}

// TestValidatorsAnywhere: it does not matter where in the package of the schema a field is
// built, as long as its name and its validators stand in one chain.
func TestValidatorsAnywhere(t *testing.T) {
	t.Parallel()
	fields, err := validated(t, &validators.Crate{})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"method", "variable", "shadowed", "generic", "instance", "embedded", "pointer", "parametrised"} {
		if got, want := number(fields[name].Maximum), strconv.Itoa(i+1); got != want {
			t.Errorf("%s: at most %s, want %s", name, got, want)
		}
	}
}

func number[T any](n *T) string {
	if n == nil {
		return "<nil>"
	}
	return fmt.Sprint(*n)
}

// TestUnknownValidators: a validator that the document and the screens cannot have is
// refused with what to write.
func TestUnknownValidators(t *testing.T) {
	t.Parallel()
	for want, schema := range map[string]ent.Interface{
		"Fraction.x: Min(1/2): the document and the screens have whole numbers": validators.Fraction{},
		"Positive.x: Positive: the document and the screens have whole numbers": validators.Positive{},
		"Unknown.x: Max: its limit is only known while the program runs":        validators.Unknown{},
		"Elsewhere.x: its validators cannot be read from the schema":            validators.Elsewhere{},
		"Other.x: Max(3): admin.Range says 4: leave it out":                     validators.Other{},
		"Length.x: MinLen: its limit is only known while the program runs":      validators.Length{},
		"Nothing.x: MaxLen(0): no text is as short":                             validators.Nothing{},
		"Pattern.x: Match: its pattern is only known while the program runs":    validators.Pattern{},
		`Two.x: Match("^[a-z0-9]+`:                                              validators.Two{},
		"Apart.x: its validators cannot be read from the schema":                validators.Apart{},
		"Loop.x: its validators cannot be read from the schema":                 validators.Loop{},
		"Bounds.x: Range: its limit is only known while the program runs":       validators.Bounds{},
		"Late.x: its validators cannot be read from the schema":                 validators.Late{},
		"Never.x: no number is at least 3 and at most 2":                        validators.Never{},
	} {
		_, err := validated(t, schema)
		if err == nil || !strings.Contains(err.Error(), "adminapi: "+want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
