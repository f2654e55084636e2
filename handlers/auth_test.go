package handlers_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/session"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/shop"
	accounts "github.com/storekeeper/storekeeper/internal/staff"
)

func TestLogin(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		r := o.post("/auth/login", map[string]any{"email": " Support@Shop.TEST ", "password": secretWord}).is(200)
		r.has("me.role", "support").has("me.via", "session").has("me.email", "support@shop.test").has("me.max_stock_adjustment", nil)
		set, err := http.ParseSetCookie(r.Header.Get("Set-Cookie"))
		if err != nil || !set.HttpOnly || set.SameSite != http.SameSiteLaxMode || set.Secure || set.Path != "/" || len(set.Value) != 43 {
			t.Error(set, err)
		}
		session := cookieOf(r)
		me := o.get("/auth/me", session...).is(200).has("name", "Robin Support").has("id", int(o.ids["support"]))
		if !strings.Contains(me.Text, `"checkout:create"`) || strings.Contains(me.Text, `"staff:manage"`) {
			t.Error(me.Text)
		}
		o.get("/customers", session...).is(200)
		o.get("/staff", session...).problem(403, "forbidden")
		if m, err := o.db.Reader.Staff.Get(o.ctx(), o.ids["support"]); err != nil || m.LastLoginAt == nil || m.Version != 1 {
			t.Error("last login, version:", m, err)
		}
		o.post("/auth/logout", nil, session...).is(204)
		o.get("/auth/me", session...).problem(401, "unauthenticated")
	})
}

// Only the operations that begin a session, and the one that says whether anybody can sign
// in yet, can be called anonymously. All others refuse before they look at the request.
func TestAnonymous(t *testing.T) {
	t.Parallel()
	offices(t, func(_ *testing.T, o *office) {
		for path := range o.paths() {
			if !strings.HasPrefix(path, "/api/v1") {
				continue
			}
			path = strings.ReplaceAll(strings.TrimPrefix(path, "/api/v1"), "{", "")
			for _, method := range []string{"GET", "POST", "PATCH", "DELETE"} {
				r := o.do(method, strings.ReplaceAll(path, "}", ""), "{not json")
				switch path {
				case "/auth/login", "/auth/totp", "/auth/setup":
					if method == "POST" {
						r.is(400)
					}
				default:
					r.problem(401, "unauthenticated")
				}
			}
		}
		o.get("/nothing/here").is(401)
		o.get("/auth/setup").is(200).has("vacant", false)
	})
}

// An unknown email, a wrong password, a member without a password and an inactive one get
// the same answer after the same work.
func TestWrongLoginsAreTheSame(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		if _, _, err := o.accounts.Add(o.ctx(), accounts.Member{Email: "new@shop.test", Name: "New", Role: "catalog"}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.accounts.SetActive(o.ctx(), "catalog@shop.test", false); err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, c := range []struct{ email, password string }{
			{"nobody@shop.test", secretWord},
			{"owner@shop.test", "wrong horse battery"},
			{"new@shop.test", secretWord},
			{"catalog@shop.test", secretWord},
			{"no address", "x"},
			{"owner@shop.test' OR 1=1 --", secretWord},
		} {
			before := o.accounts.HashesComputed()
			r := o.post("/auth/login", map[string]any{"email": c.email, "password": c.password}).problem(401, "unauthenticated")
			if n := o.accounts.HashesComputed() - before; n != 1 {
				t.Errorf("%s: %d hashes were computed", c.email, n)
			}
			if r.Header.Get("Set-Cookie") != "" {
				t.Error(c.email, "gets a cookie")
			}
			id, _ := r.at("request_id").(string)
			texts = append(texts, strings.ReplaceAll(r.Text, id, ""))
		}
		for _, text := range texts {
			if text != texts[0] {
				t.Errorf("answers differ:\n%s%s", texts[0], text)
			}
		}
	})
}

// The time that the database takes does not tell whether an account exists.
func TestWrongLoginsAskTheSame(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := 0
			o := newOffice(t, watched(t, name, func(context.Context, string) { asked++ }))
			o.everyone()
			statements := func(email string) int {
				before := asked
				o.post("/auth/login", map[string]any{"email": email, "password": "wrong horse battery"}).problem(401, "unauthenticated")
				return asked - before
			}
			statements("first@shop.test") // creates the throttle of the address
			unknown, known := statements("nobody@shop.test"), statements("owner@shop.test")
			if unknown != known {
				t.Errorf("%d statements for who is not known, %d for who is", unknown, known)
			}
		})
	}
}

