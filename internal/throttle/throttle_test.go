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

// door is a throttle whose clock the test sets.
type door struct {
	*testing.T

	throttle *throttle.Throttle
	now      time.Time
}

func newDoor(t *testing.T, db *store.DB) *door {
	t.Helper()
	d := &door{T: t, now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
	d.throttle = throttle.New(db, db.Tx, func() time.Time { return d.now })
	return d
}

// after returns how long an attempt has to wait. It counts the attempt if it need not
// wait.
func (d *door) after(account, address string) time.Duration {
	d.Helper()
	_, err := d.throttle.Begin(d.Context(), account, address)
	if err == nil {
		return 0
	}
	limited, ok := errors.AsType[*throttle.LimitedError](err)
	if !ok || shop.KindOf(err) != shop.KindRateLimited {
		d.Fatal(err)
	}
	return limited.After
}

// passes fails the test if an attempt has to wait, waits if it need not.
func (d *door) passes(account, address string) {
	d.Helper()
	if wait := d.after(account, address); wait != 0 {
		d.Fatalf("%s from %s waits %s", account, address, wait)
	}
}

func (d *door) waits(account, address string) {
	d.Helper()
	if d.after(account, address) == 0 {
		d.Fatalf("%s from %s does not wait", account, address)
	}
}

// ends makes an attempt, which need not wait, and ends it.
func (d *door) ends(account, address string, end func(*throttle.Attempt, context.Context) error) {
	d.Helper()
	attempt, err := d.throttle.Begin(d.Context(), account, address)
	if err == nil {
		err = end(attempt, d.Context())
	}
	if err != nil {
		d.Fatal(err)
	}
}

func TestGrowingDelay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		for range 5 {
			d.passes("a@x.test", "192.0.2.1")
		}
		for _, seconds := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900} {
			want := time.Duration(seconds) * time.Second
			if wait := d.after("a@x.test", "192.0.2.1"); wait != want {
				t.Fatalf("waits %s, want %s", wait, want)
			}
			d.now = d.now.Add(want)
			d.passes("a@x.test", "192.0.2.1")
		}
		d.passes("a@x.test", "192.0.2.2")
		// An hour after the last wait everything is forgotten.
		d.now = d.now.Add(2 * time.Hour)
		for range 5 {
			d.passes("a@x.test", "192.0.2.1")
		}
	})
}

// Trying one account after the other from one address leads to waits, and all IPv6
// addresses of a network count as one.
func TestAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		for i := range 20 {
			d.passes(strconv.Itoa(i), fmt.Sprintf("2001:db8::%x", i))
		}
		if wait := d.after("another", "2001:db8::ffff"); wait != time.Second {
			t.Error(wait)
		}
		d.passes("another", "2001:db8:0:1::1") // the network beside
		for i := range 30 {                    // IPv4-mapped addresses count one by one
			d.passes("mapped"+strconv.Itoa(i), fmt.Sprintf("::ffff:192.0.2.%d", i))
		}
		for i := range 50 { // however many attempts there are
			account, want := "account"+strconv.Itoa(i), min(time.Second<<min(i, 10), 15*time.Minute)
			if wait := d.after(account, "2001:db8::1"); wait != want {
				t.Fatalf("waits %s, want %s", wait, want)
			}
			d.now = d.now.Add(want)
			d.after(account, "2001:db8::1")
		}
	})
}

// Guessing at one account from many addresses leads to waits, but not for its owner at an
// address from which they have logged in before.
func TestOwnerIsNotKeptOut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		for _, home := range []string{"198.51.100.1", "198.51.100.2"} {
			d.ends("owner", home, (*throttle.Attempt).Succeeded)
		}
		limited := 0
		for i := range 60 {
			if d.after("owner", fmt.Sprintf("192.0.2.%d", i)) > 0 {
				limited++
			}
		}
		if limited != 10 {
			t.Errorf("%d of 60 had to wait", limited)
		}
		if wait := d.after("owner", "203.0.113.9"); wait == 0 || wait > time.Minute {
			t.Error("an unknown address waits", wait)
		}
		d.waits("owner", "192.0.2.1") // it has failed before
		for range 2 {
			d.passes("owner", "198.51.100.1")
		}
		d.now = d.now.Add(29 * 24 * time.Hour)
		for i := range 60 {
			d.after("owner", fmt.Sprintf("192.0.2.%d", i))
		}
		d.passes("owner", "198.51.100.1")
		for range 4 {
			d.after("owner", "198.51.100.1")
		}
		d.waits("owner", "198.51.100.1")
		d.now = d.now.Add(2 * 24 * time.Hour)
		d.passes("owner", "198.51.100.1") // an attempt of days ago is forgotten
		for i := range 60 {
			d.after("owner", fmt.Sprintf("192.0.2.%d", i))
		}
		for _, home := range []string{"198.51.100.1", "198.51.100.2"} { // with and without a failure since a month ago
			d.waits("owner", home)
		}
	})
}

