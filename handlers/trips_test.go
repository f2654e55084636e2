package handlers_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/bench/wire"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// TestRoundTrips holds everything that is read to the number of times that it waits for
// PostgreSQL, of which a session costs one, when a shop has many of everything: what asks
// for each row by itself fails here. Of paths that the table does not begin
// with, as those of an entity that is added, there may be no records.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	o := tapped(t)
	want, all := maps.Clone(roundTrips), newDriver(t, o.api).operations
	ours := map[string]bool{}
	for _, op := range all {
		if _, known := want[op.id]; known {
			ours[firstOf(op.path)] = true
		}
	}
	for _, op := range all {
		if op.method != "GET" || !ours[firstOf(op.path)] {
			continue
		}
		most, known := want[op.id]
		delete(want, op.id)
		statements, got := o.trips(func(int) *answer { return o.get(o.filled(op.path), o.session...).is(200) })
		if !known || got > most {
			t.Errorf("%q: %d, // expected %d\n%s", op.id, got, most, strings.Join(statements, "\n"))
		}
	}
	if len(want) > 0 {
		t.Errorf("there is no %q", slices.Collect(maps.Keys(want)))
	}
}

// firstOf is the segment of the API's path that names the resource.
func firstOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v1/"), "/")
	return first
}

// TestRoundTripsOfWrites does so with what people do all day. What nobody waits for goes
// with what comes next: BEGIN, entries of the trail, and savepoints where all goes well.
func TestRoundTripsOfWrites(t *testing.T) {
	t.Parallel()
	o := tapped(t)
	o.delete("/customers/2/cart", o.session...).is(204)
	type fields = map[string]any
	post := func(path string, body any) *answer { return o.post(path, body, o.session...) }
	var orders []int64
	for range tries {
		post("/customers/3/cart/items", fields{"product_id": 1, "quantity": 1}).is(200)
		orders = append(orders, post("/customers/3/checkout", nil).is(201).int("id"))
	}
	for _, c := range []struct {
		name    string
		most    int
		request func(i int) *answer
	}{
		{"creation", 3, func(i int) *answer { return post("/categories", fields{"name": "N", "slug": in("n-%d", i)}).is(201) }},
		{"change", 3, func(i int) *answer { return o.patch("/categories/1", fields{"position": i + 1}, o.session...).is(200) }},
		{"deletion", 3, func(i int) *answer { return o.delete(in("/customers/%d", i+20), o.session...).is(204) }},
		{"cart", 9, func(i int) *answer {
			return post("/customers/2/cart/items", fields{"product_id": i + 1, "quantity": 1}).is(200)
		}},
		{"note", 4, func(int) *answer { return post("/orders/1/notes", fields{"note": "N"}).is(201) }},
		{"step", 6, func(i int) *answer {
			return post(in("/orders/%d/transitions", orders[i]), fields{"to": "processing"}).is(200)
		}},
		{"cancellation", 9, func(i int) *answer {
			return post(in("/orders/%d/transitions", orders[i]), fields{"to": "cancelled"}).is(200)
		}},
		{"movement", 5, func(int) *answer {
			return post("/products/1/stock-movements", fields{"quantity_change": 1, "reason": "receipt"}).is(201)
		}},
		{"import of 20 new products", 36, func(i int) *answer {
			return o.sheet("/products", twenty(i, 0), o.session...).says4(20, 0, 0, 0)
		}},
		{"import of 20 products that change", 30, func(i int) *answer {
			return o.sheet("/products", twenty(0, i+1), o.session...).says4(0, 20, 0, 0)
		}},
	} {
		if statements, got := o.trips(c.request); got > c.most {
			t.Errorf("%s: %d round trips, expected %d\n%s", c.name, got, c.most, strings.Join(statements, "\n"))
		}
	}
}

// twenty is a file with 20 products that have stock.
func twenty(first, price int) string {
	var b strings.Builder
	b.WriteString("sku,name,price,stock,category_id\n")
	for i := range 20 {
		b.WriteString(in("N-%d", 20*first+i) + ",N," + in("%d", price) + ",7," + in("%d", 1+i%2) + "\n")
	}
	return b.String()
}

// tappedOffice is an office behind a tap, and a session of its owner.
type tappedOffice struct {
	*office

	tap     *wire.Tap
	session []string
}

