package handlers_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Through PgBouncer, in each of its modes and settings, where a transaction can run on any
// of a few connections, many clients do everything at once, and the totals agree.
func TestPgBouncer(t *testing.T) { //nolint:tparallel // the subtests share the role
	t.Parallel()
	server := storetest.Own(t, pgtemp.Options{})
	few := func(settings map[string]string) map[string]string {
		out := map[string]string{"default_pool_size": "3"}
		maps.Copy(out, settings)
		return out
	}
	cases := []struct {
		name     string
		settings map[string]string
		query    string
		role     string // a setting of the role
		limited  bool
	}{
		{"as it comes", nil, "", "", false},
		{"ignoring limits", map[string]string{"ignore_startup_parameters": "statement_timeout,lock_timeout"}, "", "", false},
		{"simple protocol", nil, "&default_query_exec_mode=simple_protocol", "", false},
		{"limits of the role", nil, "", "20s", true},
	}
	if bouncerKeepsStatements(t) {
		cases = append(cases, cases[0])
		last := &cases[len(cases)-1]
		last.name, last.query = "prepared", "&default_query_exec_mode=cache_statement"
		last.settings, last.role, last.limited = map[string]string{"max_prepared_statements": "50"}, "20s", true
	}
	for i, c := range cases { //nolint:paralleltest // one after the other: the role is theirs together
		t.Run(c.name, func(t *testing.T) {
			for _, setting := range []string{"statement_timeout", "lock_timeout"} {
				storetest.Exec(t, server.URL("postgres"), fmt.Sprintf("ALTER ROLE postgres SET %s = '%s'", setting, cmp.Or(c.role, "0")))
			}
			url := storetest.Bouncer(t, server, few(c.settings)) + c.query
			db := storetest.Open(t, store.Config{URL: url, MaxConns: 16, StatementTimeout: 30 * time.Second, LockTimeout: 10 * time.Second})
			if !db.Pooled() || db.Limited() != c.limited {
				t.Errorf("pooled %t, limited %t", db.Pooled(), db.Limited())
			}
			newAPI(t, db).everythingAtOnce(i)
			shoptest.Agree(t, db)
		})
	}
}

// bouncerKeepsStatements reports whether the installed PgBouncer supports prepared
// statements, as it does since 1.21.
func bouncerKeepsStatements(t *testing.T) bool {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		program = "/usr/sbin/pgbouncer"
	}
	out, err := exec.CommandContext(t.Context(), program, "--version").Output()
	if err != nil {
		t.Fatalf("PgBouncer: install it, as `make pgbouncer` does: %v", err)
	}
	version := regexp.MustCompile(`(\d+)\.(\d+)`).FindSubmatch(out)
	if version == nil {
		t.Fatalf("PgBouncer's version: %s", out)
	}
	minor, err := strconv.Atoi(string(version[2]))
	return err == nil && (string(version[1]) != "1" || minor >= 21)
}

// everythingAtOnce lets twelve clients buy, move orders, search and list at the same time.
// The number makes the records of a run unique.
func (a *api) everythingAtOnce(run int) {
	a.t.Helper()
	category := a.category(fmt.Sprint("run-", run))
	var products, customers [4]int64
	for i := range products {
		products[i] = a.product(fmt.Sprintf("R%d-%d", run, i), 100, 1000, category)
		customers[i] = a.customer(fmt.Sprintf("r%d-%d@example.com", run, i))
	}
	c := newCrowd(a.t, a)
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			customer := customers[i%len(customers)]
			for j := range 2 {
				body := fmt.Sprintf(`{"product_id":%d,"quantity":1}`, products[(i+j)%len(products)])
				if status, code, err := c.post(a.t.Context(), fmt.Sprintf("/customers/%d/cart/items", customer), body); status != http.StatusOK {
					a.t.Error(status, code, err)
				}
				status, code, err := c.post(a.t.Context(), fmt.Sprintf("/customers/%d/checkout", customer), "{}")
				if status != http.StatusCreated && code != "empty_cart" { // another client bought it
					a.t.Error(status, code, err)
				}
				for _, path := range []string{
					"/products?q=R&sort=name", fmt.Sprintf("/products?category_id=%d", category), "/orders?status=pending&limit=5",
					"/search?q=example", "/reports/orders-by-status", "/reports/stock-levels", fmt.Sprintf("/products/%d", products[0]),
				} {
					a.get(path).is(200)
				}
			}
		})
	}
	wg.Wait()
	for _, order := range a.get("/orders?status=pending&limit=10").is(200).items() {
		a.post(fmt.Sprintf("/orders/%v/transitions", order["id"]), map[string]any{"to": "cancelled"}).is(200)
	}
}
