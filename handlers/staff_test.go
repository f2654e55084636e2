package handlers_test

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
	accounts "github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func (o *office) role(name string, session []string) int64 {
	o.t.Helper()
	r := o.get("/roles?name="+name, session...).is(200)
	return r.int("items.0.id")
}

// member adds a member with a password, and returns id and session.
func (o *office) member(email, role string) (id int64, session []string) {
	o.t.Helper()
	m, _, err := o.accounts.Add(o.ctx(), accounts.Member{Email: email, Name: "Sam", Role: role, Password: secretWord})
	if err != nil {
		o.t.Fatal(err)
	}
	return m.ID, cookieOf(o.post("/auth/login", map[string]any{"email": email, "password": secretWord}).is(200))
}

// Nobody can give permissions that they lack, change members who have more, or edit their
// own role.
func TestNobodyRises(t *testing.T) {
	t.Parallel()
	offices(t, func(_ *testing.T, o *office) {
		boss := o.login("owner")
		own := []string{"staff:manage", "roles:read", "roles:manage", "tokens:manage", "products:read", "stock:adjust"}
		hr := o.post("/roles", map[string]any{"name": "hr", "label": "HR", "permissions": own, "max_stock_adjustment": 10}, boss...).is(201).int("id")
		me, session := o.member("hr@shop.test", "hr")
		owner, manager := o.role("owner", boss), o.role("manager", boss)

		staffOf := func(id int64) string { return fmt.Sprintf("/staff/%d", id) }
		for _, roleID := range []int64{owner, manager, o.role("read-only", boss)} {
			o.post("/staff", map[string]any{"email": "x@shop.test", "name": "X", "role_id": roleID}, session...).problem(403, "forbidden")
		}
		for _, patch := range []map[string]any{{"name": "X"}, {"is_active": false}, {"email": "mine@shop.test"}, {"role_id": hr}} {
			o.patch(staffOf(o.ids["owner"]), patch, session...).problem(403, "forbidden")
		}
		o.post(staffOf(o.ids["owner"])+"/invite", nil, session...).problem(403, "forbidden")
		o.post(staffOf(me)+"/invite", nil, session...).problem(403, "forbidden")
		o.post("/api-tokens", map[string]any{"name": "x", "staff_id": o.ids["owner"]}, session...).problem(403, "forbidden")
		o.post("/api-tokens", map[string]any{"name": "x", "permissions": []string{"orders:read"}}, session...).problem(422, "invalid", "body.permissions")
		o.patch(staffOf(me), map[string]any{"role_id": owner}, session...).problem(403, "forbidden")
		o.patch(staffOf(o.ids["owner"]), map[string]any{"role_id": manager}, boss...).problem(403, "forbidden")

		for _, role := range []map[string]any{
			{"permissions": []string{"products:read", "orders:read"}, "max_stock_adjustment": 10},
			{"permissions": access.All(), "max_stock_adjustment": 10},
			{"permissions": own, "max_stock_adjustment": 11},
			{"permissions": own},
			{"permissions": own, "max_stock_adjustment": nil},
		} {
			role["name"], role["label"] = "more", "More"
			o.post("/roles", role, session...).problem(403, "forbidden")
		}
		roleOf := func(id int64) string { return fmt.Sprintf("/roles/%d", id) }
		o.patch(roleOf(hr), map[string]any{"max_stock_adjustment": 5}, session...).problem(403, "forbidden")
		less := o.post("/roles", map[string]any{"name": "less", "label": "Less", "permissions": []string{"products:read", "stock:adjust"}, "max_stock_adjustment": 10}, session...).is(201).int("id")
		o.patch(roleOf(less), map[string]any{"permissions": []string{"products:read", "orders:read"}}, session...).problem(403, "forbidden")
		for _, most := range []any{nil, 11} {
			o.patch(roleOf(less), map[string]any{"max_stock_adjustment": most}, session...).problem(403, "forbidden")
		}
		o.patch(roleOf(less), map[string]any{"label": "Even less"}, session...).is(200)
		more := o.post("/roles", map[string]any{"name": "more", "label": "More", "permissions": []string{"orders:read"}}, boss...).is(201).int("id")
		o.patch(roleOf(more), map[string]any{"permissions": []string{"products:read"}}, session...).problem(403, "forbidden")
		o.delete(roleOf(more), session...).problem(403, "forbidden")
		// The limit of stock adjustments does not matter to members who may not adjust
		// stock.
		harmless := o.post("/roles", map[string]any{"name": "harmless", "label": "Harmless", "permissions": []string{"products:read"}}, session...).is(201).int("id")
		o.post("/staff", map[string]any{"email": "harmless@shop.test", "name": "X", "role_id": harmless}, session...).is(201)
		for _, p := range []string{"stock:adjust", "stock:count"} {
			o.patch(roleOf(harmless), map[string]any{"permissions": []string{"products:read", p}}, session...).problem(403, "forbidden")
		}
		made := o.post("/staff", map[string]any{"email": "Less@shop.test", "name": "Less", "role_id": less}, session...).is(201)
		made.has("email", "less@shop.test").has("totp_enabled", false).has("last_login_at", nil).has("is_active", true)
		o.post(staffOf(made.int("id"))+"/invite", nil, session...).is(200)
		o.patch(staffOf(made.int("id")), map[string]any{"role_id": manager}, session...).problem(403, "forbidden")
		o.patch(staffOf(me), map[string]any{"name": "Sam the second"}, session...).is(200)
		// An earlier token loses the permissions that the owner has taken back, too.
		token := o.post("/api-tokens", map[string]any{"name": "mine"}, session...).is(201).at("token").(string)
		o.patch(roleOf(hr), map[string]any{"permissions": []string{"products:read"}}, boss...).is(200)
		o.get("/staff", session...).problem(403, "forbidden")
		o.get("/staff", "Authorization", "Bearer "+token).problem(403, "forbidden")
		o.get("/products", "Authorization", "Bearer "+token).is(200)
	})
}

