package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// callWith runs a command that reads from standard input.
func callWith(t *testing.T, url, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	out, errOut := newOutput(), newOutput()
	code = runWith(t.Context(), append([]string{"--database-url", url}, args...), strings.NewReader(stdin), out, errOut)
	return code, out.String(), errOut.String()
}

// post sends JSON to the running program and returns the session that it sets.
func (p *process) post(path, body string) (status int, session *http.Cookie) {
	p.t.Helper()
	answer, _ := p.send(p.request(http.MethodPost, path, body))
	for _, c := range answer.Cookies() {
		session = c
	}
	return answer.StatusCode, session
}

// The command line works on the database of a running server: its changes take effect
// with the next request.
func TestStaffBesideServer(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		p := serve(t, storetest.URL(t, name)).ready()
		link := regexp.MustCompile(`http://\S+/#/setup\?token=\S+`).FindString(p.out.String())
		if !strings.Contains(link, p.address) {
			t.Fatalf("no setup link: %s", p.out)
		}
		const word = "correct horse battery"
		_, token, _ := strings.Cut(link, "token=")
		status, session := p.post("/api/v1/auth/setup", `{"token":"`+token+`","name":"Ada","email":"ada@shop.test","password":"`+word+`"}`)
		if status != http.StatusOK || session == nil {
			t.Fatal("setup:", status)
		}

		if code, out, errOut := callWith(t, p.url, word+"\n", "staff", "add", "--email", "Kim@shop.test", "--name", "Kim", "--role", "catalog", "--password-stdin"); code != 0 || !strings.Contains(out, "kim@shop.test") || strings.Contains(out+errOut, word) {
			t.Fatal(code, out, errOut)
		}
		login := func() int {
			status, _ := p.post("/api/v1/auth/login", `{"email":"kim@shop.test","password":"`+word+`"}`)
			return status
		}
		if got := login(); got != http.StatusOK {
			t.Error("login:", got)
		}
		mustCall(t, p.url, "staff", "disable", "--email", "kim@shop.test")
		if got := login(); got != http.StatusUnauthorized {
			t.Error("login of a disabled member:", got)
		}
		mustCall(t, p.url, "staff", "enable", "--email", "kim@shop.test")
		if code, _, errOut := callWith(t, p.url, "purple elephants dance", "staff", "reset-password", "--email", "kim@shop.test", "--password-stdin"); code != 0 {
			t.Error(errOut)
		}
		if got := login(); got != http.StatusUnauthorized {
			t.Error("login with the old password:", got)
		}
		code, out, errOut := call(t, p.url, "--json", "staff", "list")
		var members []struct {
			Email string `json:"email"`
			Role  string `json:"role"`
		}
		if err := json.Unmarshal([]byte(out), &members); err != nil || code != 0 || len(members) != 2 || members[1].Role != "catalog" {
			t.Error(code, out, errOut, err)
		}
	})
}

// A member is printed with their state after the command.
func TestStaffResetReportsTheMember(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		addOwner(t, url)
		withSecondFactor(t, url)
		reset := func(args ...string) (m memberReport) {
			t.Helper()
			args = append([]string{"--json", "staff", "reset-password", "--email", "ada@shop.test"}, args...)
			code, out, errOut := callWith(t, url, "purple elephants dance", args...)
			if err := json.Unmarshal([]byte(out), &m); err != nil || code != 0 {
				t.Fatal(code, out, errOut, err)
			}
			return m
		}
		if m := reset("--password-stdin"); !m.HasPassword || !m.TOTPEnabled || m.SetupURL != "" || m.Role != "owner" {
			t.Errorf("with a password: %+v", m)
		}
		if m := reset("--remove-totp"); m.HasPassword || m.TOTPEnabled || m.SetupURL == "" || m.Role != "owner" {
			t.Errorf("with a link, and without the second factor: %+v", m)
		}
	})
}