// A page that was loaded for one member cannot write as another one, who has signed in in
// the same browser since.
func TestPageOfAnotherMember(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		session, token := o.login("owner"), o.token("owner")
		before := o.number("SELECT COUNT(*) FROM categories")
		for _, headers := range [][]string{session, token} {
			page := func(of string) []string { return append(slices.Clone(headers), "Storekeeper-Member", of) }
			for _, other := range []string{in("%d", o.ids["support"]), "0", "x"} {
				o.post("/categories", `{"name":"Tea","slug":"tea"}`, page(other)...).problem(401, "unauthenticated").says("somebody else")
				o.patch("/auth/me", `{"name":"Mallory"}`, page(other)...).problem(401, "unauthenticated")
			}
			if n := o.number("SELECT COUNT(*) FROM categories"); n != before {
				t.Errorf("%d categories, %d before", n, before)
			}
			o.get("/auth/me", page(in("%d", o.ids["owner"]))...).is(200).has("name", "Robin Owner")
		}
		o.post("/categories", `{"name":"Tea","slug":"tea"}`, append(session, "Storekeeper-Member", in("%d", o.ids["owner"]))...).is(201)
	})
}

func TestBadCredentials(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		session, token := o.login("owner"), o.token("owner")
		good, bearer := session[1], token[1]
		for what, headers := range map[string][]string{
			"forged cookie":        {"Cookie", accounts.CookieName + "=" + strings.Repeat("A", 43)},
			"short cookie":         {"Cookie", accounts.CookieName + "=1"},
			"cookie with a quote":  {"Cookie", good + "'"},
			"two cookies":          {"Cookie", good + "; " + accounts.CookieName + "=" + strings.Repeat("A", 43)},
			"huge cookie":          {"Cookie", accounts.CookieName + "=" + strings.Repeat("A", 20_000)},
			"another name":         {"Cookie", strings.ReplaceAll(good, accounts.CookieName, "session")},
			"basic":                {"Authorization", "Basic b3duZXI6b3duZXI="},
			"bearer alone":         {"Authorization", "Bearer"},
			"no token of ours":     {"Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."},
			"session as token":     {"Authorization", "Bearer " + strings.TrimPrefix(good, accounts.CookieName+"=")},
			"unknown token":        {"Authorization", "Bearer sk_" + strings.Repeat("A", 43)},
			"token with more":      {"Authorization", bearer + ", " + bearer},
			"token without bearer": {"Authorization", strings.TrimPrefix(bearer, "Bearer ")},
			"huge token":           {"Authorization", "Bearer sk_" + strings.Repeat("A", 20_000)},
			"bearer wins":          {"Cookie", good, "Authorization", "Bearer sk_" + strings.Repeat("A", 43)},
			"malformed wins too":   {"Cookie", good, "Authorization", "nonsense"},
		} {
			if r := o.get("/auth/me", headers...); r.Status != 401 || r.JSON["code"] != "unauthenticated" || r.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: %d %s", what, r.Status, r.Text)
			}
		}
		// A line break in a header does not smuggle in another one.
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/api/v1/auth/me", http.NoBody)
		r.Header.Set("Cookie", good+"\r\nAuthorization: "+bearer)
		if w := o.serve(r); w.Code != 401 {
			t.Error("a cookie with a line break passes:", w.Code)
		}
		o.get("/auth/me", append(session, token...)...).is(200).has("via", "token")
	})
}

