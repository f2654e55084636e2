package handlers_test

import (
	"context"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
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
	var err error
	o.server, err = handlers.New(handlers.Config{
		DB: db, Log: slog.New(slog.DiscardHandler), Staff: o.accounts,
		RequestTimeout: 10 * time.Second, MaxWait: 200 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
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