func TestRoles(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		list := o.get("/roles", boss...).is(200).has("total", 6)
		for i, r := range access.Roles() {
			list.has(fmt.Sprintf("items.%d.name", i), r.Name).has(fmt.Sprintf("items.%d.is_built_in", i), true)
			id := list.int(fmt.Sprintf("items.%d.id", i))
			for _, patch := range []map[string]any{{"label": "X"}, {"permissions": []string{}}, {"name": "x"}, {"max_stock_adjustment": 1}} {
				o.patch(fmt.Sprintf("/roles/%d", id), patch, boss...).problem(409, "conflict")
			}
			o.delete(fmt.Sprintf("/roles/%d", id), boss...).problem(409, "conflict").says("part of the program")
			o.post("/roles", map[string]any{"name": r.Name, "label": "X", "permissions": []string{}}, boss...).problem(422, "invalid", "body.name")
			o.post("/roles", map[string]any{"name": "x", "label": strings.ToUpper(r.Label)}, boss...).problem(422, "invalid", "body.label")
			for _, alike := range []string{r.Label + " ", r.Label + "\u200b", "\u202e" + r.Label, strings.ReplaceAll(r.Label, "e", "e\u00ad")} {
				o.post("/roles", map[string]any{"name": "x", "label": alike}, boss...).problem(422, "invalid", "body.label")
			}
		}
		o.post("/roles", map[string]any{"name": "x", "label": "X", "permissions": []string{"products:fly"}}, boss...).problem(422, "invalid", "body.permissions")
		id := o.post("/roles", map[string]any{"name": "clerk", "label": "Clerk", "permissions": []string{"products:read", "orders:read", "products:read"}}, boss...).
			is(201).has("permissions.0", "orders:read").has("permissions.1", "products:read").has("is_built_in", false).int("id")
		o.member("clerk@shop.test", "clerk")
		o.delete(fmt.Sprintf("/roles/%d", id), boss...).problem(409, "conflict").says("that of 1 of the staff")
		o.patch(fmt.Sprintf("/roles/%d", id), map[string]any{"is_built_in": true}, boss...).problem(422, "invalid")
		o.patch(fmt.Sprintf("/roles/%d", id), map[string]any{"name": "manager"}, boss...).problem(422, "invalid", "body.name")
		o.patch(fmt.Sprintf("/roles/%d", id), map[string]any{"label": "Owner"}, boss...).problem(422, "invalid", "body.label")
		// A permission from another version of the program does not block the role.
		storetest.SQL(t, o.db, `UPDATE roles SET permissions = '["products:fly"]' WHERE name = 'clerk'`)
		o.post("/staff", map[string]any{"email": "x@shop.test", "name": "X", "role_id": id}, boss...).is(201)
		// Nor does it prevent others from being given beside it, which drop it. No other unknown one is accepted with it.
		give := func(permissions ...string) *answer {
			return o.patch(fmt.Sprintf("/roles/%d", id), map[string]any{"permissions": permissions}, boss...)
		}
		give("orders:read", "products:fly", "products:swim").problem(422, "invalid", "body.permissions")
		give("products:fly", "orders:read").is(200).has("permissions.0", "orders:read")
		give("orders:read", "products:fly").problem(422, "invalid", "body.permissions")
		unused := o.post("/roles", map[string]any{"name": "unused", "label": "Unused", "permissions": []string{}}, boss...).is(201)
		o.delete(unused.Header.Get("Location"), boss...).is(204)
		// A program may leave out the name that people see.
		till := o.post("/roles", map[string]any{"name": "till-2", "permissions": []string{"products:read"}}, boss...).is(201).has("label", "till-2")
		for _, bad := range []any{nil, "", " "} {
			o.post("/roles", map[string]any{"name": "bad", "label": bad}, boss...).problem(422, "invalid", "body.label")
		}
		o.post("/roles", map[string]any{"permissions": []string{}}, boss...).problem(422, "invalid", "body.name")
		if n := o.db.Client.Role.Query().Where(role.LabelFolded("till-2")).CountX(storetest.Context(t)); n != 1 {
			t.Errorf("searches find %d roles by the label that was left out", n)
		}
		o.get(in("/audit-entries?resource=roles&record_id=%d&field=label", till.int("id")), boss...).is(200).has("items.0.action", "create")
		o.delete(till.Header.Get("Location"), boss...).is(204)
		// The program restores its own roles, and leaves the others alone.
		if err := o.accounts.SyncRoles(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.get("/roles", boss...).is(200).has("total", 7)
	})
}