func TestWrongOrigin(t *testing.T) {
	t.Parallel()
	offices(t, func(_ *testing.T, o *office) {
		session, token := o.login("owner"), o.token("owner")
		body := map[string]any{"name": "Tea", "slug": "tea"}
		for _, foreign := range [][]string{
			{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
		} {
			o.post("/categories", body, append(foreign, session...)...).problem(403, "forbidden")
			o.delete("/auth/sessions", append(foreign, session...)...).problem(403, "forbidden")
			o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": secretWord}, foreign...).problem(403, "forbidden")
			o.get("/categories", append(foreign, session...)...).is(200)
		}
		o.post("/categories", body, append(session, "Sec-Fetch-Site", "same-origin")...).is(201)
		o.post("/categories", map[string]any{"name": "Tea", "slug": "tea-2"}, append(token, "Sec-Fetch-Site", "cross-site")...).is(201)
	})
}

// Of a thousand attempts, even simultaneous ones, only a few reach the hash, and the owner
// can still sign in from an address that they have used before.
func TestThousandLogins(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		o.login("owner") // from 192.0.2.1, the address of httptest
		before := o.accounts.HashesComputed()
		var limited atomic.Int64
		var wg sync.WaitGroup
		work := make(chan int)
		for range 8 {
			wg.Go(func() {
				for i := range work {
					r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/v1/auth/login",
						strings.NewReader(fmt.Sprintf(`{"email":"owner@shop.test","password":"guess number %d"}`, i)))
					r.RemoteAddr = fmt.Sprintf("198.51.100.%d:1234", i%100)
					switch w := o.serve(r); w.Code {
					case http.StatusUnauthorized:
					case http.StatusTooManyRequests:
						limited.Add(1)
						if w.Header().Get("Retry-After") == "" || w.Header().Get("Retry-After") == "0" {
							t.Error("no Retry-After")
						}
					default:
						t.Error(w.Code, w.Body)
					}
				}
			})
		}
		for i := range 1000 {
			work <- i
		}
		close(work)
		wg.Wait()
		tried := o.accounts.HashesComputed() - before
		if tried > 100 || tried+limited.Load() != 1000 {
			t.Errorf("%d guesses were compared, %d refused", tried, limited.Load())
		}
		o.login("owner")
	})
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		o.clock.toNewCode()
		first, other := o.login("owner"), o.login("owner")
		key, recovery, session := o.enrol(first)
		if len(recovery) != 10 {
			t.Error(recovery)
		}
		o.get("/auth/me", session...).is(200).has("totp_enabled", true)
		o.get("/auth/me", first...).is(401)
		o.get("/auth/me", other...).is(401)
		o.post("/auth/totp/enrol", map[string]any{"password": secretWord}, session...).problem(409, "conflict")

		// The code that confirmed the enrolment is used up.
		h := o.half("owner")
		o.get("/auth/me", h...).problem(401, "unauthenticated")
		o.post("/auth/logout", nil, h...).is(401)
		o.post("/auth/totp", map[string]any{"code": o.code(key)}, h...).problem(401, "unauthenticated")
		o.post("/auth/totp", map[string]any{"code": "123456"}).problem(401, "unauthenticated")
		o.post("/auth/totp", map[string]any{"code": o.code(key)}, session...).problem(401, "unauthenticated")

		o.clock.move(time.Minute)
		code := o.code(key)
		full := cookieOf(o.post("/auth/totp", map[string]any{"code": code}, h...).is(200).has("status", "signed_in").has("me.role", "owner"))
		o.get("/auth/me", full...).is(200)
		o.post("/auth/totp", map[string]any{"code": code}, h...).is(401)
		o.post("/auth/totp", map[string]any{"code": code}, o.half("owner")...).problem(401, "unauthenticated")

		// The first step is valid for ten minutes.
		h = o.half("owner")
		o.clock.move(11 * time.Minute)
		o.post("/auth/totp", map[string]any{"code": o.code(key)}, h...).problem(401, "unauthenticated")

		// A recovery code works once, in any spelling.
		written := strings.ToUpper(strings.ReplaceAll(recovery[3].(string), "-", " "))
		o.post("/auth/totp", map[string]any{"code": written}, o.half("owner")...).is(200)
		o.post("/auth/totp", map[string]any{"code": recovery[3]}, o.half("owner")...).problem(401, "unauthenticated")

		o.post("/auth/totp/disable", map[string]any{"password": "wrong horse battery"}, full...).problem(422, "invalid", "body.password")
		// Turning it off ends the other sessions and renews this one.
		other = cookieOf(o.post("/auth/totp", map[string]any{"code": recovery[4]}, o.half("owner")...).is(200))
		renewed := cookieOf(o.post("/auth/totp/disable", map[string]any{"password": secretWord}, full...).is(204))
		o.get("/auth/me", renewed...).is(200).has("totp_enabled", false)
		// Turning it off again gives no new session.
		o.post("/auth/totp/disable", map[string]any{"password": secretWord}, renewed...).problem(409, "conflict")
		o.get("/auth/me", full...).is(401)
		o.get("/auth/me", other...).is(401)
		o.login("owner")
	})
}

// A code that was used while the clock was a year ahead does not lock the member out for a
// year after the clock was corrected. Each code still works only once.
func TestCodesAfterTheClockWasAhead(t *testing.T) {
	t.Parallel()
	offices(t, func(_ *testing.T, o *office) {
		const year = 365 * 24 * time.Hour
		o.clock.toNewCode()
		o.clock.move(year)
		key, _, _ := o.enrol(o.login("owner"))
		o.clock.move(-year)
		code := o.code(key)
		o.post("/auth/totp", map[string]any{"code": code}, o.half("owner")...).is(200)
		o.post("/auth/totp", map[string]any{"code": code}, o.half("owner")...).problem(401, "unauthenticated")
		// Clocks of two servers may differ by minutes: that makes no used code valid again.
		o.clock.move(5 * time.Minute)
		o.post("/auth/totp", map[string]any{"code": o.code(key)}, o.half("owner")...).is(200)
		o.clock.move(-5 * time.Minute)
		o.post("/auth/totp", map[string]any{"code": code}, o.half("owner")...).problem(401, "unauthenticated")
	})
}

// A recovery code is valid for its own member only, whatever others do with theirs.
func TestRecoveryCodesAreOnesOwn(t *testing.T) {
	t.Parallel()
	offices(t, func(_ *testing.T, o *office) {
		_, hers, _ := o.enrol(o.login("manager"))
		_, mine, session := o.enrol(o.login("support"))
		for range 6 { // a login that waits for its code is not a failure
			o.half("manager")
		}
		o.post("/auth/totp", map[string]any{"code": hers[0]}, o.half("support")...).problem(401, "unauthenticated")
		o.post("/auth/totp", map[string]any{"code": mine[0]}, o.half("support")...).is(200)
		o.post("/auth/totp/disable", map[string]any{"password": secretWord}, session...).is(204)
		o.post("/auth/totp", map[string]any{"code": hers[0]}, o.half("manager")...).is(200)
	})
}

