package handlers

import (
	"reflect"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// The document has one schema per name: a type of another package with the name of a
// resource, used in a JSON field, does not replace the resource's schema.
func TestSchemaNames(t *testing.T) {
	t.Parallel()
	for typ, want := range map[reflect.Type]string{
		reflect.TypeFor[Product](): "Product", reflect.TypeFor[*ProductPatch](): "ProductPatch", reflect.TypeFor[[]Product](): "Hint",
		reflect.TypeFor[ent.Product](): "EntProduct", reflect.TypeFor[*ent.ProductCreate](): "EntProductCreate",
		reflect.TypeFor[shop.FieldError](): "FieldError",
	} {
		if got := schemaName(typ, "Hint"); got != want {
			t.Errorf("%s is called %s, want %s", typ, got, want)
		}
	}
}