// What the API cannot express is refused within the program too.
func TestRoleHoles(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		id := o.post("/roles", map[string]any{"name": "x", "label": "X", "permissions": []string{"products:read"}}, boss...).is(201).int("id")
		support := o.role("support", boss)
		for name, write := range map[string]func(ctx context.Context, tx *ent.Client) error{
			"many": func(ctx context.Context, tx *ent.Client) error {
				return tx.Role.Update().Where(role.ID(id)).SetLabel("Y").Exec(ctx)
			},
			"deletion of many": func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.Role.Delete().Where(role.ID(id)).Exec(ctx)
				return err
			},
			"one permission more": func(ctx context.Context, tx *ent.Client) error {
				return tx.Role.UpdateOneID(id).AppendPermissions([]access.Permission{"orders:read"}).Exec(ctx)
			},
			"no such permission": func(ctx context.Context, tx *ent.Client) error {
				return tx.Role.UpdateOneID(id).SetPermissions([]access.Permission{"products:fly"}).Exec(ctx)
			},
			"now built in": func(ctx context.Context, tx *ent.Client) error {
				return tx.Role.UpdateOneID(id).SetIsBuiltIn(true).Exec(ctx)
			},
			"a built-in one with less": func(ctx context.Context, tx *ent.Client) error {
				return tx.Role.UpdateOneID(support).SetPermissions([]access.Permission{"orders:read"}).Exec(ctx)
			},
			"a built-in one with a limit": func(ctx context.Context, tx *ent.Client) error {
				return tx.Role.UpdateOneID(support).SetMaxStockAdjustment(1).Exec(ctx)
			},
		} {
			err := o.db.Tx(o.ctx(), write)
			if kind := shop.KindOf(err); kind != shop.KindInvalid && kind != shop.KindConflict {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A program resets the built-in roles to its own version, whatever another version made of
// them; one that is older than the database only adds missing ones.
func TestSyncRoles(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		path := in("/roles/%d", o.role("support", boss))
		want := o.get(path, boss...).is(200)
		for column, value := range map[string]string{"label": "X", "description": "X", "permissions": `["products:read"]`} {
			storetest.SQL(t, o.db, "UPDATE roles SET "+column+" = $1 WHERE name = 'support'", value)
			other := o.get(path, boss...).is(200).at(column)
			if err := o.accounts.AddRoles(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(other, o.get(path, boss...).at(column)); diff != "" {
				t.Errorf("%s was written by a program that adds: %s", column, diff)
			}
			if err := o.accounts.SyncRoles(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.at(column), o.get(path, boss...).at(column)); diff != "" {
				t.Errorf("%s: %s", column, diff)
			}
		}
	})
}

func TestMassAssignment(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss, clerk := o.login("owner"), o.login("support")
		path := fmt.Sprintf("/staff/%d", o.ids["support"])
		for _, member := range []string{"password_hash", "password", "totp_enabled", "totp_secret", "totp_step", "last_login_at", "version", "role", "permissions", "id"} {
			o.patch(path, map[string]any{member: 1}, boss...).problem(422, "invalid", "body."+member)
			o.post("/staff", map[string]any{"email": "x@shop.test", "name": "X", "role_id": 1, member: 1}, boss...).problem(422, "invalid", "body."+member)
		}
		for _, member := range []string{"role_id", "role", "permissions", "email", "totp_enabled", "is_active", "via", "id", "password"} {
			o.patch("/auth/me", map[string]any{"name": "X", member: 1}, clerk...).problem(422, "invalid", "body."+member)
		}
		o.patch("/auth/me", map[string]any{"name": nil}, clerk...).problem(422, "invalid", "body.name")
		o.patch("/auth/me", map[string]any{"name": "Kim"}, clerk...).is(200).has("name", "Kim").has("role", "support")
		o.post("/auth/login", map[string]any{"email": "owner@shop.test", "password": secretWord, "role": "owner"}).problem(422, "invalid", "body.role")
		o.post("/api-tokens", map[string]any{"name": "x", "prefix": "sk_", "token_hash": "x"}, boss...).problem(422, "invalid", "body.prefix", "body.token_hash")
		o.get(path, boss...).is(200).has("name", "Kim")
		for _, text := range []string{o.get("/staff", boss...).Text, o.get("/schema", boss...).Text, o.get("/api-tokens", boss...).Text} {
			for _, secret := range []string{"password_hash", "totp_secret", "totp_step", "token_hash", "argon2"} {
				if strings.Contains(text, secret) {
					t.Errorf("the API tells %s", secret)
				}
			}
		}
	})
}