// Success clears the failures of its account from its address. From those of the address
// it takes back only its own.
func TestSucceeded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		succeed := func(account string) {
			t.Helper()
			d.ends(account, "192.0.2.1", (*throttle.Attempt).Succeeded)
		}
		for range 4 {
			for range 4 {
				d.passes("clumsy", "192.0.2.1")
			}
			succeed("clumsy")
		}
		for i := range 4 {
			succeed("in between") // until it succeeds it is failure 17 to 20 of the address
			d.passes(fmt.Sprint("other", i), "192.0.2.1")
		}
		d.waits("one more", "192.0.2.1") // the failures of the address are not forgiven
		d.now = d.now.Add(time.Second)
		succeed("one more")
		d.waits("and one", "192.0.2.1") // nor does a success let the next attempt pass
	})
}

// Whoever knows the password may reach the second factor as often as they like, but that
// does not make their address trusted.
func TestHalfway(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		for range 30 {
			d.ends("a", "192.0.2.1", (*throttle.Attempt).Halfway)
		}
		for i := range 50 {
			d.after("a", fmt.Sprintf("198.51.100.%d", i))
		}
		d.waits("a", "192.0.2.1") // the address is not trusted
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
		d := newDoor(t, db)
		for range 4 {
			d.after("a", "192.0.2.1")
		}
		begin := func(ctx context.Context, tx *ent.Client) error {
			within := func(ctx context.Context, fn func(context.Context, *ent.Client) error) error { return fn(ctx, tx) }
			_, err := throttle.New(db, within, func() time.Time { return d.now }).Begin(ctx, "a", "192.0.2.1")
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
			d := newDoor(t, db)
			d.now = d.now.Add(ahead)
			d.ends("in@x.test", "192.0.2.1", (*throttle.Attempt).Succeeded)
			for range 6 {
				d.after("out@x.test", "192.0.2.2")
			}
			d.now = d.now.Add(-ahead)
			d.passes("in@x.test", "192.0.2.1")
			if wait := d.after("out@x.test", "192.0.2.2"); wait > time.Second || wait > 0 && ahead > time.Minute {
				t.Errorf("%s ahead: who failed waits %s", ahead, wait)
			}
			d.now = d.now.Add(time.Second)
			d.after("out@x.test", "192.0.2.2")
			if wait := d.after("out@x.test", "192.0.2.2"); wait < time.Second {
				t.Errorf("%s ahead: who fails again waits %s", ahead, wait)
			}
		})
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		for i := range 7 {
			d.after(strconv.Itoa(i), fmt.Sprintf("192.0.2.%d", i))
		}
		if n, err := d.throttle.Sweep(t.Context()); n != 0 || err != nil {
			t.Error("swept too early", n, err)
		}
		if n, err := throttle.SweepTo(t.Context(), d.throttle, 6); n != 15 || err != nil {
			t.Error("want the table cut to 6 rows", n, err)
		}
		d.now = d.now.Add(2 * time.Hour)
		if n, err := d.throttle.Sweep(t.Context()); n != 6 || err != nil {
			t.Error(n, err)
		}
		attempt, err := d.throttle.Begin(t.Context(), "late", "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(2 * time.Hour)
		if n, err := d.throttle.Sweep(t.Context()); n != 3 || err != nil {
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
		d := newDoor(t, db)
		d.after("old", "192.0.2.1")
		d.now = d.now.Add(2 * time.Hour)
		next := "SELECT setval('login_throttles_id_seq', 510)"
		if db.Dialect() == dialect.SQLite {
			next = "UPDATE sqlite_sequence SET seq = 510 WHERE name = 'login_throttles'"
		}
		storetest.SQL(t, db, next)
		d.after("new", "192.0.2.2")
		rows, err := db.Client.LoginThrottle.Query().Count(access.System(t.Context()))
		if rows != 3 || err != nil {
			t.Error(rows, err)
		}
	})
}
