package adminapi_test

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	fixture "github.com/storekeeper/storekeeper/internal/adminapi/testdata/fixture/schema"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for entity, want := range map[string]struct{ camel, path, label, labels string }{
		"Product":           {"product", "products", "Product", "Products"},
		"OrderItem":         {"orderItem", "order-items", "Order item", "Order items"},
		"InventoryMovement": {"inventoryMovement", "inventory-movements", "Inventory movement", "Inventory movements"},
		"Category":          {"category", "categories", "Category", "Categories"},
		"Equipment":         {"equipment", "equipment", "Equipment", "Equipment"},
		"ContactPerson":     {"contactPerson", "contact-people", "Contact person", "Contact people"},
		"APIToken":          {"apiToken", "api-tokens", "API token", "API tokens"},
		"UserAPIToken":      {"userAPIToken", "user-api-tokens", "User API token", "User API tokens"},
		"VATRate":           {"vatRate", "vat-rates", "VAT rate", "VAT rates"},
		"HTTPSEndpoint":     {"httpsEndpoint", "https-endpoints", "HTTPS endpoint", "HTTPS endpoints"},
		"SKU":               {"sku", "skus", "SKU", "SKUs"},
	} {
		got := want
		got.camel, got.path = adminapi.LowerCamel(entity), adminapi.PathOf(entity)
		got.label, got.labels = adminapi.Words(adminapi.Snake(entity)), adminapi.Words(got.path)
		if got != want {
			t.Errorf("%s: %v, want %v", entity, got, want)
		}
	}
	for name, want := range map[string][2]string{
		"sku":          {"SKU", "SKU"},
		"low_stock_at": {"Low stock at", "LowStockAt"},
		"order-items":  {"Order items", ""},
		"api_token_id": {"API token ID", "APITokenID"},
	} {
		if got := adminapi.Words(name); got != want[0] {
			t.Errorf("%s in words: %s", name, got)
		}
		if got := adminapi.GoName(name); want[1] != "" && got != want[1] {
			t.Errorf("%s in Go: %s", name, got)
		}
	}
	for name, want := range map[string]string{"lowStockAt": "low_stock_at", "OrderItem": "order_item", "sku": "sku"} {
		if got := adminapi.Snake(name); got != want {
			t.Errorf("%s in snake case: %s", name, got)
		}
	}
}

// TestTags reads tags back through reflect, as huma does.
func TestTags(t *testing.T) {
	t.Parallel()
	for _, value := range []string{
		`^[a-z0-9]+(-[a-z0-9]+)*$`, `^[^@\s]+@[^@\s]+$`, fixture.Quoted, `"`, `\`, "`", "a\nb\tc", "é ☃", `\"`, " a:\"b\" ",
	} {
		literal := adminapi.Tag("pattern", value)
		tag, err := strconv.Unquote(literal)
		if err != nil {
			t.Errorf("%q: %s is no Go literal: %v", value, literal, err)
			continue
		}
		if got := reflect.StructTag(tag).Get("pattern"); got != value {
			t.Errorf("%q reads back as %q", value, got)
		}
	}
}

// TestPatternTag: huma compiles and applies the pattern of a tag.
func TestPatternTag(t *testing.T) {
	t.Parallel()
	const slug = `^[a-z0-9]+(-[a-z0-9]+)*$`
	tag, err := strconv.Unquote(adminapi.Tag("pattern", slug))
	if err != nil {
		t.Fatal(err)
	}
	registry := huma.NewMapRegistry("#/", huma.DefaultSchemaNamer)
	schema := huma.SchemaFromField(registry, reflect.StructField{
		Name: "Slug", Type: reflect.TypeFor[string](), Tag: reflect.StructTag(tag),
	}, "")
	for text, valid := range map[string]bool{"a-b1": true, "a": true, "A": false, "-a": false, "a--b": false, "": false, "a\n": false} {
		res := &huma.ValidateResult{}
		huma.Validate(registry, schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, text, res)
		if got := len(res.Errors) == 0; got != valid {
			t.Errorf("%q matches: %t", text, got)
		}
	}
}
