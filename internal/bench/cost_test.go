package bench_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// TestCost holds the shop to what it asks of PostgreSQL. Whoever changes one of
// these numbers has made the operation dearer or cheaper at any load; the table
// in docs/performance.md then changes with it.
func TestCost(t *testing.T) {
	t.Parallel()
	p := newPostgres(t, testSize)
	gets := p.readings()
	for _, test := range []struct {
		name   string
		method string
		status int
		target func(operation int) string
		body   string
		keyed  bool

		statements, roundTrips float64
	}{
		{"checkout", http.MethodPost, http.StatusCreated, checkoutPath, "", false, 5, 2},
		{"checkout with an idempotency key", http.MethodPost, http.StatusCreated, checkoutPath, "", true, 7, 3},
		{"update", http.MethodPatch, http.StatusOK, gets[0].target, `{"price":700}`, false, 4, 2},
		{"bulk update of 20", http.MethodPost, http.StatusOK, func(int) string { return "/api/v1/products/bulk" }, bulkBody(20), false, 44, 23},
		{"add to a cart", http.MethodPost, http.StatusOK, func(n int) string { return customerPath(n, "/cart/items") }, `{"product_id":77,"quantity":1}`, false, 10, 8},
		{gets[0].name, http.MethodGet, http.StatusOK, gets[0].target, "", false, 1, 1},
		{gets[1].name, http.MethodGet, http.StatusOK, gets[1].target, "", false, 2, 2},
		{gets[2].name, http.MethodGet, http.StatusOK, gets[2].target, "", false, 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			fill(t, p.db, p.size, spread, warm+1)
			defer execute(t, p.db.SQL(), `DELETE FROM cart_items`)
			tap := p.tapProduct(t)
			tap.body, tap.keyed = test.body, test.keyed
			statements, got := tap.ask(t, warm+1, test.method, test.status, test.target)
			t.Logf("statements:\n%s", strings.Join(statements, "\n"))
			if want := (cost{statements: test.statements, roundTrips: test.roundTrips}); *got != want {
				t.Errorf("expected %v, got %v", want, *got)
			}
		})
	}
}

func bulkBody(n int) string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = strconv.Itoa(i + 1)
	}
	return `{"ids":[` + strings.Join(ids, ",") + `],"patch":{"price":700}}`
}

// TestCostOnSQLite holds a checkout to what it asks of SQLite while nobody else can
// write: besides BEGIN and COMMIT, which are not observed, three statements a line and
// four more, of which only the claim of the cart returns what it has written.
func TestCostOnSQLite(t *testing.T) {
	t.Parallel()
	l := newLite(t, testSize, "NORMAL")
	fill(t, l.db, l.size, spread, 1)
	var statements, returning int
	config := l.config()
	config.Observe = func(ctx context.Context, statement string) (context.Context, func(error)) {
		statements++
		if strings.Contains(statement, "RETURNING") {
			returning++
		}
		return ctx, func(error) {}
	}
	db := openStore(t, config)
	statements, returning = 0, 0
	if err := placeOne(db, 1); err != nil {
		t.Fatal(err)
	}
	if statements != 4+3*linesPerCart || returning != 1 {
		t.Errorf("%d statements, of which %d return what they write", statements, returning)
	}
}