// Of many simultaneous logins with the same code, exactly one succeeds.
func TestCodeOnceAtOnce(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		key, recovery, _ := o.enrol(o.login("owner"))
		for _, code := range []string{"", recovery[0].(string)} {
			o.clock.move(2 * time.Hour) // and let the failures of the previous round expire
			if code == "" {
				code = o.code(key)
			}
			var halves [][]string
			for range 4 { // as many as the throttle never delays
				halves = append(halves, o.half("owner"))
			}
			var won atomic.Int64
			var wg sync.WaitGroup
			for _, h := range halves {
				wg.Go(func() {
					switch r := o.post("/auth/totp", map[string]any{"code": code}, h...); r.Status {
					case 200:
						won.Add(1)
					case 401, 429:
					default:
						t.Error(r.Text)
					}
				})
			}
			wg.Wait()
			if won.Load() != 1 {
				t.Errorf("%s was taken %d times", code, won.Load())
			}
		}
	})
}

// Password and code do not begin a session if the password is changed, the member disabled
// or the second factor removed at any moment before, even between the two reads of the
// session that waits for the code.
func TestSecondFactorMeetsChange(t *testing.T) {
	t.Parallel()
	type change struct {
		do       func(o *office, session, boss []string)
		sessions int64
	}
	changes := map[string]change{
		"password": {func(o *office, session, _ []string) {
			o.post("/auth/password", map[string]any{"current_password": secretWord, "new_password": "purple elephants dance"}, session...).is(204)
		}, 1},
		"disabled": {func(o *office, _, boss []string) {
			o.patch(in("/staff/%d", o.ids["support"]), map[string]any{"is_active": false}, boss...).is(200)
		}, 0},
		"factor": {func(o *office, _, boss []string) {
			o.delete(in("/staff/%d/totp", o.ids["support"]), boss...).is(204)
		}, 0},
	}
	for _, name := range []string{dialect.Postgres, dialect.SQLite} {
		for what, change := range changes {
			t.Run(name+"/"+what, func(t *testing.T) {
				t.Parallel()
				a, interrupt := interruptedOn(t, name, "/auth/totp", `SELECT "staff"`)
				o := newOffice(t, a.db)
				o.everyone()
				boss := o.login("owner")
				_, recovery, session := o.enrol(o.login("support"))
				halfway := cookieOf(o.post("/auth/login", map[string]any{"email": "support@shop.test", "password": secretWord}).is(200))
				interrupt(func() { change.do(o, session, boss) })
				o.post("/auth/totp", map[string]any{"code": recovery[0]}, halfway...).problem(401, "unauthenticated").says("password first")
				if n := a.number(in("SELECT COUNT(*) FROM sessions WHERE staff_id = %d", o.ids["support"])); n != change.sessions {
					t.Errorf("%d sessions", n)
				}
			})
		}
	}
}

// Guesses of the second factor are throttled, even with the right password.
func TestGuessedCodes(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		o.enrol(o.login("owner"))
		refused := 0
		for range 12 {
			r := o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": secretWord})
			if r.Status == 429 {
				refused++
				continue
			}
			if o.post("/auth/totp", map[string]any{"code": "000000"}, cookieOf(r.is(200))...).Status == 429 {
				refused++
			}
		}
		if refused < 5 {
			t.Errorf("%d of 12 guesses were refused", refused)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		unused := o.login("manager")
		o.clock.move(13 * time.Hour)
		o.get("/auth/me", unused...).is(401)

		// Used every ten hours, it still ends after seven days.
		used, hours := o.login("manager"), 0
		for o.noted(o.ids["manager"], used) {
			o.clock.move(10 * time.Hour)
			hours += 10
		}
		if hours < 160 || hours > 180 {
			t.Errorf("ended after %d hours", hours)
		}

		// Expired sessions and links are removed, and nothing else.
		boss := o.login("owner")
		void := o.invite(o.ids["support"], boss)
		o.clock.move(73 * time.Hour)
		boss = o.login("owner")
		link := o.invite(o.ids["catalog"], boss)
		if err := o.accounts.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := o.db.Reader.Session.Query().Count(o.ctx()); n != 1 || err != nil {
			t.Errorf("%d sessions are left, %v", n, err)
		}
		if n, err := o.db.Reader.SetupLink.Query().Count(o.ctx()); n != 1 || err != nil {
			t.Errorf("%d links are left, %v", n, err)
		}
		o.get("/auth/me", boss...).is(200)
		o.setUp(void).problem(422, "invalid", "body.token")
		o.setUp(link).is(200)
	})
}

