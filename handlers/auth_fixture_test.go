package handlers_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/password"
	accounts "github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// secretWord is everybody's password in these tests.
const secretWord = "correct horse battery"

// office is the API with real accounts: one member for each built-in role, such as
// owner@shop.test.
type office struct {
	*api

	accounts *accounts.Service
	clock    *clock
	ids      map[string]int64 // of members, by role
}

// clock is the real time plus an offset.
type clock struct {
	mu sync.Mutex
	by time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().UTC().Truncate(time.Microsecond).Add(c.by)
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by += d
}

func offices(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		o.everyone()
		test(t, o)
	})
}

// everyone adds the roles, and one member for each.
func (o *office) everyone() {
	o.t.Helper()
	o.ids = map[string]int64{}
	if err := o.accounts.SyncRoles(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	for _, r := range access.Roles() {
		m, _, err := o.accounts.Add(o.ctx(), accounts.Member{
			Email: r.Name + "@shop.test", Name: "Robin " + r.Label, Role: r.Name, Password: secretWord,
		})
		if err != nil {
			o.t.Fatal(err)
		}
		o.ids[r.Name] = m.ID
	}
}

// newOffice starts a replica on the database.
func newOffice(t *testing.T, db *store.DB) *office {
	t.Helper()
	o := &office{clock: &clock{}}
	o.accounts = accounts.New(accounts.Config{
		DB: db, Log: slog.New(slog.DiscardHandler), Now: o.clock.now,
		Hash: password.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32},
	})
	o.api = newAPI(t, db, o.signsIn)
	return o
}

// signsIn makes the server authenticate its callers by the accounts.
func (o *office) signsIn(c *handlers.Config) { c.Staff, c.Authenticate = o.accounts, nil }

func (o *office) ctx() context.Context { return storetest.Context(o.t) }

// login returns the header of the session of the member with that role.
func (o *office) login(role string) []string {
	o.t.Helper()
	return cookieOf(o.post("/auth/login", map[string]any{"email": role + "@shop.test", "password": secretWord}).
		is(200).has("status", "signed_in"))
}

// half returns the header of a login of that member that awaits the second factor.
func (o *office) half(role string) []string {
	o.t.Helper()
	return cookieOf(o.post("/auth/login", map[string]any{"email": role + "@shop.test", "password": secretWord}).
		is(200).has("status", "totp_required").has("me", nil))
}

// token returns the header of a token of the member.
func (o *office) token(role string, permissions ...access.Permission) []string {
	o.t.Helper()
	text, _, err := o.accounts.AddToken(o.ctx(), role+"@shop.test", accounts.NewToken{Name: "test", Permissions: permissions})
	if err != nil {
		o.t.Fatal(err)
	}
	return []string{"Authorization", "Bearer " + text}
}

// cookieOf returns the header that sends back the cookie of the answer.
func cookieOf(r *answer) []string {
	r.t.Helper()
	set, err := http.ParseSetCookie(r.Header.Get("Set-Cookie"))
	if err != nil || set.Name != accounts.CookieName || set.Value == "" {
		r.t.Fatalf("%s: sets no session: %q", r.what, r.Header.Get("Set-Cookie"))
	}
	return []string{"Cookie", set.Name + "=" + set.Value}
}

// enrol turns on the second factor of the session's member.
func (o *office) enrol(session []string) (secret string, recovery []any, renewed []string) {
	o.t.Helper()
	e := o.post("/auth/totp/enrol", map[string]any{"password": secretWord}, session...).is(200)
	secret, _ = e.at("secret").(string)
	if url, _ := e.at("otpauth_url").(string); !strings.HasPrefix(url, "otpauth://totp/Storekeeper") || !strings.Contains(url, secret) {
		o.t.Fatal(e.Text)
	}
	done := o.post("/auth/totp/confirm", map[string]any{"code": o.code(secret)}, session...).is(200)
	recovery, _ = done.at("recovery_codes").([]any)
	return secret, recovery, cookieOf(done)
}

