//go:build linux

package torture_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/programtest"
)

// world is a shop and everything around it.
type world struct {
	direct  string // URL of the database, past the fault proxies
	servers []*programtest.Server
	links   []*link // from the clients to each server
	tokens  []string
	think   time.Duration
	db      *sql.DB // of the checker
	faults  []fault
	quiet   func(ctx context.Context) error // waits until nothing is under way in the database
}

// bases returns the addresses at which clients reach the replicas.
func (w *world) bases() []string {
	bases := make([]string, len(w.links))
	for i, l := range w.links {
		bases[i] = "http://" + l.address()
	}
	return bases
}

// open fills the shop, creates the accounts and starts the servers, which use this URL of
// the database.
func (w *world) open(t *testing.T, replicas int, database string, args ...string) {
	t.Helper()
	programtest.Shop(t, w.direct, "--products", "60", "--customers", "40", "--orders", "80")
	for i := range 3 {
		w.tokens = append(w.tokens, programtest.Token(t, w.direct, fmt.Sprint("torture ", i)))
	}
	for i := range replicas {
		name := fmt.Sprint("server ", i+1)
		s := programtest.NewServer(t, database, name, args...)
		if err := s.Start(t.Context()); err != nil {
			t.Fatalf("%v\n%s", err, s.Logged())
		}
		l := newLink(t, "clients and server", s.Address)
		w.servers, w.links = append(w.servers, s), append(w.links, l)
		w.faults = append(w.faults, serverFaults(s)...)
		w.faults = append(w.faults, linkFaults(l)...)
	}
}

// tour finds the records that the clients work with.
func (w *world) tour(t *testing.T) *floor {
	t.Helper()
	f := &floor{
		hot:       w.ids(t, `SELECT id FROM products WHERE deleted_at IS NULL AND is_active AND stock > 0 ORDER BY id LIMIT 8`),
		customers: w.ids(t, `SELECT id FROM customers WHERE deleted_at IS NULL ORDER BY id LIMIT 12`),
		orders:    w.ids(t, `SELECT id FROM orders WHERE status IN ('pending', 'processing') ORDER BY id`),
		category:  w.ids(t, `SELECT id FROM categories WHERE deleted_at IS NULL ORDER BY id LIMIT 1`)[0],
	}
	if len(f.hot) < 4 || len(f.customers) < 4 {
		t.Fatalf("nothing to work with: %+v", f)
	}
	return f
}

func (w *world) ids(t *testing.T, query string) []int64 {
	t.Helper()
	var ids []int64
	err := each(t.Context(), w.db, query, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func (w *world) take(t *testing.T) *snapshot {
	t.Helper()
	s, err := take(t.Context(), w.db)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// recover waits until every replica serves again, after all faults have ended.
func (w *world) recover(ctx context.Context, j *journal) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for i, s := range w.servers {
		for !s.Ready(ctx) {
			rest(ctx, 50*time.Millisecond)
			if ctx.Err() != nil {
				j.accuse(ruleServer, fmt.Sprintf("server %d does not recover", i+1))
				return
			}
		}
	}
}

// close stops the servers, which must end cleanly and must never have panicked.
func (w *world) close(ctx context.Context, j *journal) {
	for i, s := range w.servers {
		if err := s.Stop(); err != nil {
			j.accuse(ruleServer, fmt.Sprintf("server %d: %v", i+1, err))
		}
		for line := range bytes.Lines(s.Logged()) {
			if bytes.Contains(line, []byte("panic")) {
				j.accuse(ruleServer, fmt.Sprintf("server %d: %s", i+1, line))
			}
		}
	}
	if err := w.quiet(ctx); err != nil {
		j.accuse(ruleServer, err.Error())
	}
}