// Sessions (also those that wait for a second factor) and links that a server issued while
// its clock was far ahead do not last that long once it is right. A few hours are
// tolerated.
func TestClockSetRight(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		const far = 30 * 24 * time.Hour
		o.clock.toNewCode()
		key, _, manager := o.enrol(o.login("manager"))
		o.clock.move(far)
		boss := o.login("owner")
		half := cookieOf(o.post("/auth/login", map[string]any{"email": "manager@shop.test", "password": secretWord}).
			is(200).has("status", "totp_required"))
		void := o.invite(o.ids["catalog"], boss)
		o.get("/auth/me", boss...).is(200)

		o.clock.move(-far + 10*time.Hour)
		o.get("/auth/me", boss...).is(401)
		o.post("/auth/totp", map[string]any{"code": o.code(key)}, half...).problem(401, "unauthenticated")
		o.setUp(void).problem(422, "invalid", "body.token")
		soon := o.login("owner")
		o.clock.move(-10 * time.Hour)
		if err := o.accounts.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.get("/auth/me", soon...).is(200)
		o.get("/auth/me", manager...).is(200)

		o.clock.move(far)
		o.get("/auth/me", boss...).is(401)
		o.setUp(void).problem(422, "invalid", "body.token")
	})
}

// A login renews a hash with outdated parameters, and ends no session.
func TestLoginRenewsHash(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		session, id := o.login("support"), o.ids["support"]
		before := *o.db.Client.Staff.GetX(o.ctx(), id).PasswordHash
		stronger := accounts.New(accounts.Config{
			DB: o.db, Log: slog.New(slog.DiscardHandler), Now: o.clock.now,
			Hash: password.Params{Memory: 8, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		})
		if _, err := stronger.Login(o.ctx(), "support@shop.test", secretWord, ""); err != nil {
			t.Fatal(err)
		}
		if now := *o.db.Client.Staff.GetX(o.ctx(), id).PasswordHash; now == before || !strings.Contains(now, "t=2,") {
			t.Errorf("the hash was %s and is %s", before, now)
		}
		o.get("/auth/me", session...).is(200)
		o.login("support")
	})
}

func TestPasswordChange(t *testing.T) {
	t.Parallel()
	offices(t, func(_ *testing.T, o *office) {
		mine, other := o.login("owner"), o.login("owner")
		change := func(current, next string, session []string) *answer {
			return o.post("/auth/password", map[string]any{"current_password": current, "new_password": next}, session...)
		}
		change("wrong horse battery", "purple elephants dance", mine).problem(422, "invalid", "body.current_password")
		change(secretWord, "short", mine).problem(422, "invalid", "body.new_password")
		change(secretWord, "password123456", mine).problem(422, "invalid", "body.new_password")
		change(secretWord, secretWord, mine).problem(422, "invalid", "body.new_password")
		change(secretWord, strings.Repeat("long ", 300), mine).problem(422, "invalid", "body.new_password")
		change(secretWord, strings.Repeat("日本語", 300), mine).problem(422, "invalid", "body.new_password")
		change(secretWord, "purple elephants dance", o.token("owner")).problem(403, "forbidden")
		r := change(secretWord, "purple elephants dance", mine).is(204)
		o.get("/auth/me", cookieOf(r)...).is(200)
		o.get("/auth/me", mine...).is(401)
		o.get("/auth/me", other...).is(401)
		o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": secretWord}).is(401)
		o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": "purple elephants dance"}).is(200)
		o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": strings.Repeat("a", 1<<19)}).problem(422, "invalid", "body.password")
	})
}

// Disabling a member and editing a role take effect with the next request, by session and
// by token, on every replica.
func TestReplicas(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, one *office) {
		two := newOffice(t, one.db)
		boss := one.login("owner")
		session, token := one.login("support"), one.token("support")
		two.get("/auth/me", session...).is(200)
		two.get("/auth/me", token...).is(200)
		id := one.ids["support"]
		two.patch(fmt.Sprintf("/staff/%d", id), map[string]any{"is_active": false}, boss...).is(200)
		one.get("/auth/me", session...).problem(401, "unauthenticated")
		one.get("/auth/me", token...).problem(401, "unauthenticated")
		two.patch(fmt.Sprintf("/staff/%d", id), map[string]any{"is_active": true}, boss...).is(200)
		one.get("/auth/me", session...).is(401)
		one.get("/auth/me", token...).is(200)

		clerk := one.post("/roles", map[string]any{"name": "clerk", "label": "Clerk", "permissions": []string{"products:read", "orders:read"}}, boss...).is(201)
		one.patch(fmt.Sprintf("/staff/%d", id), map[string]any{"role_id": clerk.int("id")}, boss...).is(200)
		two.get("/orders", token...).is(200)
		two.get("/customers", token...).problem(403, "forbidden")
		one.patch(fmt.Sprintf("/roles/%d", clerk.int("id")), map[string]any{"permissions": []string{"products:read"}}, boss...).is(200)
		two.get("/orders", token...).problem(403, "forbidden")

		two.post("/auth/logout", nil, boss...).is(204)
		one.get("/auth/me", boss...).is(401)
	})
}