// toNewCode moves the clock until the authenticator shows a new code, as it does every half
// minute.
func (c *clock) toNewCode() {
	const life = 30 * time.Second
	now := c.now()
	c.move(now.Truncate(life).Add(life).Sub(now))
}

// code returns the code that the authenticator shows.
func (o *office) code(secret string) string {
	o.t.Helper()
	code, err := totp.GenerateCode(secret, o.clock.now())
	if err != nil {
		o.t.Fatal(err)
	}
	return code
}

// staffed adds the roles, the two members who send the requests of the tests, and a token.
func (a *api) staffed() {
	a.t.Helper()
	ctx := storetest.Context(a.t)
	service := accounts.New(accounts.Config{DB: a.db, Log: slog.New(slog.DiscardHandler)})
	if err := service.SyncRoles(ctx); err != nil {
		a.t.Fatal(err)
	}
	for _, email := range []string{"owner@example.com", "staff@example.com"} {
		if _, _, err := service.Add(ctx, accounts.Member{Email: email, Name: "N", Role: access.RoleOwner}); err != nil {
			a.t.Fatal(err)
		}
	}
	if _, _, err := service.AddToken(ctx, "owner@example.com", accounts.NewToken{Name: "test"}); err != nil {
		a.t.Fatal(err)
	}
}

// prepared are the operations that need a secret to succeed. Each function gets an owner
// and their session, and returns the id in the path, the body and the headers of a request
// that must succeed.
var prepared = map[string]func(o *office, email string, session []string) (id int64, body map[string]any, headers []string){
	"login": func(_ *office, email string, _ []string) (int64, map[string]any, []string) {
		return 0, map[string]any{"email": email, "password": secretWord}, nil
	},
	"login-totp": func(o *office, email string, session []string) (int64, map[string]any, []string) {
		_, recovery, _ := o.enrol(session)
		halfway := o.post("/auth/login", map[string]any{"email": email, "password": secretWord}).is(200).has("status", "totp_required")
		return 0, map[string]any{"code": recovery[0]}, cookieOf(halfway)
	},
	"setup": func(o *office, email string, _ []string) (int64, map[string]any, []string) {
		_, link, err := o.accounts.Add(o.ctx(), accounts.Member{Email: "new-" + email, Name: "Sam", Role: access.RoleSupport})
		if err != nil {
			o.t.Fatal(err)
		}
		return 0, map[string]any{"token": link.Token, "password": secretWord}, nil
	},
	"change-password": func(_ *office, _ string, session []string) (int64, map[string]any, []string) {
		return 0, map[string]any{"current_password": secretWord, "new_password": "purple elephants dance"}, session
	},
	"enrol-totp": func(_ *office, _ string, session []string) (int64, map[string]any, []string) {
		return 0, map[string]any{"password": secretWord}, session
	},
	"confirm-totp": func(o *office, _ string, session []string) (int64, map[string]any, []string) {
		secret, _ := o.post("/auth/totp/enrol", map[string]any{"password": secretWord}, session...).is(200).at("secret").(string)
		return 0, map[string]any{"code": o.code(secret)}, session
	},
	"disable-totp": func(o *office, _ string, session []string) (int64, map[string]any, []string) {
		_, _, renewed := o.enrol(session)
		return 0, map[string]any{"password": secretWord}, renewed
	},
	"end-session": func(o *office, email string, session []string) (int64, map[string]any, []string) {
		o.post("/auth/login", map[string]any{"email": email, "password": secretWord}).is(200)
		return o.get("/auth/sessions", session...).is(200).int("items.0.id"), nil, session
	},
	"update-role": func(o *office, _ string, session []string) (int64, map[string]any, []string) {
		return o.ownRole("updated", session), map[string]any{"label": "Changed"}, session
	},
	"delete-role": func(o *office, _ string, session []string) (int64, map[string]any, []string) {
		return o.ownRole("deleted", session), nil, session
	},
}

// ownRole adds a role that is not built in.
func (o *office) ownRole(name string, session []string) int64 {
	o.t.Helper()
	return o.post("/roles", map[string]any{"name": name, "label": "Own", "permissions": []string{"products:read"}}, session...).
		is(201).int("id")
}
