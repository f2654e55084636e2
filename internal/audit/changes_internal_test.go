package audit

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Changes are encoded as the API shows them, whatever they contain, and whatever spaces a
// database has put into them.
func TestEncodeChanges(t *testing.T) {
	t.Parallel()
	if n := reflect.TypeFor[shop.Change]().NumField(); n != 5 {
		t.Errorf("a change has %d fields, and encodeChanges writes 5", n)
	}
	value := rapid.SampledFrom([]json.RawMessage{
		nil, shop.Null, json.RawMessage("0"), json.RawMessage("-1.50"), json.RawMessage("true"), json.RawMessage(`"a, b: {\" <é>"`),
		json.RawMessage("[]"), json.RawMessage(`[1, {"a b": " c , d"}, null]`), json.RawMessage("{\n\t\"a\": [ ]\n}"),
	})
	change := rapid.Custom(func(t *rapid.T) shop.Change {
		return shop.Change{
			Field:  rapid.StringMatching(`[a-z][a-z0-9_]*`).Draw(t, "field"),
			Before: value.Draw(t, "before"),
			After:  value.Draw(t, "after"),
			Secret: rapid.Bool().Draw(t, "secret"),
			Erased: rapid.Bool().Draw(t, "erased"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		changes := rapid.SliceOf(change).Draw(t, "changes")
		got, err := encodeChanges(changes)
		want, wantErr := encode(changes)
		if err != nil || wantErr != nil || got != string(want) {
			t.Errorf("%s %v, expected %s %v", got, err, want, wantErr)
		}
	})
}