// A member who is disabled while the body of their request is still arriving writes
// nothing.
func TestDisabledMeanwhile(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		disable := func() {
			o.patch(fmt.Sprintf("/staff/%d", o.ids["support"]), map[string]any{"is_active": false}, boss...).is(200)
		}
		for name, c := range map[string]struct {
			end     func(session, token []string)
			session int
			token   int
		}{
			"nothing":  {func(_, _ []string) {}, 201, 201},
			"logout":   {func(session, _ []string) { o.post("/auth/logout", nil, session...).is(204) }, 401, 201},
			"disabled": {func(_, _ []string) { disable() }, 401, 401},
			"setback": {func(_, _ []string) { // also sets the clock back
				disable()
				o.clock.move(-time.Hour)
			}, 401, 401},
			"revoked": {func(_, _ []string) {
				id := o.get("/api-tokens?sort=-id&limit=1", boss...).is(200).int("items.0.id")
				o.delete(fmt.Sprintf("/api-tokens/%d", id), boss...).is(204)
			}, 201, 401},
		} {
			for kind, status := range map[string]int{"session": c.session, "token": c.token} {
				if _, err := o.accounts.SetActive(o.ctx(), "support@shop.test", true); err != nil {
					t.Fatal(err)
				}
				session, token := o.login("support"), o.token("support")
				who := map[string][]string{"session": session, "token": token}[kind]
				email := name + "." + kind + "@example.com"
				w := o.late(http.MethodPost, "/customers", `{"name":"N","email":"`+email+`"}`, who, func() {
					c.end(session, token)
					o.clock.move(50 * time.Millisecond)
				})
				if w.Code != status {
					t.Errorf("%s, by %s: %d %s", name, kind, w.Code, w.Body)
				}
				found := o.get("/customers?email="+email, boss...).is(200).at("items").([]any)
				if (len(found) == 1) != (status == 201) {
					t.Errorf("%s, by %s: %d customers were written", name, kind, len(found))
				}
			}
		}
	})
}

// A member whose role is changed or edited while the body of their request is still
// arriving has the new permissions.
func TestRoleEditedMeanwhile(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		all := []string{"customers:create", "customers:read", "products:read", "stock:adjust"}
		clerk := o.post("/roles", map[string]any{"name": "clerk", "label": "Clerk", "permissions": all}, boss...).is(201).int("id")
		give := func(permissions []string, most any) {
			o.patch(fmt.Sprintf("/roles/%d", clerk), map[string]any{"permissions": permissions, "max_stock_adjustment": most}, boss...).is(200)
		}
		o.patch(fmt.Sprintf("/staff/%d", o.ids["support"]), map[string]any{"role_id": clerk}, boss...).is(200)
		category := o.post("/categories", map[string]any{"name": "C", "slug": "c"}, boss...).is(201).int("id")
		product := o.post("/products", map[string]any{"sku": "S", "name": "N", "price": 1, "category_id": category}, boss...).is(201).int("id")
		adjust := fmt.Sprintf("/products/%d/stock-movements", product)
		for _, c := range []struct {
			path, body  string
			permissions []string
			most        any
			status      int
		}{
			{"/customers", `{"name":"N","email":"a@example.com"}`, all, nil, 201},
			{"/customers", `{"name":"N","email":"b@example.com"}`, all[:2], nil, 201},
			{"/customers", `{"name":"N","email":"c@example.com"}`, all[1:], nil, 403},
			{adjust, `{"quantity_change":5,"reason":"adjustment"}`, all, 5, 201},
			{adjust, `{"quantity_change":5,"reason":"adjustment"}`, all, 4, 403},
			{adjust, `{"quantity_change":5,"reason":"adjustment"}`, all[:3], nil, 403},
		} {
			for _, who := range [][]string{o.login("support"), o.token("support")} {
				give(all, nil)
				var before snapshot
				body := strings.Replace(c.body, "@", strings.ToLower(who[0])+"@", 1)
				w := o.late(http.MethodPost, c.path, body, who, func() {
					give(c.permissions, c.most)
					before = o.snapshot()
					delete(before, "api_tokens") // whose last use changes
					o.clock.move(50 * time.Millisecond)
				})
				if w.Code != c.status {
					t.Errorf("%s with %v: %d %s", c.path, c.permissions, w.Code, w.Body)
				}
				if w.Code == 403 {
					o.unchanged(before)
				}
			}
		}
	})
}

