package handlers_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

// RFC 7396: absent members keep their value, null removes it where allowed, the others are
// replaced; nothing else of the record changes.
func TestMergePatch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		path := ids.in("/products/{product}")
		before := a.get(path).is(200)
		after := a.patch(path, `{"price":500}`).is(200).has("price", 500).has("version", 2)
		for _, member := range []string{"id", "sku", "name", "description", "stock", "low_stock_at", "is_active", "category_id", "created_at", "deleted_at"} {
			if before.at(member) != after.at(member) {
				t.Errorf("%s changed from %v to %v", member, before.at(member), after.at(member))
			}
		}
		was, now := a.time(before, "updated_at"), a.time(after, "updated_at")
		if !now.After(was) {
			t.Errorf("updated_at: %v, then %v", was, now)
		}
		a.get(path).is(200).has("price", 500).has("version", 2).has("updated_at", after.at("updated_at"))

		a.patch(path, ids.in(`{"sku":"X","name":"N","description":"D","price":1,"low_stock_at":2,"is_active":false,"category_id":{spare}}`)).is(200).
			has("sku", "X").has("name", "N").has("description", "D").has("price", 1).has("low_stock_at", 2).
			has("is_active", false).has("category_id", int(ids["spare"])).has("version", 3)
		a.patch(path, `{"description":"","is_active":true,"low_stock_at":0,"price":0}`).is(200).
			has("description", "").has("is_active", true).has("low_stock_at", 0).has("price", 0)
		a.patch(path, `{"low_stock_at":null}`).is(200).has("low_stock_at", nil)
		a.patch(path, `{"low_stock_at":null}`).is(200).has("low_stock_at", nil)

		customer := ids.in("/customers/{customer}")
		a.patch(customer, `{"phone":"+49 30 1234","note":"regular"}`).is(200).has("phone", "+49 30 1234").has("note", "regular")
		a.patch(customer, `{"phone":null}`).is(200).has("phone", nil).has("note", "regular")
		a.patch(ids.in("/categories/{child}"), `{"parent_id":null,"position":-5}`).is(200).has("parent_id", nil).has("position", -5)
	})
}

func (a *api) time(r *answer, path string) time.Time {
	a.t.Helper()
	text, _ := r.at(path).(string)
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || at.Location() != time.UTC || at.Nanosecond()%1000 != 0 {
		a.t.Fatalf("%s: %q is no time in UTC with microseconds: %v", path, text, err)
	}
	return at
}

// An empty patch writes nothing.
func TestEmptyPatch(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		before := a.snapshot()
		for _, path := range []string{"/products/{product}", "/categories/{child}", "/customers/{customer}"} {
			a.patch(ids.in(path), `{}`).is(200).has("version", 1)
			a.patch(ids.in(path), `{}`, "If-Match", `"1"`).is(200).has("version", 1)
			a.patch(ids.in(path), `{}`, "If-Match", `"2"`).problem(http.StatusPreconditionFailed, "version_mismatch")
		}
		a.unchanged(before)
	})
}

func TestPatchRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		cases := []refusal{
			{request: "PATCH /products/{product}", body: `{"stock":11}`, at: at("body.stock")},
			{request: "PATCH /products/{product}", body: `{"version":1}`, at: at("body.version")},
			{request: "PATCH /products/{product}", body: `{"deleted_at":null}`, at: at("body.deleted_at")},
			{request: "PATCH /products/{product}", body: `{"id":1}`, at: at("body.id")},
			{request: "PATCH /products/{product}", body: `{"Name":"N"}`, at: at("body.Name")},
			{request: "PATCH /products/{product}", body: `{"name":"N","NAME":"M"}`, at: at("body.NAME")},
			{request: "PATCH /products/{product}", body: `{"category":{"id":1}}`, at: at("body.category")},
			{request: "PATCH /products/{product}", body: `{"name":{"a":1}}`, at: at("body.name")},
			{request: "PATCH /products/{product}", body: `{"low_stock_at":{"a":null}}`, at: at("body.low_stock_at")},
			{name: "two at once", request: "PATCH /products/{product}", body: `{"name":"","price":-1}`, at: at("body.name", "body.price")},
			{request: "PATCH /products/{product}", body: `null`},
			{request: "PATCH /products/{product}", body: `[]`},
			{name: "JSON patch", request: "PATCH /products/{product}", body: `[{"op":"replace","path":"/name","value":"N"}]`},
			{request: "PATCH /products/{gone_product}", body: `{"name":"N"}`, status: 404},
			{request: "PATCH /categories/{gone_category}", body: `{"name":"N"}`, status: 404},
			{request: "PATCH /customers/{gone_customer}", body: `{"name":"N"}`, status: 404},
			{request: "DELETE /customers/{gone_customer}", status: 404},
			{request: "POST /customers/999/restore", status: 404},
			{request: "GET /customers/{gone_customer}", status: 404},
			{request: "GET /customers/{customer}?include_deleted=yes", at: at("query.include_deleted")},
			{request: "GET /customers/{customer}?include_deleted=1", at: at("query.include_deleted")},
			{request: "GET /customers/{customer}?include_deleted=TRUE", at: at("query.include_deleted")},
			{request: "GET /reports/customers/{customer}?include_deleted=t", at: at("query.include_deleted")},
			{request: "GET /customers/{customer}?include_deleted=true&include_deleted=true", at: at("query.include_deleted")},
			{request: "GET /customers/{customer}?fields=name", at: at("query.fields")},
			{request: "PATCH /customers/{customer}?dry_run=1", body: `{"name":"N"}`, at: at("query.dry_run")},
			{request: "DELETE /customers/{customer}?force=true", at: at("query.force")},
			{request: "POST /products?x=1", body: `{"sku":"S","name":"N","price":1,"category_id":{category}}`, at: at("query.x")},
			{request: "GET /orders/1?include_deleted=true", at: at("query.include_deleted")},
		}
		for _, required := range []struct{ request, member string }{
			{"PATCH /products/{product}", "sku"},
			{"PATCH /products/{product}", "name"},
			{"PATCH /products/{product}", "description"},
			{"PATCH /products/{product}", "price"},
			{"PATCH /products/{product}", "is_active"},
			{"PATCH /products/{product}", "category_id"},
			{"PATCH /categories/{category}", "name"},
			{"PATCH /categories/{category}", "slug"},
			{"PATCH /categories/{category}", "position"},
			{"PATCH /customers/{customer}", "email"},
			{"PATCH /customers/{customer}", "name"},
		} {
			cases = append(cases, refusal{
				request: required.request, body: fmt.Sprintf(`{%q:null}`, required.member), at: at("body." + required.member),
			})
		}
		a.refuses(ids, cases...)
	})
}

