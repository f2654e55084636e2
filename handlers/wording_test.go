package handlers_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// Validation messages are in plain words, with numbers in full.
func TestWording(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		category := a.category("tea")
		product := func(members map[string]any) map[string]any {
			body := map[string]any{"sku": "T-1", "name": "Tea", "price": 1, "category_id": category}
			maps.Copy(body, members)
			return body
		}
		for _, c := range []struct {
			answer *answer
			want   string
		}{
			{a.get("/products/abc"), `{"location":"path.id","message":"expected an integer"}`},
			{a.get("/products/1/stock?as_of=yesterday"), "expected an RFC 3339 time with its zone, such as 2026-11-01T00:00:00Z"},
			{a.get("/orders?placed_at_gte=10000-01-01T00:00:00Z"), "expected an RFC 3339 time of the years 1 to 9999, such as 2026-01-31T12:00:00Z"},
			{a.post("/products", product(map[string]any{"price": 9007199254740992})), "expected at most 9007199254740991"},
			{a.post("/products", product(map[string]any{"price": -1})), "expected at least 0"},
			{a.post("/products", product(map[string]any{"price": 1.5})), "expected an integer"},
			{a.post("/products", product(map[string]any{"sku": ""})), "must not be empty"},
			{a.post("/products", product(map[string]any{"sku": strings.Repeat("x", 65)})), "expected at most 64 characters"},
			{a.post("/products", product(map[string]any{"Name": "x"})), `{"location":"body.Name","message":"is not a field of this body"}`},
			{a.post("/customers", map[string]any{"email": "jane", "name": "Jane"}), "expected an email address such as jane@example.com"},
			{a.post("/categories", map[string]any{"slug": "A b", "name": "A"}), "expected text that matches ^[a-z0-9]+(-[a-z0-9]+)*$"},
			{a.post("/products/bulk", map[string]any{"ids": []int{1, 1}, "action": "delete"}), "expected each value once"},
			{a.post("/orders/1/transitions", map[string]any{"to": "lost"}), "expected one of pending, processing, shipped, delivered, cancelled"},
		} {
			c.answer.is(422).says(c.want)
		}
		for range 10 { // unknown members are reported in the same order every time
			a.post("/products", product(map[string]any{"zoo": 1, "ant": 1, "mouse": 1, "price": -1, "bee": 1})).is(422).
				says(`{"location":"body.ant","message":"is not a field of this body"},{"location":"body.bee"`).
				says(`{"location":"body.mouse","message":"is not a field of this body"},{"location":"body.zoo"`)
			a.get("/products/1/stock?zoo=1&ant=1&bee=1").is(422).
				says(`[{"location":"query.ant","message":"unknown query parameter"},{"location":"query.bee","message":"unknown query parameter"},{"location":"query.zoo"`)
			a.get("/products?sort=id&sort=id&limit=1&limit=1&price=1&price=1").is(422).says(`"query.limit"`)
		}
	})
	explained := &huma.Schema{Type: huma.TypeString, Pattern: "^a$", PatternDescription: "^a$: An a."}
	optional := &huma.Schema{Type: huma.TypeString, Nullable: true, Enum: []any{"red", nil}}
	for want, schema := range map[string]*huma.Schema{
		"expected one of red, null": optional, "expected text that matches ^a$: An a.": explained,
	} {
		schema.PrecomputeMessages()
		var found huma.ValidateResult
		huma.Validate(huma.NewMapRegistry("#/", huma.DefaultSchemaNamer), schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, "green", &found)
		if got := fmt.Sprint(found.Errors); !strings.Contains(got, want) {
			t.Error(got)
		}
	}
}

// However long what is wrong is, the answer is short, and it is text.
func TestRefusalsAreShort(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		for _, sent := range []string{strings.Repeat("x", 900_000), strings.Repeat("\u20ac", 300_000)} {
			for _, answer := range []*answer{
				a.post("/products", map[string]any{sent: 1}),
				a.post("/roles", map[string]any{"name": "n", "label": "L", "permissions": []string{sent}}),
				a.sheet("/products", sent+"\n1\n"),
				a.get("/products?" + url.QueryEscape(sent[:9000]) + "=1"),
				a.get("/" + url.PathEscape(sent[:9000])),
			} {
				if answer.Status != http.StatusNotFound {
					answer.problem(422, "invalid")
				}
				if len(answer.Text) > 5000 || strings.ContainsRune(answer.Text, '\ufffd') {
					t.Errorf("%s: %d bytes: %.200s", answer.what, len(answer.Text), answer.Text)
				}
			}
		}
	})
}
