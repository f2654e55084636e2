package bench_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/bench/limit"
)

// TestReadParity asserts that both sides answer reads with the same bytes.
func TestReadParity(t *testing.T) {
	t.Parallel()
	p := newPostgres(t, testSize)
	shop, limit := product(t, p.db), p.limit(t, p.url, p.conns())
	for _, r := range p.readings() {
		for operation := range 3 {
			target := r.target(operation)
			want, got := answer(t, shop, http.MethodGet, target, http.StatusOK), answer(t, limit, http.MethodGet, target, http.StatusOK)
			if !bytes.Equal(want, got) {
				t.Errorf("%s: the limit answers otherwise (-product +limit):\n%s", target, cmp.Diff(string(want), string(got)))
			}
		}
	}
}

// TestCheckoutParity asserts that both sides write the same rows and give the same answers,
// except for the time, when they sell the same carts from the same shop.
func TestCheckoutParity(t *testing.T) {
	t.Parallel()
	for _, k := range []kind{spread, hot} {
		t.Run("postgres/"+k.String(), func(t *testing.T) {
			t.Parallel()
			one, other := newPostgres(t, testSize), newPostgres(t, testSize)
			fill(t, one.db, testSize, k, 5)
			fill(t, other.db, testSize, k, 5)
			compare(t, one.db.SQL(), other.db.SQL(), product(t, one.db), other.limit(t, other.url, other.conns()))
			one.verify(t)
			other.verify(t)
		})
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		one, other := newLite(t, testSize, "NORMAL"), newLite(t, testSize, "NORMAL")
		fill(t, one.db, testSize, spread, 5)
		fill(t, other.db, testSize, spread, 5)
		compare(t, one.db.SQL(), other.db.SQL(), product(t, one.db), limit.SQLite(other.raw(t)))
		verify(t, one.db)
		verify(t, other.db)
	})
}

// compare checks out the first five carts of both shops, and compares the results.
func compare(t *testing.T, one, other *sql.DB, product, limit http.Handler) {
	t.Helper()
	for operation := range 5 {
		target := checkoutPath(operation)
		want := answer(t, product, http.MethodPost, target, http.StatusCreated)
		got := answer(t, limit, http.MethodPost, target, http.StatusCreated)
		if diff := cmp.Diff(timeless(want), timeless(got)); diff != "" {
			t.Errorf("%s: the limit answers otherwise (-product +limit):\n%s", target, diff)
		}
	}
	for table, query := range written {
		if diff := cmp.Diff(rows(t, one, query), rows(t, other, query)); diff != "" {
			t.Errorf("%s: the limit writes otherwise (-product +limit):\n%s", table, diff)
		}
	}
}

// written selects everything that a checkout writes or removes, except times.
var written = map[string]string{
	"cart_items": `SELECT id, customer_id, product_id, quantity FROM cart_items ORDER BY id`,
	"products":   `SELECT id, stock, version, sku, name, price, is_active FROM products ORDER BY id`,
	"orders":     `SELECT id, customer_id, status, total_amount, currency, version, delivery_address FROM orders ORDER BY id`,
	"order_items": `SELECT id, order_id, product_id, sku, product_name, quantity, price
		FROM order_items ORDER BY id`,
	"order_events": `SELECT id, order_id, kind, "from", "to", note, actor FROM order_events ORDER BY id`,
	"inventory_movements": `SELECT order_item_id, product_id, quantity_change, balance_after, reason, note, actor
		FROM inventory_movements ORDER BY product_id, id`,
	"audit_entries": `SELECT id, actor, actor_kind, staff_id, staff_email, token_id, length(request_id), ip, user_agent, action,
		resource, record_id, CAST(changes AS text) FROM audit_entries WHERE resource = 'orders' ORDER BY id`,
}

func answer(t *testing.T, handler http.Handler, method, target string, status int) []byte {
	t.Helper()
	recorder := serveOnce(handler, method, target, "", caller.Clone())
	if recorder.Code != status {
		t.Fatalf("%s %s: expected status %d, got %d: %s", method, target, status, recorder.Code, recorder.Body)
	}
	return recorder.Body.Bytes()
}

var timestamp = regexp.MustCompile(`\d{4}-\d\d-\d\dT[^"\\]*Z`)

func timeless(body []byte) string {
	return string(timestamp.ReplaceAll(body, []byte(`the time`)))
}

// rows returns rows as text.
func rows(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	found, err := db.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for found.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(columns, timeless(text)))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
