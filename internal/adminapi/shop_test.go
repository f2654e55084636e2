package adminapi_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/definition"
)

// realSchema returns the described schema of the shop, which ent reads in another
// process.
var realSchema = sync.OnceValues(func() ([]definition.Resource, error) {
	graph, err := entc.LoadGraph("../../ent/schema", &gen.Config{Package: "github.com/storekeeper/storekeeper/ent"})
	if err != nil {
		return nil, err
	}
	if err := adminapi.Prepare(graph); err != nil {
		return nil, err
	}
	source, err := adminapi.ReadValidators(graph)
	if err != nil {
		return nil, err
	}
	return adminapi.DescribeWith(graph, source)
})

func shopDefinitions(t *testing.T) map[string]definition.Resource {
	t.Helper()
	all, err := realSchema()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]definition.Resource{}
	for _, r := range all {
		byName[r.Name] = r
	}
	return byName
}

// TestShop compares the core of the shop's schema with its contract: what each resource
// shows, what must be given (*), what may be null (?), and what clients may write at
// creation (c) and in a patch (u). A shop may have more fields.
func TestShop(t *testing.T) {
	t.Parallel()
	const kept = "created_at:datetime, updated_at:datetime, version:integer, deleted_at:datetime?"
	want := map[string]string{
		"categories": "list get create update delete restore bulk import | id:integer, name:string*cu, slug:string*cu, " +
			"parent_id:reference(categories)?cu, position:integer=0 cu, " + kept,
		"products": "list get create update delete restore bulk import | id:integer, sku:string*cu, name:string*cu, description:text= cu, " +
			"price:money*cu, stock:integer=0 c, low_stock_at:integer?cu, is_active:boolean=true cu, " +
			"category_id:reference(categories)*cu, " + kept,
		"customers": "list get create update delete restore bulk import | id:integer, email:string*cu, name:string*cu, phone:string?cu, " +
			"note:text?cu, " + kept,
		"orders": "list get | id:integer, customer_id:reference(customers), status:enum, total_amount:money, currency:string, " +
			"placed_at:datetime, number:integer, allowed_transitions:json, items:json, created_at:datetime, updated_at:datetime, version:integer",
		"order-items": "list get | id:integer, order_id:reference(orders), product_id:reference(products), sku:string, " +
			"product_name:string, quantity:integer, price:money, created_at:datetime",
		"inventory-movements": "list get | id:integer, product_id:reference(products), quantity_change:integer, " +
			"balance_after:integer, reason:enum, note:text?, order_item_id:reference(order-items)?, actor:string, created_at:datetime",
	}
	all := shopDefinitions(t)
	got := map[string]string{}
	for name := range want {
		r, ok := all[name]
		if !ok {
			t.Errorf("no resource %s", name)
			continue
		}
		got[name] = summary(&r, want[name])
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, internal := range []string{"cart-items", "order-events", "idempotency-keys"} {
		if _, ok := all[internal]; ok {
			t.Errorf("%s is internal", internal)
		}
	}
}

// TestShopIsDescribed: a resource is described by the first sentence of its schema's
// comment. The rest of the comment is only for readers of the code.
func TestShopIsDescribed(t *testing.T) {
	t.Parallel()
	all := shopDefinitions(t)
	for name, want := range map[string]string{
		"products": "Something the shop sells.", "api-tokens": "Lets a program act for a staff member.",
		"staff": "A person who works in the back office.",
	} {
		if got := all[name].Description; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// summary is a resource on one line, without the fields that the contract does not name.
// For fields that no client writes it says nothing about defaults.
func summary(r *definition.Resource, contract string) string {
	ops := make([]string, len(r.Operations))
	for i, op := range r.Operations {
		ops[i] = string(op)
	}
	var fields []string
	for i := range r.Fields {
		if f := &r.Fields[i]; strings.Contains(contract, " "+f.Name+":") {
			fields = append(fields, fieldSummary(r, f))
		}
	}
	return strings.Join(ops, " ") + " | " + strings.Join(fields, ", ")
}

func fieldSummary(r *definition.Resource, f *definition.Field) string {
	var b strings.Builder
	b.WriteString(f.Name + ":" + string(f.Type))
	if f.Reference != "" {
		b.WriteString("(" + f.Reference + ")")
	}
	written := r.Offers(definition.Create)
	if written && f.Default != nil {
		fmt.Fprintf(&b, "=%v ", f.Default)
	}
	for _, mark := range []struct {
		text string
		set  bool
	}{
		{"*", written && f.Required},
		{"?", f.Nullable},
		{"c", written && f.Creatable},
		{"u", written && f.Updatable},
	} {
		if mark.set {
			b.WriteString(mark.text)
		}
	}
	return b.String()
}

// TestShopLimits: the limits that the contract sets in characters and numbers.
func TestShopLimits(t *testing.T) {
	t.Parallel()
	all := shopDefinitions(t)
	for name, most := range map[string]int{
		"categories.name": 100, "products.sku": 64, "products.name": 255, "customers.name": 255,
	} {
		f := shopField(t, all, name)
		if f.MinLength == nil || *f.MinLength != 1 || f.MaxLength == nil || *f.MaxLength != most {
			t.Errorf("%s: %v..%v", name, f.MinLength, f.MaxLength)
		}
	}
	if f := shopField(t, all, "categories.slug"); f.Pattern != `^[a-z0-9]+(-[a-z0-9]+)*$` {
		t.Errorf("slugs match %s", f.Pattern)
	}
	for name, limits := range map[string][2]int64{
		"products.price":                      {0, adminapi.Exact},
		"products.stock":                      {0, adminapi.Exact},
		"products.low_stock_at":               {0, adminapi.Exact},
		"order-items.quantity":                {1, 1_000_000},
		"inventory-movements.quantity_change": {-adminapi.Exact, adminapi.Exact},
	} {
		f := shopField(t, all, name)
		if *f.Minimum != limits[0] || *f.Maximum != limits[1] {
			t.Errorf("%s: %d..%d", name, *f.Minimum, *f.Maximum)
		}
	}
	for _, name := range []string{"products.sku", "products.name", "products.price", "products.category_id", "orders.status", "orders.customer_id"} {
		if f := shopField(t, all, name); !f.Indexed || !f.Filterable {
			t.Errorf("%s: indexed %t, filterable %t", name, f.Indexed, f.Filterable)
		}
	}
	if f := shopField(t, all, "products.stock"); f.Indexed {
		t.Error("moving stock would touch an index")
	}
}

func shopField(t *testing.T, all map[string]definition.Resource, name string) *definition.Field {
	t.Helper()
	resource, field, _ := strings.Cut(name, ".")
	r := all[resource]
	f, ok := r.Field(field)
	if !ok {
		t.Fatalf("no field %s", name)
	}
	return f
}
