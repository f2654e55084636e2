package handlers

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// An enum that only one field has is named after it. One that several fields have is not,
// nor one whose name is taken by a schema. Nullable enums include null.
func TestShareEnums(t *testing.T) {
	t.Parallel()
	named := namedEnums([]definition.Resource{
		{Entity: "Parcel", Fields: []definition.Field{
			{Name: "state", Enum: []string{"open", "sent"}},
			{Name: "box_size", Enum: []string{"s", "m"}},
			{Name: "yes", Enum: []string{"y", "n"}},
			{Name: "name"},
		}},
		{Entity: "Letter", Fields: []definition.Field{{Name: "yes", Enum: []string{"y", "n"}}}},
	}, map[string]any{"ParcelState": 1})
	var schemas any
	parse(t, `{"size":{"type":["string","null"],"enum":["s","m"],"description":"d"},"of":[{"type":"string","enum":["s","m"]}],
		"yes":{"type":["string","null"],"enum":["y","n"]},"state":{"type":"string","enum":["open","sent"]},"enum":{"enum":["m","s"]},"told":{"type":["string","null"],"enum":["y","n",null]},
		"said":{"type":["string","null"],"enum":["s","m",null]}}`, &schemas)
	name(schemas, named)
	var want any
	parse(t, `{"size":{"anyOf":[{"$ref":"#/components/schemas/ParcelBoxSize"},{"type":"null"}],"description":"d"},
		"of":[{"$ref":"#/components/schemas/ParcelBoxSize"}],"yes":{"type":["string","null"],"enum":["y","n",null]},
		"state":{"type":"string","enum":["open","sent"]},"enum":{"enum":["m","s"]},"told":{"type":["string","null"],"enum":["y","n",null]},
		"said":{"anyOf":[{"$ref":"#/components/schemas/ParcelBoxSize"},{"type":"null"}]}}`, &want)
	if !reflect.DeepEqual(schemas, want) {
		t.Errorf("got %v, want %v", schemas, want)
	}
}

func parse(t *testing.T, text string, into *any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}
