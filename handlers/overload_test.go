package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// When all writers wait, further writers get 503 without having done anything; those that
// got in are served once the lock is released. Meanwhile reads are served, and the program
// is ready.
func TestOverloaded(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sqlite3", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const conns, writers = 8, 6
			db := storetest.Open(t, store.Config{URL: storetest.URL(t, name), MaxConns: conns})
			products := shoptest.Products(t, db, 2, 10)
			product := products[0]
			a := newAPI(t, db, func(c *handlers.Config) { c.RequestTimeout, c.MaxWait = time.Minute, 2*time.Second })
			gate := a.server.Gate()
			path := fmt.Sprintf("/products/%d", product)
			held, release := make(chan struct{}), make(chan struct{})
			var wg sync.WaitGroup
			wg.Go(func() { // somebody holds the product
				shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
					if err := tx.Product.UpdateOneID(product).SetName("Held").Exec(ctx); err != nil {
						return err
					}
					close(held)
					<-release
					return nil
				})
			})
			<-held
			inside := make(chan *answer, writers)
			for i := range cap(inside) {
				wg.Go(func() { inside <- a.patch(path, map[string]any{"price": 100 + i}) })
			}
			for gate.Writes.Working() < int64(cap(inside)) {
				time.Sleep(time.Millisecond) //nolint:forbidigo // nothing tells
			}
			before := shop.Now()
			late := make(chan *answer, 3)
			for range cap(late) {
				wg.Go(func() { late <- a.post("/categories", map[string]any{"name": "N", "slug": "late"}) })
			}
			for range cap(late) {
				refused := <-late
				refused.problem(http.StatusServiceUnavailable, "overloaded").says("nothing was written")
				if refused.Header.Get("Retry-After") != "1" {
					t.Error(refused.Header)
				}
			}
			if took := shop.Now().Sub(before); took > 20*time.Second {
				t.Errorf("they were told after %s", took)
			}
			for range 3 * conns {
				wg.Go(func() { a.get(fmt.Sprintf("/products/%d", products[1])).is(http.StatusOK) })
			}
			a.get("/products").is(http.StatusOK)
			a.get("/readyz").is(http.StatusOK)
			if n, _ := gate.Refused(); n < 3 {
				t.Errorf("%d are counted", n)
			}
			close(release)
			wg.Wait()
			close(inside)
			for got := range inside {
				got.is(http.StatusOK)
			}
			a.get("/categories?slug=late").is(http.StatusOK).has("total", 0)
		})
	}
}

// While a transaction holds the one connection that writes to SQLite, a checkout gets 503
// after MaxWait and does nothing; an import waits.
func TestWriterIsHeld(t *testing.T) {
	t.Parallel()
	const wait = 200 * time.Millisecond
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, dialect.SQLite), MaxConns: 8, MaxWait: wait})
	product, customer := shoptest.Products(t, db, 1, 10)[0], shoptest.Customers(t, db, 1)[0]
	a := newAPI(t, db, func(c *handlers.Config) { c.RequestTimeout, c.MaxWait = time.Minute, wait })
	cart, checkout := fmt.Sprintf("/customers/%d/cart/items", customer), fmt.Sprintf("/customers/%d/checkout", customer)
	a.post(cart, map[string]any{"product_id": product, "quantity": 1}).is(http.StatusOK)
	held, release, written := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		written <- db.Tx(storetest.Context(t), func(context.Context, *ent.Client) error {
			close(held)
			<-release
			return nil
		})
	}()
	<-held
	imported, waited := make(chan *answer, 1), db.SQL().Stats().WaitCount
	go func() { imported <- a.sheet("/categories", "slug,name\nlate,Late\n") }()
	for db.SQL().Stats().WaitCount == waited && len(imported) == 0 {
		time.Sleep(time.Millisecond) //nolint:forbidigo // nothing tells
	}
	for range 3 {
		refused := a.post(checkout, map[string]any{}).problem(http.StatusServiceUnavailable, "overloaded").says("nothing was written")
		if refused.Header.Get("Retry-After") != "1" {
			t.Error(refused.Header)
		}
	}
	a.get(fmt.Sprintf("/products/%d", product)).is(http.StatusOK)
	close(release)
	if err := <-written; err != nil {
		t.Error(err)
	}
	(<-imported).is(http.StatusOK).has("created", 1)
	if n, _ := a.server.Gate().Refused(); n != 3 || a.server.Gate().Away() {
		t.Error(n, a.server.Gate().Away())
	}
	a.post(checkout, map[string]any{}).is(http.StatusCreated)
}