func TestLastOwner(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		manager := o.role("manager", boss)
		path := fmt.Sprintf("/staff/%d", o.ids["owner"])
		o.patch(path, map[string]any{"is_active": false}, boss...).problem(409, "conflict")
		if _, err := o.accounts.SetActive(o.ctx(), "owner@shop.test", false); err == nil {
			t.Error("the command line took the last owner")
		}
		o.patch(path, map[string]any{"is_active": true, "role_id": o.role("owner", boss)}, boss...).is(200) // as they are
		// An owner who has not chosen a password yet cannot log in.
		second := o.post("/staff", map[string]any{"email": "second@shop.test", "name": "S", "role_id": o.role("owner", boss)}, boss...).is(201).int("id")
		o.patch(path, map[string]any{"is_active": false}, boss...).problem(409, "conflict")
		o.patch(fmt.Sprintf("/staff/%d", second), map[string]any{"is_active": false}, boss...).is(200)

		// Two owners who disable or demote each other at the same time: one remains.
		for round := range 6 {
			a, sessionA := o.member(fmt.Sprintf("a%d@shop.test", round), "owner")
			b, sessionB := o.member(fmt.Sprintf("b%d@shop.test", round), "owner")
			if round == 0 {
				o.patch(path, map[string]any{"is_active": false}, sessionA...).is(200)
			} else {
				for _, id := range o.owners() {
					if id != a && id != b {
						o.patch(fmt.Sprintf("/staff/%d", id), map[string]any{"is_active": false}, sessionA...).is(200)
					}
				}
			}
			patch := map[string]any{"is_active": false}
			if round%2 == 1 {
				patch = map[string]any{"role_id": manager}
			}
			var done atomic.Int64
			var wg sync.WaitGroup
			for _, c := range []struct {
				target  int64
				session []string
			}{{b, sessionA}, {a, sessionB}} {
				wg.Go(func() {
					switch r := o.patch(fmt.Sprintf("/staff/%d", c.target), patch, c.session...); r.Status {
					case 200:
						done.Add(1)
					case 401, 403, 409:
					default:
						t.Error(r.Text)
					}
				})
			}
			wg.Wait()
			if n := len(o.owners()); n != 1 || done.Load() != 1 {
				t.Fatalf("%d owners are left after %d changes", n, done.Load())
			}
		}
	})
}

