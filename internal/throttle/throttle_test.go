package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/throttle"
)

// clock is a clock that the test sets.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func newClock() *clock { return &clock{time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)} }

// after returns how long an attempt has to wait. It counts the attempt if it need not
// wait.
func after(t *testing.T, th *throttle.Throttle, account, address string) time.Duration {
	t.Helper()
	_, err := th.Begin(t.Context(), account, address)
	if err == nil {
		return 0
	}
	limited, ok := errors.AsType[*throttle.LimitedError](err)
	if !ok || shop.KindOf(err) != shop.KindRateLimited {
		t.Fatal(err)
	}
	return limited.After
}

func TestGrowingDelay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		th := throttle.New(db, db.Tx, now.Now)
		for range 5 {
			if wait := after(t, th, "a@x.test", "192.0.2.1"); wait != 0 {
				t.Fatal("waits early:", wait)
			}
		}
		for _, seconds := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900} {
			want := time.Duration(seconds) * time.Second
			if wait := after(t, th, "a@x.test", "192.0.2.1"); wait != want {
				t.Fatalf("waits %s, want %s", wait, want)
			}
			now.now = now.now.Add(want)
			if wait := after(t, th, "a@x.test", "192.0.2.1"); wait != 0 {
				t.Fatalf("waits %s longer than it said", wait)
			}
		}
		// The account from another address, and the address for another account, need not
		// wait.
		if wait := after(t, th, "a@x.test", "192.0.2.2"); wait != 0 {
			t.Error("another address waits:", wait)
		}
		// An hour after the last wait everything is forgotten.
		now.now = now.now.Add(2 * time.Hour)
		for range 5 {
			if wait := after(t, th, "a@x.test", "192.0.2.1"); wait != 0 {
				t.Fatal("still waits:", wait)
			}
		}
	})
}

// Trying one account after the other from one address leads to waits, and all IPv6
// addresses of a network count as one.
func TestAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		th := throttle.New(db, db.Tx, now.Now)
		for i := range 20 {
			if wait := after(t, th, strconv.Itoa(i), fmt.Sprintf("2001:db8::%x", i)); wait != 0 {
				t.Fatal(i, wait)
			}
		}
		if wait := after(t, th, "another", "2001:db8::ffff"); wait != time.Second {
			t.Error(wait)
		}
		if wait := after(t, th, "another", "2001:db8:0:1::1"); wait != 0 {
			t.Error("the network beside waits:", wait)
		}
		for i := range 30 { // IPv4-mapped addresses count one by one
			if wait := after(t, th, "mapped"+strconv.Itoa(i), fmt.Sprintf("::ffff:192.0.2.%d", i)); wait != 0 {
				t.Fatal(i, wait)
			}
		}
		for i := range 50 { // however many attempts there are
			account, want := "account"+strconv.Itoa(i), min(time.Second<<min(i, 10), 15*time.Minute)
			if wait := after(t, th, account, "2001:db8::1"); wait != want {
				t.Fatalf("waits %s, want %s", wait, want)
			}
			now.now = now.now.Add(want)
			after(t, th, account, "2001:db8::1")
		}
	})
}

