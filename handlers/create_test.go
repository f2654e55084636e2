package handlers_test

import (
	"fmt"
	"testing"
)

func TestCreateDefaults(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		category := a.post("/categories", `{"name":"Tables","slug":"tables"}`).is(201).
			has("parent_id", nil).has("position", 0).has("version", 1).has("deleted_at", nil).int("id")
		a.post("/products", fmt.Sprintf(`{"sku":"T","name":"Table","price":0,"category_id":%d}`, category)).is(201).
			has("description", "").has("stock", 0).has("low_stock_at", nil).has("is_active", true)
		a.post("/products", fmt.Sprintf(`{"sku":"U","name":"Table","price":1,"category_id":%d,
			"description":"of oak","stock":3,"low_stock_at":0,"is_active":false}`, category)).is(201).
			has("description", "of oak").has("stock", 3).has("low_stock_at", 0).has("is_active", false)
		a.post("/customers", `{"email":"Jane.Doe@Example.COM","name":"Jane"}`).is(201).
			has("email", "jane.doe@example.com").has("phone", nil).has("note", nil)
		a.post("/customers", `{"email":"a@example.com","name":"A","phone":null,"note":null}`).is(201).
			has("phone", nil).has("note", nil)
		if n := a.number("SELECT COUNT(*) FROM inventory_movements WHERE reason = 'initial'"); n != 1 {
			t.Errorf("%d initial movements: want one, since a stock of 0 moves nothing", n)
		}
		a.reconciled()
	})
}

// Every member of a body: missing, unknown, of another type, or null.
func TestCreateRefusesShapes(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.refuses(ids,
			refusal{request: "POST /products", body: `{"name":"N","price":1,"category_id":{category}}`, at: at("body.sku")},
			refusal{request: "POST /products", body: `{"sku":"S","price":1,"category_id":{category}}`, at: at("body.name")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","category_id":{category}}`, at: at("body.price")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1}`, at: at("body.category_id")},
			refusal{request: "POST /products", body: `{}`, at: at("body.sku", "body.name", "body.price", "body.category_id")},

			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"colour":"red"}`, at: at("body.colour")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"id":7}`, at: at("body.id")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"version":7}`, at: at("body.version")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"deleted_at":null}`, at: at("body.deleted_at")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"created_at":"2026-01-01T00:00:00Z"}`, at: at("body.created_at")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","PRICE":1,"category_id":{category}}`, at: at("body.PRICE", "body.price")},
			refusal{request: "POST /products", body: `{"Sku":"S","name":"N","price":1,"category_id":{category}}`, at: at("body.Sku", "body.sku")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"":1}`, status: 422},

			refusal{request: "POST /products", body: `{"sku":1,"name":"N","price":1,"category_id":{category}}`, at: at("body.sku")},
			refusal{request: "POST /products", body: `{"sku":"S","name":["N"],"price":1,"category_id":{category}}`, at: at("body.name")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":"1","category_id":{category}}`, at: at("body.price")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":true,"category_id":{category}}`, at: at("body.price")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":{},"category_id":{category}}`, at: at("body.price")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":"{category}"}`, at: at("body.category_id")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"is_active":"true"}`, at: at("body.is_active")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"is_active":1}`, at: at("body.is_active")},

			refusal{request: "POST /products", body: `{"sku":null,"name":"N","price":1,"category_id":{category}}`, at: at("body.sku")},
			refusal{request: "POST /products", body: `{"sku":"S","name":null,"price":1,"category_id":{category}}`, at: at("body.name")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":null,"category_id":{category}}`, at: at("body.price")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":null}`, at: at("body.category_id")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"stock":null}`, at: at("body.stock")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"is_active":null}`, at: at("body.is_active")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{category},"description":null}`, at: at("body.description")},

			refusal{request: "POST /products", body: `null`},
			refusal{request: "POST /products", body: `[]`},
			refusal{request: "POST /products", body: `"text"`},
			refusal{request: "POST /products", body: `7`},

			refusal{request: "POST /customers", body: `{"name":"N"}`, at: at("body.email")},
			refusal{request: "POST /customers", body: `{"email":"a@example.com"}`, at: at("body.name")},
			refusal{request: "POST /categories", body: `{"name":"N"}`, at: at("body.slug")},
			refusal{request: "POST /categories", body: `{"slug":"n"}`, at: at("body.name")},
			refusal{request: "POST /categories", body: `{"name":"N","slug":"n","children":[1]}`, at: at("body.children")},
			refusal{request: "POST /categories", body: `{"name":"N","slug":"n","position":null}`, at: at("body.position")},
		)
	})
}