// withSecondFactor turns on the second factor of all members.
func withSecondFactor(t *testing.T, url string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		ids, err := tx.Staff.Query().IDs(ctx)
		for _, id := range ids {
			err = errors.Join(err, tx.Staff.UpdateOneID(id).SetTotpSecret("ABCDEFGH").SetTotpEnabled(true).Exec(ctx))
		}
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestStaffRefusals(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		if code, out, errOut := call(t, url, "staff", "add", "--email", "ada@shop.test", "--name", "Ada", "--role", "owner"); code != 0 || !strings.Contains(out, "/#/setup?token=") {
			t.Fatal(out, errOut)
		}
		long := strings.Repeat("ä", 256)
		for _, c := range []struct {
			says string
			args []string
		}{
			{"storekeeper: --role: there is no role king; there are owner, manager, catalog, fulfilment, support, read-only", []string{"staff", "add", "--email", "x@shop.test", "--name", "X", "--role", "king"}},
			{"storekeeper: --email: is taken by another record\n", []string{"staff", "add", "--email", "ADA@shop.test", "--name", "X", "--role", "owner"}},
			{"storekeeper: --email: expected an email address such as", []string{"staff", "add", "--email", "nonsense", "--name", "X", "--role", "owner"}},
			{"storekeeper: --email: is empty or too short", []string{"staff", "add", "--email", "", "--name", "X", "--role", "owner"}},
			{"storekeeper: --email: expected at most 254 characters", []string{"staff", "add", "--email", long + "@shop.test", "--name", "X", "--role", "owner"}},
			{"storekeeper: --name: is empty or too short", []string{"staff", "add", "--email", "x@shop.test", "--name", "", "--role", "owner"}},
			{"storekeeper: --name: expected at most 255 characters", []string{"staff", "add", "--email", "x@shop.test", "--name", long, "--role", "owner"}},
			{"storekeeper: --name: is empty or too short", []string{"token", "add", "--staff", "ada@shop.test", "--name", ""}},
			{"storekeeper: --name: expected at most 100 characters", []string{"token", "add", "--staff", "ada@shop.test", "--name", long}},
			{"nobody has the email", []string{"staff", "disable", "--email", "x@shop.test"}},
			{"nobody has the email", []string{"token", "add", "--staff", "x@shop.test", "--name", "x"}},
			{"storekeeper: --permissions: there is no permission", []string{"token", "add", "--staff", "ada@shop.test", "--name", "x", "--permissions", "products:fly"}},
			{"no token in use", []string{"token", "revoke", "--name", "x"}},
			{"does not exist", []string{"token", "revoke", "--id", "7"}},
		} {
			if code, out, errOut := call(t, url, c.args...); code != 1 || !strings.Contains(errOut, c.says) || out != "" {
				t.Errorf("%v: %d %s%s", c.args, code, out, errOut)
			}
		}
		for _, expires := range []string{"0d", "-1d", "soon", "1.5d", "99999999999d"} {
			if code, _, _ := call(t, url, "token", "add", "--staff", "ada@shop.test", "--name", "x", "--expires", expires); code != 2 {
				t.Errorf("--expires %s: %d", expires, code)
			}
		}
		for _, list := range []string{"", ",", "products:read,", "products:read, "} { // which is not left out
			code, out, errOut := call(t, url, "token", "add", "--staff", "ada@shop.test", "--name", "x", "--permissions", list)
			if code != 2 || out != "" || !strings.Contains(errOut, "--permissions: ") {
				t.Errorf("--permissions %q: %d %s%s", list, code, out, errOut)
			}
		}
		if code, _, errOut := callWith(t, url, "short\n", "staff", "reset-password", "--email", "ada@shop.test", "--password-stdin"); code != 1 || errOut != "storekeeper: --password-stdin: expected at least 12 characters\n" {
			t.Error(code, errOut)
		}
		if code, _, errOut := callWith(t, url, "", "staff", "reset-password", "--email", "ada@shop.test", "--password-stdin"); code != 1 || !strings.Contains(errOut, "no password") {
			t.Error(code, errOut)
		}
		mustCall(t, url, "staff", "disable", "--email", "ada@shop.test")
		for _, args := range [][]string{
			{"staff", "reset-password", "--email", "ada@shop.test"}, {"token", "add", "--staff", "ada@shop.test", "--name", "x"},
		} {
			if code, _, errOut := call(t, url, args...); code != 1 || !strings.Contains(errOut, "not active: let them in again first") {
				t.Errorf("%v: %d %s", args, code, errOut)
			}
		}
	})
}

// Text that the databases cannot store unchanged is refused with the name of its flag.
func TestNoText(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		for _, wrong := range []string{"A\xffB", "A\x00B", "\xed\xa0\x80"} {
			for flag, args := range map[string][]string{
				"--email": {"staff", "add", "--name", "A", "--role", "owner"},
				"--name":  {"staff", "add", "--email", "a@shop.test", "--role", "owner"},
				"--role":  {"staff", "add", "--email", "a@shop.test", "--name", "A"},
				"--staff": {"token", "add", "--name", "x"},
			} {
				if code, _, errOut := call(t, url, append(args, flag, wrong)...); code != 2 || !strings.Contains(errOut, flag+": must not contain NUL or invalid UTF-8") {
					t.Errorf("%s %q: %d %s", flag, wrong, code, errOut)
				}
			}
			if code, _, errOut := callWith(t, url, wrong+wrong+wrong+wrong+"\n", "staff", "add", "--email", "a@shop.test", "--name", "A", "--role", "owner", "--password-stdin"); code != 1 || !strings.Contains(errOut, "--password-stdin: must not") {
				t.Errorf("password %q: %d %s", wrong, code, errOut)
			}
		}
		if code, out, errOut := call(t, url, "--json", "staff", "list"); code != 0 || strings.TrimSpace(out) != "[]" {
			t.Errorf("%d %s%s", code, out, errOut)
		}
	})
}