// owners returns the ids of the active owners with a password.
func (o *office) owners() []int64 {
	o.t.Helper()
	all, err := o.accounts.Members(o.ctx())
	if err != nil {
		o.t.Fatal(err)
	}
	var ids []int64
	for _, m := range all {
		if m.Edges.Role.Name == "owner" && m.IsActive && m.PasswordHash != nil {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

func TestTokens(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		o.get("/api-tokens", o.login("read-only")...).problem(403, "forbidden")
		// Fewer permissions than the member has.
		r := o.post("/api-tokens", map[string]any{
			"name": "reader", "permissions": []string{"products:read"}, "expires_at": time.Now().Add(48 * time.Hour),
		}, append(boss, "Idempotency-Key", "once")...).is(201).has("staff_id", int(o.ids["owner"])).has("revoked_at", nil)
		if tag := o.get(r.Header.Get("Location"), boss...).is(200).has("expires_at", r.at("expires_at")).Header.Get("ETag"); tag == "" || r.Header.Get("ETag") != tag {
			t.Errorf("created with the ETag %q, read with %q", r.Header.Get("ETag"), tag)
		}
		text, _ := r.at("token").(string)
		if !strings.HasPrefix(text, "sk_") || !strings.HasPrefix(text, r.at("prefix").(string)) {
			t.Error(r.Text)
		}
		bearer := []string{"Authorization", "Bearer " + text}
		o.get("/products", bearer...).is(200)
		o.get("/orders", bearer...).problem(403, "forbidden")
		o.get("/auth/me", bearer...).is(200).has("via", "token").has("permissions.0", "products:read")
		o.post("/auth/password", map[string]any{"current_password": secretWord, "new_password": "purple elephants dance"}, bearer...).problem(403, "forbidden")
		// A token cannot create one with more permissions.
		maker := o.post("/api-tokens", map[string]any{"name": "maker", "permissions": []string{"products:read", "tokens:manage"}}, boss...).is(201)
		through := []string{"Authorization", "Bearer " + maker.at("token").(string)}
		o.post("/api-tokens", map[string]any{"name": "x", "permissions": []string{"products:read", "orders:read"}}, through...).problem(403, "forbidden")
		o.post("/api-tokens", map[string]any{"name": "x", "permissions": []string{"products:read"}}, through...).is(201)

		// The same key makes another token: the first answer was not kept.
		again := o.post("/api-tokens", map[string]any{
			"name": "reader", "permissions": []string{"products:read"},
		}, append(boss, "Idempotency-Key", "once")...).is(201)
		if again.at("token") == text || again.Header.Get("Idempotency-Replayed") != "" {
			t.Error("the answer with the token was remembered")
		}
		if n, err := o.db.Reader.IdempotencyKey.Query().Count(o.ctx()); n != 0 || err != nil {
			t.Error(n, err)
		}
		shown := o.get(r.Header.Get("Location"), boss...).is(200)
		if strings.Contains(shown.Text, text) {
			t.Error("the token is shown again")
		}
		o.await(func() bool { return o.get(r.Header.Get("Location"), boss...).at("last_used_at") != nil })

		o.clock.move(49 * time.Hour)
		o.get("/products", bearer...).problem(401, "unauthenticated")
		for _, at := range []any{
			time.Now().Add(time.Hour), "9999-12-31T23:59:59-00:01", "2126-01-01", "2126-01-01T00:00:00,5Z", "2126-01-01T00:00:00+24:00",
		} {
			late := o.post("/api-tokens", map[string]any{"name": "late", "expires_at": at}, o.login("owner")...).problem(422, "invalid", "body.expires_at")
			if n := len(late.at("errors").([]any)); n != 1 {
				t.Errorf("%v has %d errors", at, n)
			}
		}

		// For others: the current permissions of the role. A revoked token is void at once,
		// for good.
		boss = o.login("owner")
		theirs := o.post("/api-tokens", map[string]any{"name": "till", "staff_id": o.ids["support"]}, boss...).is(201)
		if list, _ := theirs.at("permissions").([]any); len(list) == 0 {
			t.Error("a token for somebody else follows their role:", theirs.Text)
		}
		till := []string{"Authorization", "Bearer " + theirs.at("token").(string)}
		o.get("/customers", till...).is(200)
		o.delete(theirs.Header.Get("Location"), boss...).is(204)
		o.get("/customers", till...).problem(401, "unauthenticated")
		o.delete(theirs.Header.Get("Location"), boss...).is(204)
		o.delete("/api-tokens/999999", boss...).problem(404, "not_found")
		err := o.db.Tx(o.ctx(), func(ctx context.Context, tx *ent.Client) error {
			return tx.APIToken.UpdateOneID(theirs.int("id")).ClearRevokedAt().Exec(ctx)
		})
		if shop.KindOf(err) != shop.KindConflict {
			t.Errorf("is given back: %v", err)
		}
		// There are no tokens for members who do not exist or are disabled.
		o.post("/api-tokens", map[string]any{"name": "x", "staff_id": 4711}, boss...).problem(422, "invalid", "body.staff_id")
		o.patch(fmt.Sprintf("/staff/%d", o.ids["support"]), map[string]any{"is_active": false}, boss...).is(200)
		o.post("/api-tokens", map[string]any{"name": "x", "staff_id": o.ids["support"]}, boss...).problem(422, "invalid", "body.staff_id")
		// A manager cannot create a token for an owner.
		o.post("/api-tokens", map[string]any{"name": "x", "staff_id": o.ids["owner"]}, o.login("manager")...).problem(403, "forbidden")
	})
}

// Two members with the same key do not get each other's answers.
func TestIdempotencyPerCaller(t *testing.T) {
	t.Parallel()
	offices(t, func(_ *testing.T, o *office) {
		body := map[string]any{"name": "Tea", "slug": "tea"}
		one := append(o.login("owner"), "Idempotency-Key", "k")
		o.post("/categories", body, one...).is(201)
		o.post("/categories", body, one...).is(201)
		o.post("/categories", body, append(o.login("manager"), "Idempotency-Key", "k")...).problem(409, "conflict")
		o.post("/categories", body, append(o.token("owner"), "Idempotency-Key", "k")...).problem(409, "conflict")
	})
}

func TestFirstRun(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		if err := o.accounts.SyncRoles(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.get("/auth/setup").is(200).has("vacant", true)
		expired, err := o.accounts.FirstRun(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		o.clock.move(61 * time.Minute)
		link, err := o.accounts.FirstRun(t.Context())
		if err != nil || link.Token == expired.Token || !strings.HasPrefix(link.URL("http://x"), "http://x/#/setup?token=") {
			t.Fatal(link, err)
		}
		setup := func(token string, name, email string, password string) *answer {
			return o.post("/auth/setup", map[string]any{"token": token, "name": name, "email": email, "password": password})
		}
		setup(expired.Token, "Ada", "ada@shop.test", secretWord).problem(422, "invalid", "body.token")
		setup("nonsense", "Ada", "ada@shop.test", secretWord).problem(422, "invalid", "body.token")
		setup(link.Token, "Ada", "ada@shop.test", "password1234").problem(422, "invalid", "body.password")
		setup(link.Token, "Ada", "no address", secretWord).problem(422, "invalid", "body.email")
		o.post("/auth/setup", map[string]any{"token": link.Token, "password": secretWord}).problem(422, "invalid", "body.email")

		// Many requests at once, with two links: only one creates the owner.
		other, err := o.accounts.FirstRun(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var won atomic.Int64
		var wg sync.WaitGroup
		for i := range 6 {
			token := []string{link.Token, other.Token}[i%2]
			wg.Go(func() {
				switch r := setup(token, "Ada", fmt.Sprintf("ada%d@shop.test", i), secretWord); r.Status {
				case 200:
					won.Add(1)
					o.get("/staff", cookieOf(r)...).is(200).has("total", 1)
				case 409, 422:
				default:
					t.Error(r.Text)
				}
			})
		}
		wg.Wait()
		o.get("/auth/setup").is(200).has("vacant", false)
		if n, err := db.Reader.Staff.Query().Count(storetest.Context(t)); n != 1 || won.Load() != 1 || err != nil {
			t.Errorf("%d owners, %d winners, %v", n, won.Load(), err)
		}
		if link, err := o.accounts.FirstRun(t.Context()); link != nil || err != nil {
			t.Error("a shop with staff can be set up again", err)
		}
		if demo, err := o.accounts.AddDemo(t.Context()); demo || err != nil {
			t.Error("a shop with staff got demo accounts", err)
		}
	})
}

func TestInvite(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		invite := func(id int64, body any) string {
			t.Helper()
			r := o.post(fmt.Sprintf("/staff/%d/invite", id), body, append(boss, "Idempotency-Key", "k")...).is(200)
			u, err := url.Parse(r.at("url").(string))
			if err != nil || u.Host != "example.com" {
				t.Fatal(r.Text)
			}
			q, err := url.ParseQuery(strings.TrimPrefix(u.Fragment, "/setup?"))
			if err != nil || q.Get("token") == "" || q.Get("email") == "" {
				t.Fatal(r.Text)
			}
			return q.Get("token")
		}
		accept := func(token, password string) *answer {
			return o.post("/auth/setup", map[string]any{"token": token, "password": password})
		}
		id := o.post("/staff", map[string]any{"email": "new@shop.test", "name": "New", "role_id": o.role("support", boss)}, boss...).is(201).int("id")
		first, second, another := invite(id, nil), invite(id, nil), invite(o.ids["manager"], nil)
		accept(first, "purple elephants dance").problem(422, "invalid", "body.token")
		for _, member := range []string{"name", "email"} { // these members are refused, and the link stays valid
			o.post("/auth/setup", map[string]any{"token": second, "password": "purple elephants dance", member: "Other"}).
				problem(422, "invalid", "body."+member)
		}
		accept(second, "purple elephants dance").is(200).has("status", "signed_in").has("me.role", "support").has("me.name", "New")
		accept(second, "purple elephants dance").problem(422, "invalid", "body.token")
		accept(another, "purple elephants dance").is(200).has("me.role", "manager")
		if n, err := o.db.Reader.IdempotencyKey.Query().Count(o.ctx()); n != 0 || err != nil {
			t.Error("an answer with a link was remembered", n, err)
		}

		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1"+in("/staff/%d/invite", id), http.NoBody)
		r.Header.Set(boss[0], boss[1])
		r.TLS = &tls.ConnectionState{}
		if w := o.serve(r); w.Code != 200 || !strings.Contains(w.Body.String(), `"https://example.com/`) {
			t.Errorf("over TLS: %d %s", w.Code, w.Body)
		}

		// A reset ends every session, and does not bypass the second factor.
		_, _, session := o.enrol(o.login("support"))
		o.clock.move(time.Minute)
		accept(invite(o.ids["support"], nil), "purple elephants dance").is(200).has("status", "totp_required")
		o.get("/auth/me", session...).is(401)

		// Removing the second factor ends every session too, before the link is used.
		_, _, session = o.enrol(o.login("catalog"))
		token := invite(o.ids["catalog"], map[string]any{"remove_totp": true})
		o.get("/auth/me", session...).is(401)
		o.told(o.ids["catalog"], "invite", "owner@shop.test")
		accept(token, "purple elephants sing").is(200).has("status", "signed_in")

		// The link of a member who is disabled is void, even after they are enabled again.
		token = invite(id, nil)
		o.patch(fmt.Sprintf("/staff/%d", id), map[string]any{"is_active": false}, boss...).is(200)
		o.post(fmt.Sprintf("/staff/%d/invite", id), nil, boss...).problem(409, "conflict")
		o.patch(fmt.Sprintf("/staff/%d", id), map[string]any{"is_active": true}, boss...).is(200)
		accept(token, "purple elephants dance").problem(422, "invalid", "body.token")
		token = invite(id, nil)
		o.clock.move(73 * time.Hour)
		accept(token, "purple elephants dance").problem(422, "invalid", "body.token")
		o.post("/staff/999999/invite", nil, o.login("owner")...).problem(404, "not_found")
	})
}

