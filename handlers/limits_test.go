package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

const largest = "9007199254740991" // 2^53-1

// Amounts and quantities at and beyond their limits, in every notation of JSON.
func TestNumbers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		product := func(member, value string) string {
			members := map[string]string{"sku": `"S"`, "name": `"N"`, "price": "1", "category_id": strconv.FormatInt(ids["category"], 10), member: value}
			var out []string
			for name, v := range members {
				out = append(out, fmt.Sprintf("%q:%s", name, v))
			}
			return "{" + strings.Join(out, ",") + "}"
		}
		var cases []refusal
		for _, member := range []string{"price", "stock", "low_stock_at"} {
			for _, value := range []string{
				"-1", "9007199254740992", "9007199254740993", "9223372036854775807", "9223372036854775808",
				"-9223372036854775808", "1e400", "-1e400", "1e16", "1.5", "0.1", "1e-1", "9007199254740991.5",
				"123456789012345678901234567890", "1" + times("0", 309), "0.99999999999999999999", "1999.9999999999999999", "9007199254740990.5",
				"1e-400", "1e-99999999999999999999", "1.5e-9223372036854775808", `"1"`, "[1]", "true",
			} {
				cases = append(cases, refusal{
					name: "create " + member + "=" + value, request: "POST /products", body: product(member, value), at: at("body." + member),
				})
				if member != "stock" {
					cases = append(cases, refusal{
						name: "patch " + member + "=" + value, request: "PATCH /products/{product}", body: fmt.Sprintf(`{%q:%s}`, member, value), at: at("body." + member),
					})
				}
			}
		}
		for _, value := range []string{"1000001", "-1000001", "1.5", "1e7", "9223372036854775808"} {
			cases = append(cases,
				refusal{name: "position=" + value, request: "PATCH /categories/{category}", body: `{"position":` + value + `}`, at: at("body.position")})
		}
		a.refuses(ids, cases...)

		for value, want := range map[string]json.Number{
			"0": "0", "-0": "0", "0.0": "0", "-0.0": "0", "0e10": "0", "1e3": "1000", "1E3": "1000", "1.0": "1", "10e-1": "1",
			"1.5e1": "15", "1000000000000e3": "1000000000000000", largest: largest, largest + ".0": largest, "9007199254740.991e3": largest,
		} {
			got := a.patch(ids.in("/products/{product}"), `{"price":`+value+`,"low_stock_at":`+value+`}`).is(200)
			if text := string(want); !strings.Contains(got.Text, `"price":`+text+",") || !strings.Contains(got.Text, `"low_stock_at":`+text+",") {
				t.Errorf("%s: want %s\n%s", value, text, got.Text)
			}
		}
		got := a.post("/products", product("stock", largest)).is(201)
		if !strings.Contains(got.Text, `"stock":`+largest+",") {
			t.Errorf("stock at the limit: %s", got.Text)
		}
		ids["full"] = got.int("id")
		a.refuses(ids, refusal{
			name: "stock past the limit", request: "POST /products/{full}/stock-movements",
			body: `{"quantity_change":1,"reason":"receipt"}`, at: at("body.quantity_change"),
		})
		a.reconciled()
	})
}

// Text limits count characters, not bytes.
func TestTextLimits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		limits := []struct {
			request, body, member string // body has %s for the text
			least, most           int
			ok                    int
		}{
			{"PATCH /products/{product}", `{"sku":"%s"}`, "body.sku", 1, 64, 200},
			{"PATCH /products/{product}", `{"name":"%s"}`, "body.name", 1, 255, 200},
			{"PATCH /products/{product}", `{"description":"%s"}`, "body.description", 0, 10000, 200},
			{"PATCH /categories/{category}", `{"name":"%s"}`, "body.name", 1, 100, 200},
			{"PATCH /customers/{customer}", `{"name":"%s"}`, "body.name", 1, 255, 200},
			{"PATCH /customers/{customer}", `{"phone":"%s"}`, "body.phone", 0, 50, 200},
			{"PATCH /customers/{customer}", `{"note":"%s"}`, "body.note", 0, 10000, 200},
			{"PATCH /customers/{customer}", `{"address":"%s"}`, "body.address", 1, 500, 200},
			{"POST /orders/{order}/delivery-address", `{"delivery_address":"%s"}`, "body.delivery_address", 1, 500, 200},
			{"POST /orders/{order}/notes", `{"note":"%s"}`, "body.note", 1, 2000, 201},
			{"POST /products/{product}/stock-movements", `{"quantity_change":1,"reason":"receipt","note":"%s"}`, "body.note", 0, 2000, 201},
			{"POST /products/{second}/stocktake", `{"counted":4,"expected":5,"note":"%s"}`, "body.note", 0, 2000, 201},
		}
		for _, l := range limits {
			method, path, _ := strings.Cut(ids.in(l.request), " ")
			for _, letter := range []string{"a", "ü", "漢", "😀", "x\u0301", "a\u202e"} {
				per := len([]rune(letter))
				past := fmt.Sprintf(l.body, times(letter, l.most/per+1))
				a.refuses(ids, refusal{name: l.member + " past " + letter, request: l.request, body: past, at: at(l.member)})
				if strings.Contains(l.request, "stocktake") || l.member == "body.sku" && letter == "a\u202e" {
					continue // a stocktake would need the current stock; a SKU has no invisible characters
				}
				a.do(method, path, fmt.Sprintf(l.body, times(letter, l.most/per))).is(l.ok)
			}
			if l.least > 0 {
				a.refuses(ids, refusal{name: l.member + " empty", request: l.request, body: fmt.Sprintf(l.body, ""), at: at(l.member)})
			}
		}
		a.patch(ids.in("/customers/{customer}"), `{"phone":"","note":""}`).is(200).has("phone", "").has("note", "")
		if n := a.number("SELECT COUNT(*) FROM order_events WHERE note NOT LIKE 'Delivery%'"); n != 6 {
			t.Errorf("%d notes were kept, want 6", n)
		}
	})
}