func tapped(t *testing.T) *tappedOffice {
	t.Helper()
	ctx := storetest.Context(t)
	tap, url, err := wire.Open(context.WithoutCancel(ctx), storetest.URL(t, dialect.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tap.Close() })
	db := storetest.Open(t, store.Config{URL: url, MaxConns: 1})
	_, err = seed.Run(ctx, db, seed.Options{Products: 30, Customers: 30, Orders: 300, Seed: 7, Now: time.Now().UTC()})
	if err != nil {
		t.Fatal(err)
	}
	o := &tappedOffice{office: newOffice(t, db), tap: tap}
	o.everyone()
	o.session = o.login("owner")
	for i := 1; i <= 30; i++ {
		o.patch(in("/products/%d", i), map[string]any{"price": 100 + i, "is_active": true}, o.session...).is(200)
		o.patch("/products/1", map[string]any{"price": 100 + i}, o.session...).is(200)
		o.post("/customers/1/cart/items", map[string]any{"product_id": i, "quantity": 1}, o.session...).is(200)
		o.post("/api-tokens", map[string]any{"name": in("t-%d", i)}, o.session...).is(201)
		o.post("/orders/1/notes", map[string]any{"note": "N"}, o.session...).is(201)
		o.post(in("/products/%d/stock-movements", i), map[string]any{"quantity_change": 100, "reason": "receipt"}, o.session...).is(201)
		o.login("owner")
	}
	return o
}

// filled fills in the ids of the records that have the most related ones.
func (o *tappedOffice) filled(path string) string {
	path = strings.TrimPrefix(path, "/api/v1")
	path = strings.ReplaceAll(path, "{id}", "1")
	query := ""
	switch {
	case path == "/search":
		query = "?q=an"
	case strings.HasPrefix(path, "/audit-entries/export"):
		query = "?format=csv"
	}
	return path + query
}

// tries is how often a request is made: until its statements are prepared, and until one
// falls within the 50 ms for which the sender is cached.
const tries = 8

// trips makes a request several times, and returns the cheapest run.
func (o *tappedOffice) trips(request func(i int) *answer) (statements []string, roundTrips int) {
	o.t.Helper()
	for i := range tries {
		o.tap.Reset()
		request(i)
		heard, n := o.tap.Heard()
		if i == 0 || n < roundTrips {
			statements, roundTrips = heard, n
		}
	}
	return statements, roundTrips
}

// roundTrips are the round trips of each GET of the OpenAPI document, by operation id.
var roundTrips = map[string]int{
	"setup-state":                    1,
	"healthz":                        0,
	"get-schema":                     1,
	"list-permissions":               1,
	"readyz":                         1,
	"export-audit-entries":           2,
	"get-api-token":                  2,
	"get-audit-entry":                2,
	"get-category":                   2,
	"get-customer":                   2,
	"get-inventory-movement":         2,
	"get-order-item":                 2,
	"get-product":                    2,
	"get-role":                       2,
	"get-staff-member":               2,
	"get-stock":                      2,
	"list-sessions":                  2,
	"report-unpacked":                2,
	"report-returns":                 2,
	"get-api-token-history":          3,
	"get-me":                         3,
	"get-order":                      3,
	"get-order-history":              3,
	"get-order-timeline":             3,
	"get-product-history":            3,
	"get-role-history":               3,
	"get-staff-member-history":       3,
	"get-stock-series":               3,
	"list-api-tokens":                3,
	"list-audit-entries":             3,
	"list-categories":                3,
	"list-customers":                 3,
	"list-inventory-movements":       3,
	"list-order-events":              3,
	"list-order-items":               3,
	"list-products":                  3,
	"list-roles":                     3,
	"list-staff":                     3,
	"report-customer":                3,
	"report-orders-by-status":        3,
	"report-stock-levels":            3,
	"report-summary":                 3,
	"search":                         3,
	"get-audit-entry-history":        4,
	"get-cart":                       4,
	"get-category-history":           4,
	"get-customer-history":           4,
	"get-inventory-movement-history": 4,
	"get-order-item-history":         4,
	"list-orders":                    4,
	"list-stock-movements":           5,
	"report-sales":                   5,
	"get-personal-data":              10,
}
