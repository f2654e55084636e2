package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The log has no password, right or wrong, no session, token or link, and nothing of the
// database's password, though it tells as much as it can, with every statement and span.
func TestLogHoldsNoSecrets(t *testing.T) {
	t.Setenv("OTEL_TRACES_EXPORTER", "console")
	t.Setenv("STOREKEEPER_LOG_LEVEL", "debug")
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		p := serve(t, storetest.URL(t, name), "--slow-query", "1ns").ready()
		const chosen, wrong, forged = "purple elephants dance", "purple elephants sing", "sk_forged-by-somebody"
		secrets := []string{chosen, wrong, forged}
		if u, err := url.Parse(p.url); err != nil {
			t.Fatal(err)
		} else if word, ok := u.User.Password(); ok {
			secrets = append(secrets, ":"+word+"@")
		}
		_, token, _ := strings.Cut(p.out.String(), "/#/setup?token=")
		token, _, _ = strings.Cut(token, "\n")
		status, session := p.post("/api/v1/auth/setup", `{"token":"`+token+`","name":"Ada","email":"ada@shop.test","password":"`+chosen+`"}`)
		if status != http.StatusOK || session == nil {
			t.Fatalf("setup: %d\n%s", status, p.log)
		}
		secrets = append(secrets, token, session.Value)
		for word, want := range map[string]int{wrong: http.StatusUnauthorized, chosen: http.StatusOK} {
			status, session := p.post("/api/v1/auth/login", `{"email":"ada@shop.test","password":"`+word+`"}`)
			if status != want {
				t.Fatalf("login: %d", status)
			}
			if session != nil {
				secrets = append(secrets, session.Value)
			}
		}
		secrets = append(secrets, p.token("ada@shop.test"))
		p.poke("/api/v1/staff", `{"email":"kim@shop.test","name":"Kim","role_id":1,"password":"`+wrong+`"}`)
		code, out, errOut := call(t, p.url, "--json", "staff", "add", "--email", "lee@shop.test", "--name", "Lee", "--role", "owner")
		var member struct {
			Link string `json:"setup_url"`
		}
		if err := json.Unmarshal([]byte(out), &member); err != nil || code != 0 {
			t.Fatal(code, errOut, err)
		}
		_, link, _ := strings.Cut(member.Link, "token=")
		link, _, _ = strings.Cut(link, "&")
		p.poke("/api/v1/auth/setup", `{"token":"`+link+`","email":"lee@shop.test","password":"short"}`)
		if status, _ := p.get("/api/v1/products?limit=1"); status != http.StatusOK {
			t.Errorf("products: %d", status)
		}
		p.bearer = forged
		p.get("/api/v1/products?token=" + forged)
		p.end()
		log := p.log.String()
		for _, secret := range append(secrets, link) {
			if secret == "" || strings.Contains(log, secret) || strings.Contains(errOut, secret) {
				t.Errorf("%s: the log tells %q", name, secret)
			}
		}
		if !strings.Contains(log, "slow query") || !strings.Contains(log, "/api/v1/auth/setup") || !strings.Contains(log, `"db.query.text"`) {
			t.Errorf("%s: the log does not say enough to prove anything", name)
		}
	}
}