func TestIfMatchForms(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		path := ids.in("/products/{product}")
		a.patch(path, `{"name":"A"}`).is(200).has("version", 2)
		stale := func(header string) refusal {
			return refusal{
				name: "stale " + header, request: "PATCH /products/{product}", body: `{"name":"B"}`,
				headers: []string{"If-Match", header}, status: 412, code: "version_mismatch",
			}
		}
		broken := func(header string) refusal {
			return refusal{
				name: "broken " + header, request: "PATCH /products/{product}", body: `{"name":"B"}`,
				headers: []string{"If-Match", header}, at: at("header.If-Match"),
			}
		}
		a.refuses(ids,
			stale(`"1"`), stale(`"3"`), stale(`W/"2"`), stale(`"abc"`), stale(`""`), stale(`"1", "3"`), stale(`"02x"`), stale(`"99999999999999999999"`), stale(`"-2"`),
			stale(`"02"`), stale(`"+2"`), stale(`"2,3"`), stale(`"1,"`), stale(`W/"2" ,"1, 2"`), stale(`"1",, ,"3",`),
			broken(`"2" "2"`), broken(`"2""3"`), broken(`W/"2" "3"`), broken(`"`), broken(`2`), broken(`"2`), broken(`2"`), broken(`,`), broken(`'2'`), broken(`*,"2"`), broken(`"2",*`), broken(`w/"2"`), broken(`W/ "2"`), broken(`"1" "2","3"`), broken(``), broken(` `),
			refusal{
				request: "PATCH /products/{product}", body: `{"name":"B"}`, // the lines of a header are one list
				headers: []string{"If-Match", `"1"`, "If-Match", `"3"`}, status: 412, code: "version_mismatch",
			},
			refusal{request: "PATCH /products/{product}", body: `{"name":"B"}`, headers: []string{"If-Match", ``, "If-Match", `"1"`}, status: 412, code: "version_mismatch"},
			refusal{request: "DELETE /products/{product}", headers: []string{"If-Match", `"1"`}, status: 412, code: "version_mismatch"},
			refusal{request: "DELETE /products/{product}", headers: []string{"If-None-Match", `*`}, at: at("header.If-None-Match")},
			refusal{
				request: "PATCH /products/{product}", body: `{"name":"B"}`,
				headers: []string{"If-Unmodified-Since", "Mon, 30 Nov 2026 12:00:00 GMT"}, at: at("header.If-Unmodified-Since"),
			},
			refusal{request: "DELETE /products/{product}", headers: []string{"If-Match", `x`}, at: at("header.If-Match")},
			refusal{request: "DELETE /products/999", headers: []string{"If-Match", `"1"`}, status: 404},
			refusal{request: "DELETE /products/{gone_product}", headers: []string{"If-Match", `"2"`}, status: 404},
			refusal{request: "POST /products/{gone_product}/restore", headers: []string{"If-Match", `"1"`}, status: 412, code: "version_mismatch"},
		)
		// 412 comes before refusals by a rule: the other's change may be the reason for
		// those.
		for request, body := range map[string]string{
			"PATCH /products/{product}":    `{"category_id":{gone_category}}`,
			"PATCH /categories/{category}": `{"parent_id":{child}}`,
		} {
			a.refuses(ids,
				refusal{request: request, body: body, headers: []string{"If-Match", `"7"`}, status: 412, code: "version_mismatch"},
				refusal{request: request, body: body, headers: []string{"If-Match", `*`}, status: 422},
			)
		}
		a.patch(path, `{}`, "If-Match", `"1"`, "If-Match", `"2"`).is(200).has("version", 2)
		a.patch(path, `{}`, "If-Match", `,"1,3" , ,"2",`).is(200).has("version", 2)
		problem := a.patch(path, `{"name":"B"}`, "If-Match", `"1"`).is(412)
		problem.has("current.name", "A").has("current.version", 2).has("current.price", 1999).has("current.stock", 10)

		// Selling does not make a colleague's edit fail.
		a.order(ids["customer"], 1, ids["product"])
		a.patch(path, `{"name":"B"}`, "If-Match", `"2"`).is(200).has("version", 3).has("stock", 9)
		a.get(path, "If-None-Match", `"3"`).is(200) // there is no 304
		a.delete(path, "If-Match", `"3"`).is(204)
		restored := a.post(path+"/restore", nil, "If-Match", `"4"`).is(200).has("version", 5).has("deleted_at", nil)
		if tag := restored.Header.Get("ETag"); tag != `"5"` {
			t.Errorf("ETag: %q", tag)
		}
		// Of many patches with one ETag, exactly one applies.
		statuses := atOnce(8, func(i int) *answer { return a.patch(path, in(`{"name":"racer %d"}`, i), "If-Match", `"5"`) })
		if statuses[200] != 1 || statuses[412] != 7 {
			t.Errorf("8 patches under one ETag were answered %v", statuses)
		}
		a.get(path).has("version", 6)
	})
}
