package handlers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"testing"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// derived are the members that the server sets by itself.
var derived = []string{"updated_at", "version"}

// FuzzMergePatch sends random bytes as a patch of a product. The server never fails, a
// refused patch changes nothing, and the result of an accepted one is that of RFC 7396.
func FuzzMergePatch(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"name":"A"}`, `{"low_stock_at":null}`, `{"low_stock_at":5,"price":1e3}`, `{"price":null}`,
		`{"name":""}`, `{"unknown":1}`, `{"Name":"x"}`, `{"stock":5}`, `{"version":9}`, `[]`, `null`, `"x"`, ``, `{`,
		`{"name":"a","name":"b"}`, `{"name":"\u0000"}`, "{\"name\":\"\xff\"}", `{"price":9007199254740992}`,
		`{"price":-0}`, `{"is_active":"true"}`, `{"category_id":99}`, `{"name":{"a":1}}`, ` {"name" : "é"} `,
	} {
		f.Add([]byte(seed))
	}
	db := storetest.SQLite(f)
	server := newServer(f, db)
	f.Fuzz(func(t *testing.T, body []byte) {
		a := &api{t: t, db: db, server: server}
		category := a.category("fuzz")
		path := fmt.Sprintf("/products/%d", a.product("FUZZ", 1999, 3, category))
		before := a.get(path).is(200).JSON
		answer := a.patch(path, string(body))
		after := a.get(path).is(200).JSON
		switch {
		case answer.Status >= 500:
			t.Fatalf("%q: %d %s", body, answer.Status, answer.Text)
		case answer.Status != 200:
			if !reflect.DeepEqual(before, after) {
				t.Fatalf("%q was refused but changed something:\n%v\n%v", body, before, after)
			}
		default:
			checkMerged(t, body, before, after)
		}
		a.delete(path).is(204)
		a.delete(fmt.Sprintf("/categories/%d", category)).is(204)
	})
}

// checkMerged compares with the reference: members of the patch replace those of the
// target, null removes them. No member of a product is an object.
func checkMerged(t *testing.T, body []byte, before, after map[string]any) {
	t.Helper()
	var patch map[string]any
	if err := json.Unmarshal(body, &patch); err != nil {
		t.Fatalf("%q was accepted: %v", body, err)
	}
	want := maps.Clone(before)
	for name, value := range patch {
		if _, ok := want[name]; !ok {
			t.Fatalf("%q was accepted with the unknown member %s", body, name)
		}
		want[name] = value
	}
	for _, name := range derived {
		want[name] = after[name]
	}
	if !reflect.DeepEqual(want, after) {
		t.Fatalf("%q gave\n%v, want\n%v", body, after, want)
	}
}
