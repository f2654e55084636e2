package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// While somebody holds locks on all members, sessions and tokens, logins wait or get 503.
// The rest of the shop works meanwhile, and logins do again once the locks are released.
func TestAccountsAreLocked(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, "postgres"), MaxConns: 8})
	o := newOffice(t, db)
	o.everyone()
	o.server = newServer(t, db, o.signsIn, func(c *handlers.Config) {
		c.RequestTimeout, c.MaxWait = 10*time.Second, 200*time.Millisecond
	})
	owner := o.token(access.RoleOwner)
	var tokens [][]string
	for _, r := range access.Roles() {
		tokens = append(tokens, o.token(r.Name))
	}
	o.post("/categories", map[string]any{"name": "N", "slug": "n"}, owner...).is(http.StatusCreated)

	held, release := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		done <- db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			for _, table := range []string{"staff", "sessions", "api_tokens"} {
				if _, err := tx.ExecContext(ctx, "SELECT id FROM "+table+" FOR NO KEY UPDATE"); err != nil {
					return err
				}
			}
			close(held)
			<-release
			return nil
		})
	}()
	<-held
	var logins []chan *answer
	for range 2 {
		for _, r := range access.Roles() {
			login := make(chan *answer, 1)
			logins = append(logins, login)
			go func() {
				login <- o.post("/auth/login", map[string]any{"email": r.Name + "@shop.test", "password": secretWord})
			}()
		}
	}
	before := time.Now()
	for time.Since(before) < time.Second {
		for _, token := range tokens {
			o.get("/categories/1", token...).is(http.StatusOK)
		}
		o.patch("/categories/1", map[string]any{"name": "M"}, owner...).is(http.StatusOK)
		o.get("/readyz").is(http.StatusOK)
	}
	if took := time.Since(before); took > 5*time.Second {
		t.Errorf("they were served in %s", took)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
	waited := 0
	for _, login := range logins {
		switch got := <-login; got.Status {
		case http.StatusOK:
			waited++
		default:
			got.problem(http.StatusServiceUnavailable, "overloaded").says("try again")
		}
	}
	if waited == 0 {
		t.Error("nobody waited for the accounts")
	}
	o.login(access.RoleSupport)
}

// While slow reads use all connections that lists and reports may use, further ones get 503
// after MaxWait, and people sign in, look up products and check out.
func TestSlowReads(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, "postgres"), MaxConns: 8, MaxWait: 200 * time.Millisecond})
	o := newOffice(t, db)
	o.everyone()
	o.server = newServer(t, db, o.signsIn, func(c *handlers.Config) { c.MaxWait = 200 * time.Millisecond })
	owner := o.token(access.RoleOwner)
	product, customer := shoptest.Products(t, db, 1, 1000)[0], shoptest.Customers(t, db, 1)[0]
	waiting, unlock := lockTable(t, db, "categories")
	slow := make(chan *answer, 6)
	list := func() *answer { return o.get("/categories", owner...) }
	for range cap(slow) {
		go func() {
			got := list()
			for got.Status == http.StatusServiceUnavailable { // on a busy machine, before it got its connection
				got = list()
			}
			slow <- got
		}()
	}
	for waiting() < cap(slow) { // else one of the crowd might take a connection, and keep it
		time.Sleep(time.Millisecond) //nolint:forbidigo // nothing tells
	}
	ctx, stop := context.WithCancel(o.ctx())
	var crowd sync.WaitGroup
	for range 20 {
		crowd.Go(func() {
			for ctx.Err() == nil {
				list().problem(http.StatusServiceUnavailable, "overloaded").says("nothing was written")
			}
		})
	}
	for range 5 {
		o.login(access.RoleOwner)
		o.post(fmt.Sprintf("/customers/%d/cart/items", customer), map[string]any{"product_id": product, "quantity": 1}, owner...).is(http.StatusOK)
		o.post(fmt.Sprintf("/customers/%d/checkout", customer), map[string]any{}, owner...).is(http.StatusCreated)
	}
	stop()
	crowd.Wait()
	o.get(fmt.Sprintf("/products/%d", product), owner...).is(http.StatusOK).has("stock", 995)
	if o.server.Gate().Away() {
		t.Error("the database counts as away")
	}
	unlock()
	for range cap(slow) {
		(<-slow).is(http.StatusOK)
	}
	list().is(http.StatusOK)
}

// lockTable locks a table, over a connection of its own, until unlock is called. waiting tells
// how many statements wait for it.
func lockTable(t *testing.T, db *store.DB, table string) (waiting func() int, unlock func()) {
	t.Helper()
	tx, err := db.Probe().BeginTx(storetest.Context(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(storetest.Context(t), "LOCK TABLE "+table); err != nil {
		t.Fatal(err)
	}
	waiting = func() (n int) {
		const of = "SELECT COUNT(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database" +
			" WHERE d.datname = current_database() AND l.relation = $1::regclass AND NOT l.granted"
		if err := tx.QueryRowContext(storetest.Context(t), of, table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	return waiting, func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}
}
