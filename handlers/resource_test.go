package handlers_test

import (
	"fmt"
	"testing"

	"github.com/storekeeper/storekeeper/handlers"
)

func TestResourceLife(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		category := a.category("chairs")
		created := a.post("/products", map[string]any{
			"sku": "CH-1", "name": "Oak chair", "price": 12900, "stock": 4, "category_id": category,
		}).is(201).has("stock", 4).has("low_stock_at", nil).has("is_active", true).has("description", "").has("version", 1)
		id := created.int("id")
		path := fmt.Sprintf("/products/%d", id)
		if got, want := created.Header.Get("Location"), "/api/v1"+path; got != want {
			t.Errorf("Location: got %q, want %q", got, want)
		}
		if got := created.Header.Get("ETag"); got != `"1"` {
			t.Errorf("ETag: %q", got)
		}

		a.get(path).is(200).has("name", "Oak chair").has("deleted_at", nil)
		patched := a.patch(path, `{"low_stock_at":3,"name":"Ash chair"}`).is(200).
			has("low_stock_at", 3).has("name", "Ash chair").has("price", 12900).has("version", 2)
		if got := patched.Header.Get("ETag"); got != `"2"` {
			t.Errorf("ETag after a patch: %q", got)
		}
		a.patch(path, `{"low_stock_at":null}`, "Content-Type", "application/merge-patch+json").is(200).has("low_stock_at", nil)
		a.patch(path, `{}`).is(200).has("version", 3)

		a.delete(path).is(204)
		a.get(path).problem(404, "not_found")
		a.patch(path, `{"name":"x"}`).problem(404, "not_found")
		a.delete(path).problem(404, "not_found")
		a.get(path + "?include_deleted=true").is(200)
		a.get("/products").is(200).has("total", 0)
		a.get("/products?include_deleted=true").is(200).has("total", 1)
		a.post(path+"/restore", nil).is(200).has("deleted_at", nil)
		a.post(path+"/restore", nil).is(200)
		a.get(path).is(200)
	})
}

func TestIfMatch(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		path := fmt.Sprintf("/categories/%d", a.category("tables"))
		a.patch(path, `{"name":"A"}`, "If-Match", `"1"`).is(200).has("version", 2)
		a.patch(path, `{"name":"B"}`, "If-Match", `"1"`).problem(412, "version_mismatch").
			has("current.name", "A").has("current.version", 2)
		a.patch(path, `{"name":"B"}`, "If-Match", `W/"2"`).problem(412, "version_mismatch")
		a.patch(path, `{"name":"B"}`, "If-Match", `"1", "2"`).is(200).has("version", 3)
		a.patch(path, `{"name":"C"}`, "If-Match", `*`).is(200)
		a.patch(path, `{"name":"D"}`, "If-Match", `3`).problem(422, "invalid", "header.If-Match")
		a.delete(path, "If-Match", `"1"`).problem(412, "version_mismatch")
		a.patch("/categories/99", `{"name":"D"}`, "If-Match", `"1"`).problem(404, "not_found")
		a.patch("/categories/99", `{"parent_id":98}`).problem(404, "not_found")
		a.patch("/products/99", `{"category_id":98}`).problem(404, "not_found")
		a.delete(path, "If-Match", `"4"`).is(204)
	})
}

// Records without versions refuse conditions and show no ETag, because neither could be
// relied on.
func TestUnversioned(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		handlers.ServeUnversioned(a.server)
		path := in("/unversioned/%d", a.category("tea"))
		for _, got := range []*answer{a.get(path).is(200), a.patch(path, `{"name":"Tea"}`).is(200)} {
			if tag := got.Header.Get("ETag"); tag != "" {
				t.Errorf("%s: %s", got.what, tag)
			}
		}
		for _, condition := range []string{`"1"`, "*"} {
			a.patch(path, `{"name":"Lost"}`, "If-Match", condition).problem(422, "invalid", "header.If-Match")
		}
		a.get(path).has("name", "Tea")
	})
}