// Operations on the own account check the session again when they run, however quickly the
// body arrives: once the session has ended, nothing is written and no new session begins.
func TestOwnAccountMeanwhile(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		const email, other = "support@shop.test", "purple elephants dance"
		boss := o.login("owner")
		member := fmt.Sprintf("/staff/%d", o.ids["support"])
		reset := func(password string) {
			if _, _, err := o.accounts.ResetPassword(o.ctx(), email, password, false); err != nil {
				t.Fatal(err)
			}
		}
		ends := map[string]func(session []string){
			"logout":   func(session []string) { o.post("/auth/logout", nil, session...).is(204) },
			"disabled": func([]string) { o.patch(member, map[string]any{"is_active": false}, boss...).is(200) },
			"disabled and enabled": func([]string) {
				o.patch(member, map[string]any{"is_active": false}, boss...).is(200)
				o.patch(member, map[string]any{"is_active": true}, boss...).is(200)
			},
			"reset":         func([]string) { reset(other) },
			"reset by link": func([]string) { reset("") },
			"ended": func([]string) {
				id := o.get(fmt.Sprintf("/auth/sessions?staff_id=%d", o.ids["support"]), boss...).is(200).int("items.0.id")
				o.delete(fmt.Sprintf("/auth/sessions/%d", id), boss...).is(204)
			},
		}
		for _, c := range []struct {
			method, path string
			body         func(session []string) (string, []string)
		}{
			{http.MethodPatch, "/auth/me", func(session []string) (string, []string) { return `{"name":"Other"}`, session }},
			{http.MethodPost, "/auth/password", func(session []string) (string, []string) {
				return `{"current_password":"` + secretWord + `","new_password":"purple elephants sing"}`, session
			}},
			{http.MethodPost, "/auth/totp/enrol", func(session []string) (string, []string) { return `{"password":"` + secretWord + `"}`, session }},
			{http.MethodPost, "/auth/totp/confirm", func(session []string) (string, []string) {
				key, _ := o.post("/auth/totp/enrol", map[string]any{"password": secretWord}, session...).is(200).at("secret").(string)
				return `{"code":"` + o.code(key) + `"}`, session
			}},
			{http.MethodPost, "/auth/totp/disable", func(session []string) (string, []string) {
				_, _, renewed := o.enrol(session)
				return `{"password":"` + secretWord + `"}`, renewed
			}},
		} {
			for name, end := range ends {
				if _, err := o.accounts.SetActive(o.ctx(), email, true); err != nil {
					t.Fatal(err)
				}
				if _, _, err := o.accounts.ResetPassword(o.ctx(), email, secretWord, true); err != nil {
					t.Fatal(err)
				}
				body, session := c.body(o.login("support"))
				var before snapshot
				w := o.late(c.method, c.path, body, session, func() {
					end(session)
					before = o.snapshot()
					delete(before, "login_throttles")
				})
				// A wrong password is reported first.
				if w.Code != 401 && (w.Code != 422 || !strings.HasPrefix(name, "reset")) || w.Header().Get("Set-Cookie") != "" {
					t.Errorf("%s %s, %s: %d %s", c.method, c.path, name, w.Code, w.Body)
				}
				o.unchanged(before)
				m, err := o.db.Reader.Staff.Get(o.ctx(), o.ids["support"])
				if err != nil || name != "logout" && name != "ended" && !m.TotpEnabled && m.TotpSecret != nil {
					t.Errorf("%s, %s: an authenticator still awaits its code %v", c.path, name, err)
				}
			}
		}
	})
}

// A reset makes the old password invalid at once, even that of the last owner, who gets in
// by the link.
func TestResetPassword(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		session, token := o.login("owner"), o.token("owner")
		login := func(password string) *answer {
			return o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": password})
		}
		var links [2]string
		for i := range links {
			m, link, err := o.accounts.ResetPassword(o.ctx(), "owner@shop.test", "", false)
			if err != nil || link == nil || m.PasswordHash != nil {
				t.Fatal(m, link, err)
			}
			links[i] = link.Token
			o.told(o.ids["owner"], "invite", "system")
		}
		login(secretWord).problem(401, "unauthenticated")
		o.get("/auth/me", session...).is(401)
		o.get("/auth/me", token...).is(200)
		for i, status := range []int{422, 200} {
			o.post("/auth/setup", map[string]any{"token": links[i], "password": "purple elephants dance"}).is(status)
		}
		login("purple elephants dance").is(200)

		if _, link, err := o.accounts.ResetPassword(o.ctx(), "owner@shop.test", secretWord, false); err != nil || link != nil {
			t.Fatal(link, err)
		}
		o.told(o.ids["owner"], "reset-password", "system")
		login("purple elephants dance").is(401)
		login(secretWord).is(200)
	})
}

// late sends a request and calls before while its body has not arrived yet.
func (o *office) late(method, path, body string, who []string, before func()) *httptest.ResponseRecorder {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), method, "/api/v1"+path, &lateBody{Reader: strings.NewReader(body), before: before})
	r.Header.Set(who[0], who[1])
	return o.serve(r)
}

// lateBody calls before at its first read.
type lateBody struct {
	io.Reader

	before func()
}

