package handlers_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent/setuplink"
)

// invite returns the token of a setup link for the member.
func (o *office) invite(id int64, who []string) string {
	o.t.Helper()
	link, err := url.Parse(o.post(in("/staff/%d/invite", id), nil, who...).is(200).at("url").(string))
	if err != nil {
		o.t.Fatal(err)
	}
	_, query, _ := strings.Cut(link.Fragment, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		o.t.Fatal(err)
	}
	return values.Get("token")
}

// setUp uses a setup link.
func (o *office) setUp(token string) *answer {
	return o.post("/auth/setup", map[string]any{"token": token, "password": "purple elephants dance"})
}

// A link is only as powerful as its author at the time of its use: nobody can keep one
// until the member has more permissions than they have, or until they are disabled.
func TestLinkEndsWithItsAuthor(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		roleOf := func(name string, permissions []string, most any) int64 {
			return o.post("/roles", map[string]any{
				"name": name, "label": name, "permissions": permissions, "max_stock_adjustment": most,
			}, boss...).is(201).int("id")
		}
		weak := []string{"staff:manage", "tokens:manage", "stock:adjust"}
		clerk, desk := roleOf("clerk", weak, 10), roleOf("desk", []string{"stock:adjust"}, 10)
		edit := func(path string, patch map[string]any) { o.patch(path, patch, boss...).is(200) }
		for name, c := range map[string]struct {
			then   func(author, member string)
			status int
		}{
			"nothing":               {func(_, _ string) {}, 200},
			"the member is another": {func(_, member string) { edit(member, map[string]any{"name": "Other"}) }, 200},
			"the member is promoted": {func(_, member string) {
				edit(member, map[string]any{"role_id": o.role("owner", boss)})
			}, 422},
			"their role is": {func(_, _ string) {
				edit(in("/roles/%d", desk), map[string]any{"permissions": []string{"stock:adjust", "orders:read"}})
			}, 422},
			"their limit is raised": {func(_, _ string) { edit(in("/roles/%d", desk), map[string]any{"max_stock_adjustment": 11}) }, 422},
			"the author is disabled": {func(author, _ string) {
				edit(author, map[string]any{"is_active": false})
			}, 422},
			"the author's role is less": {func(_, _ string) { edit(in("/roles/%d", clerk), map[string]any{"permissions": weak[:2]}) }, 422},
			"the author's role manages nobody": {func(_, _ string) {
				edit(in("/roles/%d", clerk), map[string]any{"permissions": weak[1:]})
			}, 422},
			"the author is promoted": {func(author, _ string) { edit(author, map[string]any{"role_id": o.role("owner", boss)}) }, 200},
		} {
			slug := strings.NewReplacer(" ", "-", "'", "").Replace(name)
			author, session := o.member("author-"+slug+"@shop.test", "clerk")
			member, _ := o.member("member-"+slug+"@shop.test", "desk")
			link := o.invite(member, session)
			c.then(in("/staff/%d", author), in("/staff/%d", member))
			if r := o.setUp(link); r.Status != c.status {
				t.Errorf("%s: %d %s", name, r.Status, r.Text)
			} else if c.status == 422 {
				r.problem(422, "invalid", "body.token").says("ask for another one")
			}
			edit(in("/roles/%d", clerk), map[string]any{"permissions": weak})
			edit(in("/roles/%d", desk), map[string]any{"permissions": weak[2:], "max_stock_adjustment": 10})
		}

		// The same holds for links of a member with equal permissions.
		rogue, session := o.member("rogue@shop.test", "owner")
		link := o.invite(o.ids["owner"], session)
		edit(in("/staff/%d", rogue), map[string]any{"is_active": false})
		o.setUp(link).problem(422, "invalid", "body.token")
		o.get("/auth/me", boss...).is(200)
	})
}

// A link that was made with a token is limited to the token's permissions, and void once
// the token is revoked. A link of the command line has no such limit.
func TestLinkEndsWithItsToken(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		idle := o.post("/roles", map[string]any{"name": "idle", "label": "Idle", "permissions": []string{}}, boss...).is(201).int("id")
		member, _ := o.member("idle@shop.test", "idle")
		path := in("/staff/%d", member)
		token := o.token("owner", "staff:manage")

		o.setUp(o.invite(member, token)).is(200)
		link := o.invite(member, token)
		o.patch(path, map[string]any{"role_id": o.role("support", boss)}, boss...).is(200)
		o.setUp(link).problem(422, "invalid", "body.token")
		o.patch(path, map[string]any{"role_id": idle}, boss...).is(200)
		o.setUp(link).is(200)

		link = o.invite(member, token)
		id := o.get("/api-tokens?sort=-id&limit=1", boss...).is(200).int("items.0.id")
		o.delete(in("/api-tokens/%d", id), boss...).is(204)
		o.setUp(link).problem(422, "invalid", "body.token")

		_, reset, err := o.accounts.ResetPassword(o.ctx(), "owner@shop.test", "", false)
		if err != nil {
			t.Fatal(err)
		}
		if n := o.db.Reader.SetupLink.Query().Where(setuplink.AuthorIDIsNil()).CountX(o.ctx()); n != 1 {
			t.Error("links of the program itself:", n)
		}
		o.setUp(reset.Token).is(200)
	})
}

// A member who is disabled while a link for them is being made stays disabled, and the link
// is void.
func TestInviteMeetsDisable(t *testing.T) {
	t.Parallel()
	a, interrupt := interrupted(t, "/invite", `INSERT INTO "setup_links"`)
	o := newOffice(t, a.db)
	o.everyone()
	boss, other := o.login("owner"), o.login("owner")
	path := in("/staff/%d", o.ids["manager"])
	var disabled <-chan *answer
	interrupt(func() {
		disabled = o.beside(func() *answer { return o.patch(path, map[string]any{"is_active": false}, other...) })
	})
	link := o.invite(o.ids["manager"], boss)
	(<-disabled).is(200)
	o.patch(path, map[string]any{"is_active": true}, boss...).is(200)
	o.setUp(link).problem(422, "invalid", "body.token")
}
