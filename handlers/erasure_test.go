package handlers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// interrupted is the API on PostgreSQL, where somebody else acts once in the middle
// of a request: before the first statement of the route that begins with a text,
// after the test has said what. On SQLite nobody writes in the middle of a write.
func interrupted(t *testing.T, route, statement string) (a *api, by func(do func())) {
	t.Helper()
	var act func()
	db, err := store.Open(t.Context(), store.Config{
		URL: storetest.URL(t, "postgres"),
		Observe: func(ctx context.Context, text string) (context.Context, func(error)) {
			if do := act; do != nil && strings.HasSuffix(handlers.RouteOf(ctx), route) && strings.HasPrefix(text, statement) {
				act = nil
				do()
			}
			return ctx, func(error) {}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return newAPI(t, db), func(do func()) { act = do }
}

// An erasure in the middle of a revert is not undone by it.
func TestEraseMeetsRevert(t *testing.T) {
	t.Parallel()
	a, interrupt := interrupted(t, "/revert", `SELECT "customers"`)
	path := in("/customers/%d", a.post("/customers", map[string]any{
		"email": "zoe@example.com", "name": "Zoe", "note": "allergic to nuts",
	}).is(201).int("id"))
	a.patch(path, map[string]any{"note": nil}).is(200)
	entry := a.get(path + "/history?action=update").is(200).int("items.0.id")
	interrupt(func() { a.post(path+"/erase", nil).is(200) })
	a.post(in("/audit-entries/%d/revert", entry), nil).problem(422, "invalid").says("erased")
	a.get(path).is(200).has("name", "Erased customer").has("note", nil)
	forgotten(t, a, "allergic")
}

// The answer to a restore of somebody who is not deleted is remembered before an
// erasure looks for it, or tells what the erasure has left.
func TestEraseMeetsRestore(t *testing.T) {
	t.Parallel()
	a, interrupt := interrupted(t, "/restore", `UPDATE "idempotency_keys"`)
	path := in("/customers/%d", a.customer("zoe@example.com"))
	erased := make(chan *answer, 1)
	interrupt(func() {
		go func() { erased <- a.post(path+"/erase", nil) }()
		for len(erased) == 0 && a.number(waiting) == 0 {
			time.Sleep(time.Millisecond) //nolint:forbidigo // nothing tells
		}
	})
	a.post(path+"/restore", nil, keyHeader, "k").is(200).has("email", "zoe@example.com")
	(<-erased).is(200)
	forgotten(t, a, "zoe@example.com")
	a.post(path+"/restore", nil, keyHeader, "k").problem(409, "conflict").says("erased")
}

// waiting counts the transactions of PostgreSQL that wait for a lock.
const waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

// forgotten checks that a text is nowhere in the database.
func forgotten(t *testing.T, a *api, text string) {
	t.Helper()
	for line := range strings.Lines(shoptest.Dump(t, a.db)) {
		if strings.Contains(line, text) {
			t.Errorf("%q is left in %s", text, line)
		}
	}
}
