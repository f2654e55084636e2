package handlers_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Anonymous requests get 401 before anything else about them is checked: whether the path
// exists, whether it has the method, whether the body can be read.
func TestNobodyIsToldFirst(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t)).by(nobody)
	for _, c := range []struct{ method, path, body string }{
		{"GET", "/products", ""},
		{"HEAD", "/products", ""},
		{"GET", "/products/4711", ""},
		{"GET", "/nothing-here", ""},
		{"GET", "/", ""},
		{"GET", "/products?limit=x", ""},
		{"GET", "/products?%zz", ""},
		{"DELETE", "/products", ""},
		{"TRACE", "/products", ""},
		{"POST", "/products", "{"},
		{"POST", "/products", "{\"name\":\"\x00\"}"},
		{"POST", "/products", strings.Repeat("x", 2<<20)},
		{"PATCH", "/products/1", "[]"},
		{"GET", "/auth/login/", ""},
		{"GET", "/auth/me", ""},
		{"GET", "/schema", ""},
		{"GET", "/permissions", ""},
	} {
		answer := a.do(c.method, c.path, c.body, "Idempotency-Key", "\x00", "If-Match", "x").is(http.StatusUnauthorized)
		if answer.Header.Get("WWW-Authenticate") == "" || answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("Allow") != "" {
			t.Errorf("%s %s: headers %v", c.method, c.path, answer.Header)
		}
		answer.problem(http.StatusUnauthorized, "unauthenticated")
	}
	for _, path := range []string{"/healthz", "/readyz", "/openapi.json", "/docs"} {
		a.get(path).is(http.StatusOK)
	}
}

// The viewer of the server's own context is not the viewer of its requests.
func TestRequestsHaveTheirOwnViewer(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	for name, authenticate := range map[string]handlers.AuthenticateFunc{
		"nothing says who": nil,
		"nobody":           func(*http.Request) (*access.Viewer, error) { return nil, nil }, //nolint:nilnil // the subject
	} {
		a := newAPI(t, db, func(c *handlers.Config) { c.Authenticate = authenticate })
		w := a.serve(httptest.NewRequestWithContext(access.System(t.Context()), http.MethodGet, "/api/v1/products", http.NoBody))
		if w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// An error of authentication is answered by its kind.
func TestFailuresOfAuthentication(t *testing.T) {
	t.Parallel()
	for status, failure := range map[int]error{
		http.StatusUnauthorized:        shop.Errorf(shop.KindUnauthenticated, "the session has ended"),
		http.StatusForbidden:           shop.Errorf(shop.KindForbidden, "not from there"),
		http.StatusTooManyRequests:     shop.Errorf(shop.KindRateLimited, "slowly"),
		http.StatusInternalServerError: errors.New("dial tcp 10.0.0.1: refused"),
	} {
		a := newAPI(t, storetest.SQLite(t), func(c *handlers.Config) {
			c.Authenticate = func(*http.Request) (*access.Viewer, error) { return nil, failure }
		})
		if got := a.get("/products"); got.Status != status || strings.Contains(got.Text, "10.0.0.1") {
			t.Errorf("%v: %d %s", failure, got.Status, got.Text)
		}
	}
}

// /readyz can be called without signing in: the answer has the message of a shop.Error, and
// never the location of the database.
func TestReadyHidesTheDatabase(t *testing.T) {
	t.Parallel()
	for says, failure := range map[string]error{
		"not ready: the shop is being filled":                 shop.Errorf(shop.KindOverloaded, "the shop is being filled"),
		"not ready: the state of the database cannot be read": errors.New("connect to host=10.0.0.1 user=shop: refused"),
	} {
		a := newAPI(t, storetest.SQLite(t), func(c *handlers.Config) {
			c.Ready = func(context.Context) (string, error) { return "", failure }
		})
		if got := a.get("/readyz").is(http.StatusServiceUnavailable).says(says); strings.Contains(got.Text, "10.0.0.1") {
			t.Errorf("%v: %s", failure, got.Text)
		}
	}
}

// An edit of a role takes effect with the next request, also for remembered answers.
func TestRoleEditedWhileInUse(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		clerk, less := a.by(staff("customers:create", "customers:read")), a.by(staff("customers:read"))
		body := map[string]any{"name": "N", "email": "n@example.com"}
		id := clerk.post("/customers", body, keyHeader, "k").is(http.StatusCreated).int("id")
		before := a.snapshot()
		less.post("/customers", body, keyHeader, "k").problem(http.StatusForbidden, "forbidden")
		less.post("/customers", body).problem(http.StatusForbidden, "forbidden")
		less.get(fmt.Sprintf("/customers/%d", id)).is(http.StatusOK)
		a.by(staff()).get(fmt.Sprintf("/customers/%d", id)).problem(http.StatusForbidden, "forbidden").says("customers:read")
		a.unchanged(before)
	})
}

// A token may do what both its own list and its member's role allow.
func TestTokenScopes(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	role := []access.Permission{"products:read", "customers:read"}
	for _, c := range []struct {
		scopes              []access.Permission
		products, customers int
	}{
		{[]access.Permission{"products:read"}, 200, 403},
		{[]access.Permission{"products:read", "categories:read", "customers:read"}, 200, 200},
		{[]access.Permission{"categories:read"}, 403, 403},
		{[]access.Permission{}, 403, 403},
		{access.All(), 200, 200},
	} {
		token := access.NewViewer(access.Viewer{Kind: access.KindToken, StaffID: 2, TokenID: 1}, access.Both(role, c.scopes)...)
		a.by(token).get("/products").is(c.products)
		a.by(token).get("/customers").is(c.customers)
		a.by(token).get("/categories").is(http.StatusForbidden)
	}
}

// Two callers with the same name do not get each other's answers.
func TestKeysBelongToCallers(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	member := func(id int64) *access.Viewer {
		return access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: id, Email: "same@example.com"}, access.All()...)
	}
	body := map[string]any{"name": "N", "email": "n@example.com"}
	a.by(member(1)).post("/customers", body, keyHeader, "k").is(http.StatusCreated)
	a.by(member(2)).post("/customers", body, keyHeader, "k").problem(http.StatusConflict, "conflict")
	if a.by(member(1)).post("/customers", body, keyHeader, "k").is(http.StatusCreated).Header.Get("Idempotency-Replayed") != "true" {
		t.Error("the first caller's answer was not remembered")
	}
}

// GET /permissions lists the permissions to everybody who is signed in.
func TestListPermissions(t *testing.T) {
	t.Parallel()
	answer := newAPI(t, storetest.SQLite(t)).by(staff()).get("/permissions").is(http.StatusOK)
	listed := array(answer.JSON["items"])
	if len(listed) != len(access.All()) {
		t.Fatalf("%d of %d", len(listed), len(access.All()))
	}
	for i, p := range access.Permissions() {
		item := object(listed[i])
		if text(item["name"]) != string(p.Name) || text(item["description"]) == "" || text(item["resource"])+":"+text(item["action"]) != string(p.Name) {
			t.Errorf("%v is not %v", item, p)
		}
	}
}