// A member who has lost phone and recovery codes can sign in with the password again, with
// the help of somebody who may manage staff and has all of the member's permissions.
func TestRemoveTOTP(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		remove := func(role string, session []string) *answer {
			return o.delete(fmt.Sprintf("/staff/%d/totp", o.ids[role]), session...)
		}
		signIn := func(role string) *answer {
			return o.post("/auth/login", map[string]any{"email": role + "@shop.test", "password": secretWord}).is(200)
		}
		boss := o.login("owner")
		_, recovery, lost := o.enrol(o.login("support"))
		signIn("support").has("status", "totp_required")
		remove("support", o.login("read-only")).problem(403, "forbidden")
		remove("support", boss).is(204)
		o.get("/auth/me", lost...).is(401)
		o.told(o.ids["support"], "update", "owner@shop.test")
		signIn("support").has("status", "signed_in").has("me.totp_enabled", false)
		if n, err := o.db.Reader.RecoveryCode.Query().Count(o.ctx()); n != 0 || err != nil {
			t.Errorf("of %d recovery codes %d count still: %v", len(recovery), n, err)
		}
		// Removing it again changes nothing, and does not end later sessions.
		session := cookieOf(signIn("support"))
		remove("support", boss).is(204)
		o.get("/auth/me", session...).is(200)
		o.delete("/staff/999999/totp", boss...).problem(404, "not_found")

		// Not the own one, by session or token, nor that of a member with more permissions.
		_, _, boss = o.enrol(boss)
		remove("owner", boss).problem(403, "forbidden")
		remove("owner", o.token("owner")).problem(403, "forbidden")
		o.post("/roles", map[string]any{"name": "hr", "label": "HR", "permissions": []string{"staff:manage"}}, boss...).is(201)
		_, hr := o.member("hr@shop.test", "hr")
		remove("owner", hr).problem(403, "forbidden")
		o.get("/auth/me", boss...).is(200).has("totp_enabled", true)
	})
}