func (b *lateBody) Read(p []byte) (int, error) {
	if b.before != nil {
		b.before()
		b.before = nil
	}
	return b.Reader.Read(p)
}

func TestSessionsOfOthers(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		mine, again, boss := o.login("support"), o.login("support"), o.login("owner")
		list := o.get("/auth/sessions", mine...).is(200)
		if n := len(list.at("items").([]any)); n != 2 {
			t.Fatal(list.Text)
		}
		current := 0
		for i := range 2 {
			if is, _ := list.at(fmt.Sprintf("items.%d.current", i)).(bool); is {
				current++
			}
		}
		if current != 1 || strings.Contains(list.Text, "token") {
			t.Error(list.Text)
		}
		theirs := o.get("/auth/sessions", boss...).is(200).int("items.0.id")
		o.delete(fmt.Sprintf("/auth/sessions/%d", theirs), mine...).problem(404, "not_found")
		o.delete("/auth/sessions/999999", mine...).problem(404, "not_found")
		o.get(fmt.Sprintf("/auth/sessions?staff_id=%d", o.ids["owner"]), mine...).problem(403, "forbidden")
		o.get("/auth/me", boss...).is(200)

		// The client itself finds only the member's own sessions, and creates none.
		me := access.With(t.Context(), access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: o.ids["support"]}))
		err := o.db.Tx(me, func(ctx context.Context, tx *ent.Client) error {
			for name, ended := range map[string]int{"owner": 0, "support": 1} {
				n, err := tx.Session.Delete().Where(session.StaffID(o.ids[name]), session.IDNEQ(list.int("items.0.id"))).Exec(ctx)
				if n != ended || err != nil {
					t.Errorf("%d sessions of %s ended, %v", n, name, err)
				}
			}
			if n, err := tx.Session.Query().Count(ctx); n != 1 || err != nil {
				t.Errorf("sees %d sessions, %v", n, err)
			}
			return tx.Session.Create().SetTokenHash([]byte("mine")).SetStaffID(o.ids["support"]).
				SetLastSeenAt(shop.Now()).SetExpiresAt(shop.Now().Add(time.Hour)).Exec(ctx)
		})
		if shop.KindOf(err) != shop.KindForbidden {
			t.Errorf("made a session: %v", err)
		}

		// A token cannot see its member's sessions, unless it may manage staff.
		for _, token := range [][]string{o.token("support"), o.token("owner", "products:read")} {
			o.get("/auth/sessions", token...).problem(403, "forbidden")
			o.get(in("/auth/sessions?staff_id=%d", o.ids["owner"]), token...).problem(403, "forbidden")
			o.delete(in("/auth/sessions/%d", theirs), token...).problem(403, "forbidden")
			o.delete(in("/auth/sessions/%d", list.int("items.0.id")), token...).problem(403, "forbidden")
			o.delete("/auth/sessions", token...).problem(403, "forbidden")
		}
		managing := o.token("owner", access.StaffManage)
		if id := o.get("/auth/sessions", managing...).is(200).int("items.0.id"); id != theirs {
			t.Error("another session:", id)
		}
		spare := o.login("owner")
		o.delete(in("/auth/sessions/%d", o.get("/auth/sessions", managing...).int("items.0.id")), managing...).is(204)
		o.get("/auth/me", spare...).is(401)
		o.get("/auth/me", boss...).is(200)

		o.delete("/auth/sessions", mine...).is(204)
		o.get("/auth/me", again...).is(401)
		o.get("/auth/me", mine...).is(200)
		id := o.get(fmt.Sprintf("/auth/sessions?staff_id=%d", o.ids["support"]), boss...).is(200).int("items.0.id")
		o.delete(fmt.Sprintf("/auth/sessions/%d", id), boss...).is(204)
		o.told(o.ids["support"], "end-session", "owner@shop.test")
		o.get("/auth/me", mine...).is(401)
	})
}

// await polls until it holds.
func (o *office) await(holds func() bool) {
	o.t.Helper()
	deadline := shop.Now().Add(20 * time.Second)
	for !holds() {
		if shop.Now().After(deadline) {
			o.t.Fatal("waited in vain")
		}
		time.Sleep(5 * time.Millisecond) //nolint:forbidigo // the write is beside the request
	}
}

// noted uses the member's only session until its last use is written, and reports whether
// the session is valid. One request may not be enough: a use is not written while the write
// of an earlier one is still under way.
func (o *office) noted(staffID int64, session []string) bool {
	o.t.Helper()
	alive := true
	o.await(func() bool {
		if alive = o.get("/auth/me", session...).Status == 200; !alive {
			return true
		}
		rows, err := o.accounts.Sessions(access.System(o.t.Context()), o.db.Reader, staffID)
		if err != nil {
			o.t.Fatal(err)
		}
		return len(rows) == 1 && o.clock.now().Sub(rows[0].LastSeenAt) < time.Minute
	})
	return alive
}