// Without a public URL the address of a link is assumed, which is said on stderr, where it
// does not get in the way of --json.
func TestAssumedAddress(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.SQLite)
	const assumed = "The link begins with http://127.0.0.1:8080. If people reach the shop at another address"
	for _, c := range []struct {
		stdin string
		args  []string
		said  bool
	}{
		{"", []string{"--json", "staff", "add", "--email", "ada@shop.test", "--name", "Ada", "--role", "owner"}, true},
		{"", []string{"--json", "staff", "reset-password", "--email", "ada@shop.test"}, true},
		{"", []string{"--json", "--public-url", "https://shop.example", "staff", "reset-password", "--email", "ada@shop.test"}, false},
		{"correct horse battery\n", []string{"--json", "staff", "reset-password", "--email", "ada@shop.test", "--password-stdin"}, false},
	} {
		code, out, errOut := callWith(t, url, c.stdin, c.args...)
		if code != 0 || !json.Valid([]byte(out)) || strings.Contains(errOut, assumed) != c.said {
			t.Errorf("%q: %d %s%s", c.args, code, out, errOut)
		}
	}
}

// Links begin with the public URL, and an invalid public URL is refused.
func TestPublicURL(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.SQLite)
	if code, out, errOut := call(t, url, "--public-url=HTTPS://shop.example:8443/", "staff", "add", "--email", "ada@shop.test", "--name", "Ada", "--role", "owner"); code != 0 || !strings.Contains(out, "://shop.example:8443/#/setup?token=") {
		t.Fatal(out, errOut)
	}
	for _, wrong := range []string{
		"foo", "shop.example", "//shop.example", "javascript:x", "ftp://shop.example", "https://", "https://:443", "https:shop.example",
		"https://a/b", "https://a//", "https://a/b?c", "https://a?", "https://a#", "https://a/#b", "https://user:pw@a", "https://@a", "https://a b",
	} {
		for _, command := range [][]string{{"staff", "list"}, {"serve", "--listen", "127.0.0.1:0"}} {
			code, out, errOut := call(t, url, append(command, "--public-url="+wrong)...)
			if code != 2 || !strings.Contains(errOut, "--public-url: expected SCHEME://HOST[:PORT] without a path") {
				t.Errorf("%s, %s: %d %s%s", command[0], wrong, code, out, errOut)
			}
		}
	}
}

// A token lasts for days, hours or both.
func TestTokenLifetime(t *testing.T) {
	t.Parallel()
	url := smallShop(t, dialect.SQLite)
	serve(t, url, "--demo").ready()
	add := func(lifetime string) (int, string, string) {
		return call(t, url, "--json", "token", "add", "--staff", "owner@demo.test", "--name", "till", "--expires="+lifetime)
	}
	for lifetime, want := range map[string]time.Duration{"90d": 90 * 24 * time.Hour, "12h": 12 * time.Hour, "1d12h30m": 36*time.Hour + 30*time.Minute} {
		code, out, errOut := add(lifetime)
		var made struct {
			ExpiresAt time.Time `json:"expires_at"`
		}
		if err := json.Unmarshal([]byte(out), &made); err != nil || code != 0 || time.Until(made.ExpiresAt).Round(10*time.Minute) != want {
			t.Errorf("%s: %d %s%s %v", lifetime, code, out, errOut, err)
		}
	}
	for _, lifetime := range []string{"", "0d", "d", "1.5d", "-1d", "1d-1h", "12", "1h1d", "65536d", "65535d2540400h", "tomorrow"} {
		if code, out, errOut := add(lifetime); code != 2 || !strings.Contains(errOut, "expected a positive time such as 90d, 12h or 1d12h") {
			t.Errorf("%q: %d %s%s", lifetime, code, out, errOut)
		}
	}
}

