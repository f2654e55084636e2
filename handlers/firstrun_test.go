package handlers_test

import (
	"sync"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
	accounts "github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// If two people set up a shop at the same time, on two replicas, only one creates the first
// owner, even if the other's link is newer than the check for older ones.
func TestFirstRunMeetsFirstRun(t *testing.T) {
	t.Parallel()
	a, interrupt := interrupted(t, "/auth/setup", `INSERT INTO "staff"`)
	one, two := newOffice(t, a.db), newOffice(t, a.db)
	if err := one.accounts.SyncRoles(one.ctx()); err != nil {
		t.Fatal(err)
	}
	setup := func(o *office, name string) *answer {
		link, err := o.accounts.FirstRun(o.ctx())
		if err != nil || link == nil {
			t.Fatal(link, err)
		}
		return o.post("/auth/setup", map[string]any{
			"token": link.Token, "name": name, "email": name + "@shop.test", "password": secretWord,
		})
	}
	var late <-chan *answer
	interrupt(func() { late = two.beside(func() *answer { return setup(two, "bob") }) })
	setup(one, "ada").is(200)
	(<-late).problem(409, "conflict").says("set up already")
	if n := a.number("SELECT COUNT(*) FROM staff"); n != 1 {
		t.Errorf("%d owners", n)
	}
}

// The demo accounts, whose password is public, are only added to a shop that nobody has set
// up, once, and exist only while their owner can sign in.
func TestDemoAccounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		if err := o.accounts.SyncRoles(t.Context()); err != nil {
			t.Fatal(err)
		}
		demo := func(want bool) {
			t.Helper()
			if got, err := o.accounts.AddDemo(t.Context()); got != want || err != nil {
				t.Errorf("demo accounts: %t, %v", got, err)
			}
			if n := o.number("SELECT COUNT(*) FROM staff WHERE email LIKE '%@demo.test'"); n != int64(len(access.Roles())) {
				t.Errorf("%d demo accounts", n)
			}
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() { demo(true) })
		}
		all.Wait()
		o.post("/auth/login", map[string]any{"email": accounts.DemoEmail("support"), "password": accounts.DemoPassword}).is(200)
		ada := accounts.Member{Email: "ada@shop.test", Name: "Ada", Role: access.RoleOwner, Password: secretWord}
		if _, _, err := o.accounts.Add(o.ctx(), ada); err != nil {
			t.Fatal(err)
		}
		demo(true)
		if _, err := o.accounts.SetActive(o.ctx(), accounts.DemoEmail(access.RoleOwner), false); err != nil {
			t.Fatal(err)
		}
		demo(false)
	})
}

// A shop that gets its first member while the demo accounts are being added, by the setup
// link or the command line, gets none of them.
func TestDemoMeetsFirstMember(t *testing.T) {
	t.Parallel()
	for way, first := range map[string]func(o *office) error{
		"setup link": func(o *office) error {
			link, err := o.accounts.FirstRun(o.ctx())
			if err != nil {
				return err
			}
			_, err = o.accounts.SetUp(o.ctx(), accounts.Setup{Token: link.Token, Name: "Ada", Email: "ada@shop.test", Password: secretWord}, "")
			return err
		},
		"command line": func(o *office) error {
			_, _, err := o.accounts.Add(o.ctx(), accounts.Member{Name: "Ada", Email: "ada@shop.test", Role: access.RoleOwner})
			return err
		},
	} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			a, interrupt := interrupted(t, "", `INSERT INTO "staff"`)
			o := newOffice(t, a.db)
			if err := o.accounts.SyncRoles(o.ctx()); err != nil {
				t.Fatal(err)
			}
			var demo bool
			var failed error
			var late <-chan *answer
			interrupt(func() {
				late = o.beside(func() *answer {
					demo, failed = o.accounts.AddDemo(o.ctx())
					return nil
				})
			})
			if err := first(o); err != nil {
				t.Fatal(err)
			}
			<-late
			if demo || failed != nil {
				t.Errorf("demo accounts: %t, %v", demo, failed)
			}
			if n := a.number("SELECT COUNT(*) FROM staff"); n != 1 {
				t.Errorf("%d members", n)
			}
		})
	}
}