// Resources that have only operations cannot be written by generic requests.
func TestNoGenericWrites(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		for _, resource := range []string{"orders", "order-items", "inventory-movements"} {
			a.refuses(ids,
				refusal{request: "POST /" + resource, body: `{}`, status: 405},
				refusal{request: "PATCH /" + resource + "/1", body: `{}`, status: 405},
				refusal{request: "PUT /" + resource + "/1", body: `{}`, status: 405},
				refusal{request: "DELETE /" + resource + "/1", status: 405},
				refusal{request: "POST /" + resource + "/1/restore", status: 404},
				refusal{request: "POST /" + resource + "/bulk", body: `{"ids":[1],"action":"delete"}`, status: 405},
			)
		}
		a.refuses(ids,
			refusal{request: "POST /order-events", body: `{}`, status: 405},
			refusal{request: "DELETE /order-events/1", status: 404},
			refusal{request: "GET /idempotency-keys", status: 404},
			refusal{request: "GET /cart-items", status: 404},
			refusal{request: "PUT /products/{product}", body: `{}`, status: 405},
			refusal{request: "DELETE /products", status: 405},
		)
	})
}

func TestReferences(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.refuses(ids,
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":999}`, at: at("body.category_id")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":9007199254740991}`, at: at("body.category_id")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":{gone_category}}`, at: at("body.category_id")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":0}`, at: at("body.category_id")},
			refusal{request: "POST /products", body: `{"sku":"S","name":"N","price":1,"category_id":-1}`, at: at("body.category_id")},
			refusal{request: "PATCH /products/{product}", body: `{"category_id":999}`, at: at("body.category_id")},
			refusal{request: "PATCH /products/{product}", body: `{"category_id":{gone_category}}`, at: at("body.category_id")},
			refusal{request: "POST /categories", body: `{"name":"N","slug":"n","parent_id":999}`, at: at("body.parent_id")},
			refusal{request: "POST /categories", body: `{"name":"N","slug":"n","parent_id":{gone_category}}`, at: at("body.parent_id")},
			refusal{request: "PATCH /categories/{category}", body: `{"parent_id":999}`, at: at("body.parent_id")},
			refusal{request: "PATCH /categories/{category}", body: `{"parent_id":{gone_category}}`, at: at("body.parent_id")},
			refusal{name: "itself", request: "PATCH /categories/{category}", body: `{"parent_id":{category}}`, at: at("body.parent_id")},
			refusal{name: "cycle", request: "PATCH /categories/{category}", body: `{"parent_id":{child}}`, at: at("body.parent_id")},
			refusal{name: "with children", request: "DELETE /categories/{category}", status: 409},
		)
		for path, field := range map[string]string{"/products/{product}": "category_id", "/categories/{category}": "parent_id"} {
			a.patch(ids.in(path), map[string]any{field: 999}).is(422).says("category 999 does not exist")
			a.patch(ids.in(path), map[string]any{field: ids["gone_category"]}).is(422).says(ids.in("category {gone_category} is deleted"))
		}
		a.patch(ids.in("/products/{product}"), ids.in(`{"category_id":{child}}`)).is(200)
		a.patch(ids.in("/products/{second}"), ids.in(`{"category_id":{child}}`)).is(200)
		a.refuses(ids, refusal{name: "with products", request: "DELETE /categories/{child}", status: 409})
		a.patch(ids.in("/categories/{child}"), `{"parent_id":null}`).is(200).has("parent_id", nil)
		a.delete(ids.in("/categories/{category}")).is(204) // its deleted product does not prevent that
		a.refuses(ids,
			refusal{name: "into a deleted category", request: "POST /products/{gone_product}/restore", status: 409},
			refusal{name: "under a deleted parent", request: "PATCH /categories/{child}", body: `{"parent_id":{category}}`, at: at("body.parent_id")},
		)
		a.post(ids.in("/categories/{category}/restore"), nil).is(200)
		a.post(ids.in("/products/{gone_product}/restore"), nil).is(200)
	})
}