// The token is printed alone on standard output, for $(…), and is invalid once revoked.
func TestTokenCommands(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := smallShop(t, name)
		p := serve(t, url, "--demo").ready()
		code, out, errOut := call(t, p.url, "token", "add", "--staff", "owner@demo.test", "--name", "till", "--expires", "90d", "--permissions", "products:read, orders:read")
		if code != 0 || !regexp.MustCompile(`^sk_[A-Za-z0-9_-]{43}\n$`).MatchString(out) {
			t.Fatal(code, out, errOut)
		}
		p.bearer = strings.TrimSpace(out)
		if status, body := p.get("/api/v1/orders?limit=1"); status != http.StatusOK {
			t.Error(status, body)
		}
		if status, body := p.get("/api/v1/customers?limit=1"); status != http.StatusForbidden {
			t.Error(status, body)
		}
		if code, out, _ := call(t, p.url, "token", "list"); code != 0 || !strings.Contains(out, p.bearer[:9]) || strings.Contains(out, p.bearer) {
			t.Error(code, out)
		}
		mustCall(t, p.url, "token", "revoke", "--name", "till")
		if status, body := p.get("/api/v1/orders?limit=1"); status != http.StatusUnauthorized {
			t.Error(status, body)
		}
		if !strings.Contains(p.out.String(), "support@demo.test") || !strings.Contains(p.out.String(), "demo-shop-please-look") {
			t.Errorf("does not say how to log in: %s", p.out)
		}
		if status, _ := p.post("/api/v1/auth/login", `{"email":"support@demo.test","password":"demo-shop-please-look"}`); status != http.StatusOK {
			t.Error("demo login:", status)
		}
	})
}

// Times that are printed say in which zone they are.
func TestPrintedTimes(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.SQLite)
	if code, out, errOut := call(t, url, "staff", "add", "--email", "kim@shop.test", "--name", "Kim", "--role", "owner"); code != 0 ||
		!within(out, time.Hour, 72*time.Hour) {
		t.Errorf("%d %s%s", code, out, errOut)
	}
	mustCall(t, url, "token", "add", "--staff", "kim@shop.test", "--name", "till", "--expires", "90d")
	if code, out, errOut := call(t, url, "token", "list"); code != 0 || !within(out, 89*24*time.Hour, 90*24*time.Hour) {
		t.Errorf("%d %s%s", code, out, errOut)
	}
	if code, out, errOut := call(t, url, "migrate", "status"); code != 0 || !within(out, -time.Hour, time.Second) {
		t.Errorf("%d %s%s", code, out, errOut)
	}
	if p := serve(t, storetest.URL(t, dialect.SQLite)).ready(); !within(p.out.String(), 0, time.Hour) {
		t.Error(p.out)
	}
}

// within reports whether the first RFC 3339 time of a text is so far from now.
func within(text string, least, most time.Duration) bool {
	at, err := time.Parse(time.RFC3339, regexp.MustCompile(`\d{4}-\S+(Z|[+-]\d\d:\d\d)`).FindString(text))
	left := time.Until(at)
	return err == nil && left >= least && left <= most
}

// Every command on a token names its member in JSON, with the email as the account has
// it.
func TestTokensNameTheirMember(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		for _, args := range [][]string{
			{"staff", "add", "--email", "kim@shop.test", "--name", "Kim", "--role", "owner"},
			{"token", "add", "--staff", "Kim@Shop.test", "--name", "till", "--json"},
			{"token", "list", "--json"},
			{"token", "revoke", "--name", "till", "--json"},
			{"token", "add", "--staff", "kim@shop.test", "--name", "desk", "--json"},
			{"token", "add", "--staff", "kim@shop.test", "--name", "till", "--json"}, // the name is free again
			{"token", "revoke", "--id", "2", "--json"},
			{"token", "revoke", "--name", "till", "--json"},
		} {
			code, out, errOut := call(t, url, args...)
			if code != 0 || args[0] == "token" && !strings.Contains(out, `"staff": "kim@shop.test"`) {
				t.Error(args, code, out, errOut)
			}
		}
		for range 2 {
			call(t, url, "token", "add", "--staff", "kim@shop.test", "--name", "till")
		}
		if code, out, errOut := call(t, url, "token", "revoke", "--name", "till"); code != 1 || !strings.Contains(errOut, "2 tokens have the name") {
			t.Error(code, out, errOut)
		}
	})
}

// Text that people have typed cannot control the terminal on which it is listed, nor add
// lines.
func TestListsArePlain(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.SQLite)
	const name = "Kim\x1b[2J\x07\u009b\t1\nowner@shop.test"
	var out strings.Builder
	for _, args := range [][]string{
		{"staff", "add", "--email", "kim@shop.test", "--name", name, "--role", "owner"},
		{"staff", "list"},
		{"token", "add", "--staff", "kim@shop.test", "--name", name},
		{"token", "list"},
		{"token", "revoke", "--id", "1"},
	} {
		code, shown, errOut := call(t, url, args...)
		if code != 0 {
			t.Fatal(args, errOut)
		}
		out.WriteString(shown)
	}
	shown := out.String()
	if strings.ContainsFunc(shown, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) || strings.Contains(shown, "\nowner@") {
		t.Errorf("%q", shown)
	}
	if got := strings.Count(shown, "Kim\ufffd[2J"); got != 4 {
		t.Errorf("shown %d times: %s", got, shown)
	}
}