// Guessing at one account from many addresses leads to waits, but not for its owner at an
// address from which they have logged in before.
func TestOwnerIsNotKeptOut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		th := throttle.New(db, db.Tx, now.Now)
		for _, home := range []string{"198.51.100.1", "198.51.100.2"} {
			attempt, err := th.Begin(t.Context(), "owner", home)
			if err == nil {
				err = attempt.Succeeded(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		limited := 0
		for i := range 60 {
			if after(t, th, "owner", fmt.Sprintf("192.0.2.%d", i)) > 0 {
				limited++
			}
		}
		if limited != 10 {
			t.Errorf("%d of 60 had to wait", limited)
		}
		if wait := after(t, th, "owner", "203.0.113.9"); wait == 0 || wait > time.Minute {
			t.Error("an unknown address waits", wait)
		}
		if wait := after(t, th, "owner", "192.0.2.1"); wait == 0 {
			t.Error("an address that has failed before does not wait")
		}
		for range 2 {
			if wait := after(t, th, "owner", "198.51.100.1"); wait != 0 {
				t.Error("the owner waits", wait)
			}
		}
		now.now = now.now.Add(29 * 24 * time.Hour)
		for i := range 60 {
			after(t, th, "owner", fmt.Sprintf("192.0.2.%d", i))
		}
		if wait := after(t, th, "owner", "198.51.100.1"); wait != 0 {
			t.Error("a month later the owner waits", wait)
		}
		for range 4 {
			after(t, th, "owner", "198.51.100.1")
		}
		if wait := after(t, th, "owner", "198.51.100.1"); wait == 0 {
			t.Error("who guesses at the owner's address does not wait")
		}
		now.now = now.now.Add(2 * 24 * time.Hour)
		if wait := after(t, th, "owner", "198.51.100.1"); wait != 0 {
			t.Error("an attempt of days ago is not forgotten", wait)
		}
		for i := range 60 {
			after(t, th, "owner", fmt.Sprintf("192.0.2.%d", i))
		}
		for _, home := range []string{"198.51.100.1", "198.51.100.2"} { // with and without a failure since
			if wait := after(t, th, "owner", home); wait == 0 {
				t.Error("for longer than a month nobody has logged in from", home)
			}
		}
	})
}

// Success clears the failures of its account from its address. From those of the address
// it takes back only its own.
func TestSucceeded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		th := throttle.New(db, db.Tx, now.Now)
		succeed := func(account string) {
			t.Helper()
			attempt, err := th.Begin(t.Context(), account, "192.0.2.1")
			if err == nil {
				err = attempt.Succeeded(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for round := range 4 {
			for range 4 {
				if wait := after(t, th, "clumsy", "192.0.2.1"); wait != 0 {
					t.Fatal(round, wait)
				}
			}
			succeed("clumsy")
		}
		for i := range 4 {
			succeed("in between") // until it succeeds it is failure 17 to 20 of the address
			if wait := after(t, th, fmt.Sprint("other", i), "192.0.2.1"); wait != 0 {
				t.Fatal(i, wait)
			}
		}
		if wait := after(t, th, "one more", "192.0.2.1"); wait == 0 {
			t.Error("the address got its failures forgiven")
		}
		now.now = now.now.Add(time.Second)
		succeed("one more")
		if wait := after(t, th, "and one", "192.0.2.1"); wait == 0 {
			t.Error("a success lets the next attempt from the address pass")
		}
	})
}

// Whoever knows the password may reach the second factor as often as they like, but that
// does not make their address trusted.
func TestHalfway(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		th := throttle.New(db, db.Tx, newClock().Now)
		for range 30 {
			attempt, err := th.Begin(t.Context(), "a", "192.0.2.1")
			if err == nil {
				err = attempt.Halfway(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for i := range 50 {
			after(t, th, "a", fmt.Sprintf("198.51.100.%d", i))
		}
		if wait := after(t, th, "a", "192.0.2.1"); wait == 0 {
			t.Error("the address is trusted")
		}
	})
}

// A thousand simultaneous attempts get no further than consecutive ones.
func TestAllAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		th := throttle.New(db, db.Tx, shop.Now)
		var through atomic.Int64
		work := make(chan struct{})
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				for range work {
					if _, err := th.Begin(context.Background(), "a", "192.0.2.1"); err == nil {
						through.Add(1)
					} else if shop.KindOf(err) != shop.KindRateLimited {
						t.Error(err)
					}
				}
			})
		}
		start := shop.Now()
		for range 1000 {
			work <- struct{}{}
		}
		close(work)
		wg.Wait()
		allowed := int64(5)
		for spent, wait := shop.Now().Sub(start), time.Second; spent > 0; spent, wait = spent-wait, 2*wait {
			allowed++
		}
		if n := through.Load(); n < 5 || n > allowed {
			t.Errorf("%d attempts were let through, want 5 to %d", n, allowed)
		}
		rows, err := db.Client.LoginThrottle.Query().Count(access.System(t.Context()))
		if rows != 3 || err != nil {
			t.Error(rows, err)
		}
	})
}