func TestSlugsAndAddresses(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		var cases []refusal
		for _, slug := range []string{"", "-", "a-", "-a", "a--b", "A", "a b", "ä", "a_b", "a\\n", times("a", 101)} {
			cases = append(cases, refusal{name: "slug " + slug, request: "PATCH /categories/{category}", body: `{"slug":"` + slug + `"}`, at: at("body.slug")})
		}
		for _, email := range []string{
			"", "a", "@", "a@", "@b.c", "a@b", "a b@example.com", "a@example..com", "a@-example.com", "a@example.com\\n", "ä@example.com",
			"a@exämple.com", "a@example.com, b@example.com", "<a@example.com>", times("a", 243) + "@example.com", " a@example.com", "a@example.com ",
		} {
			cases = append(cases, refusal{name: "email " + email, request: "PATCH /customers/{customer}", body: `{"email":"` + email + `"}`, at: at("body.email")})
		}
		a.refuses(ids, cases...)
		for _, slug := range []string{"a", "0", "a-b-c", times("a", 100)} {
			a.patch(ids.in("/categories/{category}"), `{"slug":"`+slug+`"}`).is(200).has("slug", slug)
		}
		for _, email := range []string{"a@b.c", "o'brien+x@example.co.uk", times("a", 242) + "@example.com", "A.B`{|}~@EXAMPLE.com"} {
			a.patch(ids.in("/customers/{customer}"), `{"email":"`+email+`"}`).is(200).has("email", strings.ToLower(email))
			a.get("/customers?email="+url.QueryEscape(email)).is(200).has("total", 1)
		}
	})
}

// NUL, which PostgreSQL cannot store, and invalid UTF-8.
func TestTextThatIsNone(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		ids["order"] = a.order(ids["customer"], 1, ids["product"])
		for _, c := range []struct{ request, body, member string }{
			{"POST /products", `{"sku":"S%s","name":"N","price":1,"category_id":{category}}`, "body.sku"},
			{"POST /products", `{"sku":"S","name":"%sN","price":1,"category_id":{category}}`, "body.name"},
			{"PATCH /products/{product}", `{"description":"a%sb"}`, "body.description"},
			{"PATCH /customers/{customer}", `{"note":"%s"}`, "body.note"},
			{"POST /customers", `{"email":"a%s@example.com","name":"N"}`, "body.email"},
			{"PATCH /categories/{category}", `{"slug":"a%s"}`, "body.slug"},
			{"POST /orders/{order}/notes", `{"note":"%s"}`, "body.note"},
			{"PATCH /customers/{customer}", `{"address":"%s"}`, "body.address"},
			{"POST /customers/{customer}/checkout", `{"delivery_address":"%s"}`, "body.delivery_address"},
			{"POST /orders/{order}/delivery-address", `{"delivery_address":"%s"}`, "body.delivery_address"},
			{"POST /orders/{order}/transitions", `{"to":"processing","note":"%s"}`, "body.note"},
			{"POST /orders/{order}/transitions", `{"to":"processing%s"}`, "body.to"},
			{"POST /products/{product}/stock-movements", `{"quantity_change":1,"reason":"receipt","note":"%s"}`, "body.note"},
			{"POST /products/{product}/stocktake", `{"counted":9,"expected":10,"note":"%s"}`, "body.note"},
			{"POST /products/bulk", `{"ids":[{product}],"patch":{"name":"%s"}}`, "body.patch.name"},
			{"PATCH /products/{product}", `{"x":["a",{"y":"%s"}]}`, "body.x[1].y"},
			{"PATCH /products/{product}", `{"na%sme":"N"}`, "body"},
		} {
			for name, bad := range map[string]string{
				"escaped NUL": `\u0000`, "byte ff": "\xff", "overlong": "\xc0\xaf", "cut short": "\xe6\xbc", "surrogate": "\xed\xa0\x80", "past Unicode": "\xf4\x90\x80\x80",
				"half a pair": `\ud800`, "the other half": `\udc00x`,
			} {
				a.refuses(ids, refusal{name: name + " in " + c.body, request: c.request, body: fmt.Sprintf(c.body, bad), at: at(c.member)})
			}
			a.refuses(ids, refusal{name: "raw NUL in " + c.body, request: c.request, body: fmt.Sprintf(c.body, "\x00"), status: 400, at: at("body")})
		}
		// Valid text that resembles them.
		a.patch(ids.in("/products/{product}"), `{"description":"\\u0000 and \ud83d\ude00 and \ufffd"}`).is(200).
			has("description", `\u0000 and 😀 and `+"\ufffd")
	})
}
