package bench_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// TestCost fixes what the shop's operations cost PostgreSQL. A change of one of these
// numbers makes the operation cheaper or more expensive at any load; update the table in
// docs/performance.md with it.
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
		{"bulk update of 20", http.MethodPost, http.StatusOK, func(int) string { return "/api/v1/products/bulk" }, bulkBody(20), false, 45, 23},
		{"add to a cart", http.MethodPost, http.StatusOK, func(n int) string { return customerPath(n, "/cart/items") }, `{"product_id":77,"quantity":1}`, false, 9, 7},
		{gets[0].name, http.MethodGet, http.StatusOK, gets[0].target, "", false, 1, 1},
		{gets[1].name, http.MethodGet, http.StatusOK, gets[1].target, "", false, 2, 2},
		{"list on one page", http.MethodGet, http.StatusOK, func(n int) string { return gets[1].target(n) + "?id=1,2,3" }, "", false, 1, 1},
		{gets[2].name, http.MethodGet, http.StatusOK, gets[2].target, "", false, 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			fill(t, p.db, p.size, spread, warm+1)
			defer storetest.SQL(t, p.db, `DELETE FROM cart_items`)
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

// TestCostOfLogin fixes what a login costs PostgreSQL. Most of it counts the attempt as
// failed and takes that back, each in a separate transaction, between which the hash is
// computed.
func TestCostOfLogin(t *testing.T) {
	t.Parallel()
	tap, url := openTap(t, storetest.URL(t, dialect.Postgres))
	accounts := staff.New(staff.Config{
		DB:   storetest.Open(t, store.Config{URL: url, MaxConns: 1}),
		Hash: password.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32},
	})
	const email, secret = "owner@shop.test", "wrong horse battery"
	ctx := access.System(context.Background())
	if err := accounts.SyncRoles(ctx); err != nil {
		t.Fatal(err)
	}
	if _, _, err := accounts.Add(ctx, staff.Member{Email: email, Name: "Robin", Role: access.RoleOwner, Password: secret}); err != nil {
		t.Fatal(err)
	}
	for range warm + 1 {
		tap.Reset()
		if _, err := accounts.Login(context.Background(), email, secret, ""); err != nil {
			t.Fatal(err)
		}
	}
	if statements, trips := tap.Heard(); len(statements) != 20 || trips != 11 {
		t.Errorf("%d round trips for %d statements:\n%s", trips, len(statements), strings.Join(statements, "\n"))
	}
}

func bulkBody(n int) string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = strconv.Itoa(i + 1)
	}
	return `{"ids":[` + strings.Join(ids, ",") + `],"patch":{"price":700}}`
}

// TestCostOnSQLite fixes what a checkout costs SQLite while nobody else can write. Besides
// BEGIN and COMMIT, which are not observed, there are three statements for each line and
// four others. Only one of them returns rows that it wrote: the one that claims the cart.
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
	db := storetest.Open(t, config)
	statements, returning = 0, 0
	if err := placeOne(db, 1); err != nil {
		t.Fatal(err)
	}
	if statements != 4+3*linesPerCart || returning != 1 {
		t.Errorf("%d statements, of which %d return what they write", statements, returning)
	}
}