// An attempt that meets another one waits until that one is counted: no attempt gets
// through beyond the last free one.
func TestAttemptMeetsAttempt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		for range 4 {
			after(t, throttle.New(db, db.Tx, now.Now), "a", "192.0.2.1")
		}
		begin := func(ctx context.Context, tx *ent.Client) error {
			within := func(ctx context.Context, fn func(context.Context, *ent.Client) error) error { return fn(ctx, tx) }
			_, err := throttle.New(db, within, now.Now).Begin(ctx, "a", "192.0.2.1")
			return err
		}
		first, second := shoptest.Overlap(t, db, begin, begin)
		if first != nil {
			t.Error(first)
		}
		shoptest.Refused(t, second, shop.KindRateLimited)
	})
}

// A clock that was fast and is set back locks nobody out, neither those who have logged
// in meanwhile nor those who could not. The limits apply as before.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	for _, ahead := range []time.Duration{30 * time.Second, 20 * time.Minute, 365 * 24 * time.Hour} {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			now := newClock()
			th := throttle.New(db, db.Tx, now.Now)
			now.now = now.now.Add(ahead)
			attempt, err := th.Begin(t.Context(), "in@x.test", "192.0.2.1")
			if err == nil {
				err = attempt.Succeeded(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
			for range 6 {
				after(t, th, "out@x.test", "192.0.2.2")
			}
			now.now = now.now.Add(-ahead)
			if wait := after(t, th, "in@x.test", "192.0.2.1"); wait != 0 {
				t.Errorf("%s ahead: who was let in waits %s", ahead, wait)
			}
			if wait := after(t, th, "out@x.test", "192.0.2.2"); wait > time.Second || wait > 0 && ahead > time.Minute {
				t.Errorf("%s ahead: who failed waits %s", ahead, wait)
			}
			now.now = now.now.Add(time.Second)
			after(t, th, "out@x.test", "192.0.2.2")
			if wait := after(t, th, "out@x.test", "192.0.2.2"); wait < time.Second {
				t.Errorf("%s ahead: who fails again waits %s", ahead, wait)
			}
		})
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		th := throttle.New(db, db.Tx, now.Now)
		for i := range 7 {
			after(t, th, strconv.Itoa(i), fmt.Sprintf("192.0.2.%d", i))
		}
		if n, err := th.Sweep(t.Context()); n != 0 || err != nil {
			t.Error("swept too early", n, err)
		}
		if n, err := throttle.SweepTo(t.Context(), th, 6); n != 15 || err != nil {
			t.Error("want the table cut to 6 rows", n, err)
		}
		now.now = now.now.Add(2 * time.Hour)
		if n, err := th.Sweep(t.Context()); n != 6 || err != nil {
			t.Error(n, err)
		}
		attempt, err := th.Begin(t.Context(), "late", "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		now.now = now.now.Add(2 * time.Hour)
		if n, err := th.Sweep(t.Context()); n != 3 || err != nil {
			t.Error(n, err)
		}
		if err := attempt.Succeeded(t.Context()); err != nil {
			t.Error("an attempt of which nothing is left:", err)
		}
	})
}

// Attempts themselves remove expired rows now and then.
func TestAttemptsSweep(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		th := throttle.New(db, db.Tx, now.Now)
		after(t, th, "old", "192.0.2.1")
		now.now = now.now.Add(2 * time.Hour)
		next := "SELECT setval('login_throttles_id_seq', 510)"
		if db.Dialect() == dialect.SQLite {
			next = "UPDATE sqlite_sequence SET seq = 510 WHERE name = 'login_throttles'"
		}
		storetest.SQL(t, db, next)
		after(t, th, "new", "192.0.2.2")
		rows, err := db.Client.LoginThrottle.Query().Count(access.System(t.Context()))
		if rows != 3 || err != nil {
			t.Error(rows, err)
		}
	})
}
