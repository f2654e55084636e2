package idempotency_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/idempotencykey"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/idempotency"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// caller is a caller with a request that creates a category.
type caller struct {
	t   *testing.T
	db  *store.DB
	ctx context.Context //nolint:containedctx // who sends the request
	req idempotency.Request
}

var answered = idempotency.Answer{Status: 201, Location: "/things/7", ETag: `"1"`, Body: json.RawMessage(`{"id":7}`)}

// send runs the request, which then returns the error end.
func (c *caller) send(end error) (*idempotency.Answer, error) {
	return idempotency.Once(c.ctx, c.db, &c.req, c.db.Tx, func(ctx context.Context, tx *ent.Client) (*idempotency.Answer, error) {
		if err := tx.Category.Create().SetName("C").SetSlug("c-" + strings.ToLower(rand.Text())).Exec(access.System(ctx)); err != nil {
			return nil, err
		}
		return &answered, end
	})
}

func (c *caller) effects() int { return c.db.Reader.Category.Query().CountX(storetest.Context(c.t)) }

// took sends the request again, and fails the test unless it has taken effect so many times
// in total.
func (c *caller) took(times int, replayed bool) {
	c.t.Helper()
	got, err := c.send(nil)
	if n := c.effects(); err != nil || (got != nil) != replayed || n != times {
		c.t.Fatalf("%d effects, replayed %v: %v", n, got, err)
	}
	if replayed {
		if diff := cmp.Diff(&answered, got); diff != "" {
			c.t.Error(diff)
		}
	}
}

// An answer that was committed under a key is given again, to its caller, for a day.
func TestOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first := idempotency.Fingerprint("POST", "/things", "", []byte("{}"))
		c := &caller{t: t, db: db, ctx: storetest.Context(t), req: idempotency.Request{Key: "k", Path: "/things", Fingerprint: first}}
		failed := errors.New("no")
		if _, err := c.send(failed); !errors.Is(err, failed) {
			t.Fatal(err)
		}
		c.took(1, false) // nothing is remembered of what was rolled back
		c.took(1, true)

		other := *c
		other.req.Fingerprint = idempotency.Fingerprint("POST", "/things", "", []byte("[]"))
		_, err := other.send(nil)
		shoptest.Invalid(t, err, "header.Idempotency-Key")
		other.ctx = access.With(t.Context(), access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 1}))
		other.took(2, false)

		expire := func() {
			t.Helper()
			at := shop.Now().Add(-time.Second)
			storetest.SQL(t, db, `UPDATE idempotency_keys SET expires_at = $1`, at)
		}
		expire()
		c.took(3, false)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return idempotency.Erase(ctx, tx, idempotencykey.Path("/things"))
		})
		_, err = c.send(nil)
		shoptest.Refused(t, err, shop.KindConflict)
		if c.effects() != 3 {
			t.Error("a request whose answer was erased took effect again")
		}
		expire()
		if err := idempotency.ForgetExpired(c.ctx, db); err != nil {
			t.Fatal(err)
		}
		if n := db.Reader.IdempotencyKey.Query().CountX(c.ctx); n != 0 {
			t.Errorf("%d keys are kept", n)
		}
	})
}

// PostgreSQL dates a key by its own clock, and SQLite by that of its only machine.
func TestClockOfKeys(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, began := storetest.Context(t), shop.Now()
		var theirs time.Time
		_, err := idempotency.Once(ctx, db, &idempotency.Request{Key: "k"}, db.Tx,
			func(ctx context.Context, tx *ent.Client) (*idempotency.Answer, error) {
				if db.Dialect() == dialect.SQLite {
					return &answered, nil
				}
				rows, err := tx.QueryContext(ctx, "SELECT CURRENT_TIMESTAMP")
				if err != nil {
					return nil, err
				}
				rows.Next()
				return &answered, errors.Join(rows.Scan(&theirs), rows.Close(), rows.Err())
			})
		if err != nil {
			t.Fatal(err)
		}
		key := db.Reader.IdempotencyKey.Query().OnlyX(ctx)
		if db.Dialect() == dialect.SQLite && (key.CreatedAt.Before(began) || key.CreatedAt.After(shop.Now())) ||
			db.Dialect() == dialect.Postgres && !key.CreatedAt.Equal(theirs) || !key.ExpiresAt.Equal(key.CreatedAt.Add(24*time.Hour)) {
			t.Errorf("from %s to %s", key.CreatedAt, key.ExpiresAt)
		}
	})
}

// Requests that differ in any part have different fingerprints.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	seen := map[[32]byte]bool{}
	for _, r := range [][4]string{
		{"POST", "/a", "", ""}, {"PUT", "/a", "", ""}, {"POST", "/b", "", ""}, {"POST", "/a", "b", ""}, {"POST", "/a", "", "b"},
	} {
		seen[idempotency.Fingerprint(r[0], r[1], r[2], []byte(r[3]))] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d fingerprints of 5 requests", len(seen))
	}
}