func TestRestoreBelowDeletedParent(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["leaf"] = a.post("/categories", ids.in(`{"name":"L","slug":"leaf","parent_id":{spare}}`)).is(201).int("id")
		a.delete(ids.in("/categories/{leaf}")).is(204)
		a.delete(ids.in("/categories/{spare}")).is(204)
		a.refuses(ids, refusal{request: "POST /categories/{leaf}/restore", status: 409})
		a.post(ids.in("/categories/{spare}/restore"), nil).is(200)
		a.post(ids.in("/categories/{leaf}/restore"), nil).is(200).has("parent_id", int(ids["spare"]))
	})
}

// The SKU, slug or address of a living record is unique; that of a deleted one is free.
func TestUniqueness(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.refuses(ids,
			refusal{request: "POST /products", body: `{"sku":"P-1","name":"N","price":1,"category_id":{category}}`, status: 409, at: at("body.sku")},
			refusal{request: "PATCH /products/{product}", body: `{"sku":"P-2"}`, status: 409, at: at("body.sku")},
			refusal{request: "POST /categories", body: `{"name":"N","slug":"chairs"}`, status: 409, at: at("body.slug")},
			refusal{request: "PATCH /categories/{category}", body: `{"slug":"chairs"}`, status: 409, at: at("body.slug")},
			refusal{request: "POST /customers", body: `{"email":"JANE@example.com","name":"N"}`, status: 409, at: at("body.email")},
			refusal{request: "PATCH /customers/{buyer}", body: `{"email":"Jane@Example.Com"}`, status: 409, at: at("body.email")},
		)
		a.patch(ids.in("/products/{product}"), `{"sku":"P-1"}`).is(200) // its own
		a.patch(ids.in("/products/{product}"), `{"sku":"p-2"}`).is(200) // SKUs are case-sensitive

		a.post("/products", ids.in(`{"sku":"P-3","name":"N","price":1,"category_id":{category}}`)).is(201)
		a.post("/categories", `{"name":"N","slug":"gone"}`).is(201)
		a.post("/customers", `{"email":"gone@example.com","name":"N"}`).is(201)
		a.refuses(ids,
			refusal{request: "POST /products/{gone_product}/restore", status: 409, at: at("path.id")},
			refusal{request: "POST /categories/{gone_category}/restore", status: 409, at: at("path.id")},
			refusal{request: "POST /customers/{gone_customer}/restore", status: 409, at: at("path.id")},
		)
	})
}

func TestIDs(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		cases := []refusal{}
		for _, path := range []string{
			"GET /products/%s", "PATCH /products/%s", "DELETE /products/%s", "POST /products/%s/restore",
			"GET /orders/%s", "GET /orders/%s/timeline", "POST /orders/%s/notes", "POST /orders/%s/transitions", "POST /orders/%s/delivery-address",
			"GET /customers/%s/cart", "POST /customers/%s/cart/items", "POST /customers/%s/checkout",
			"GET /products/%s/stock", "GET /products/%s/stock-movements", "POST /products/%s/stocktake",
		} {
			body := ""
			switch path {
			case "PATCH /products/%s":
				body = `{"name":"N"}`
			case "POST /orders/%s/notes":
				body = `{"note":"N"}`
			case "POST /orders/%s/delivery-address":
				body = `{"delivery_address":null}`
			case "POST /orders/%s/transitions":
				body = `{"to":"processing"}`
			case "POST /customers/%s/cart/items":
				body = `{"product_id":{product},"quantity":1}`
			case "POST /products/%s/stocktake":
				body = `{"counted":1,"expected":1}`
			}
			for _, id := range []string{
				"abc", "0", "-1", "1.5", "1e3", "9223372036854775808", "99999999999999999999", "0x10", "%31%30%30x", "+", "%20", "1,2", "%00", "%ff",
				"01", "+1", "%2B1", "0x1", "1_0",
			} {
				cases = append(cases, refusal{request: fmt.Sprintf(path, id), body: body, at: at("path.id")})
			}
			for _, id := range []string{"999", "9007199254740991", "9223372036854775807"} {
				cases = append(cases, refusal{request: fmt.Sprintf(path, id), body: body, status: 404})
			}
		}
		a.refuses(ids, cases...)
	})
}