// told fails the test unless the latest entry about a member has this action and actor.
func (o *office) told(id int64, action, actor string) {
	o.t.Helper()
	e, err := o.db.Reader.AuditEntry.Query().Where(auditentry.Resource("staff"), auditentry.RecordID(id)).
		Order(ent.Desc(auditentry.FieldID)).First(o.ctx())
	if err != nil || e.Action != action || e.Actor != actor {
		o.t.Errorf("expected %s by %s: %v %v", action, actor, e, err)
	}
}

// The trail records that passwords, second factors and tokens were set, but neither their
// values nor their hashes.
func TestTrailHoldsNoSecrets(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		const chosen, changed = "purple elephants dance", "purple elephants sing"
		secrets := []string{secretWord, chosen, changed, "argon2"}
		hashed := func(texts ...string) { // the values that are stored as SHA-256
			for _, text := range texts {
				sum := secret.Hash(text)
				secrets = append(secrets, text, hex.EncodeToString(sum), base64.StdEncoding.EncodeToString(sum))
			}
		}
		cookies := func(session []string) []string {
			_, token, _ := strings.Cut(session[1], "=")
			hashed(token)
			return session
		}
		stored := func(id int64) { // the current values
			m, err := o.db.Reader.Staff.Get(o.ctx(), id)
			if err != nil || m.PasswordHash == nil {
				t.Fatal(m, err)
			}
			secrets = append(secrets, *m.PasswordHash)
			if m.TotpSecret != nil {
				secrets = append(secrets, *m.TotpSecret)
			}
		}

		boss := cookies(o.login("owner"))
		id := o.post("/staff", map[string]any{"email": "new@shop.test", "name": "New", "role_id": o.role("owner", boss)}, boss...).is(201).int("id")
		link := o.invite(id, boss)
		hashed(link)
		session := cookies(cookieOf(o.post("/auth/setup", map[string]any{"token": link, "password": chosen}).is(200)))
		stored(id)
		session = cookies(cookieOf(o.post("/auth/password", map[string]any{"current_password": chosen, "new_password": changed}, session...).is(204)))
		stored(id)

		key := o.post("/auth/totp/enrol", map[string]any{"password": changed}, session...).is(200).at("secret").(string)
		confirmed := o.post("/auth/totp/confirm", map[string]any{"code": o.code(key)}, session...).is(200)
		cookies(cookieOf(confirmed))
		stored(id)
		codes := confirmed.at("recovery_codes").([]any)
		for _, code := range codes {
			hashed(code.(string), strings.ReplaceAll(code.(string), "-", ""))
		}
		o.clock.move(time.Minute)
		for _, code := range []any{o.code(key), codes[0]} {
			half := cookies(cookieOf(o.post("/auth/login", map[string]any{"email": "new@shop.test", "password": changed}).is(200)))
			session = cookies(cookieOf(o.post("/auth/totp", map[string]any{"code": code}, half...).is(200)))
		}
		made := o.post("/api-tokens", map[string]any{"name": "till"}, session...).is(201)
		hashed(made.at("token").(string))
		o.get("/products", "Authorization", "Bearer "+made.at("token").(string)).is(200)
		o.delete(made.Header.Get("Location"), session...).is(204)
		o.post("/auth/totp/disable", map[string]any{"password": changed}, session...).is(204)

		entries, err := o.db.Reader.AuditEntry.Query().All(o.ctx())
		if err != nil {
			t.Fatal(err)
		}
		dump, err := json.Marshal(entries)
		if err != nil {
			t.Fatal(err)
		}
		trail := string(dump)
		for _, s := range secrets {
			quoted, _ := json.Marshal(s)
			if s == "" || strings.Contains(trail, strings.Trim(string(quoted), `"`)) {
				t.Errorf("the trail tells %q", s)
			}
		}
		for _, told := range []string{"password_hash", "totp_secret", "token_hash", "totp_enabled", "revoked_at"} {
			if !strings.Contains(trail, `"field":"`+told+`"`) {
				t.Errorf("the trail does not say that %s was set", told)
			}
		}
		for _, kept := range []string{"last_login_at", "totp_step", "last_used_at", "last_seen_at"} {
			if strings.Contains(trail, `"field":"`+kept+`"`) {
				t.Errorf("the trail tells %s, which the program keeps by itself", kept)
			}
		}
	})
}
