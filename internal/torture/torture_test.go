//go:build linux

package torture_test

import (
	"context"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/storekeeper/storekeeper/internal/programtest"
)

// settings are the settings of a run, from the environment.
type settings struct {
	time time.Duration
	seed uint64
}

func readSettings(t *testing.T) settings {
	t.Helper()
	s := settings{time: 10 * time.Second, seed: programtest.Seed(t)}
	if text := os.Getenv("TORTURE_TIME"); text != "" {
		d, err := time.ParseDuration(text)
		if err != nil || d <= 0 {
			t.Fatalf("TORTURE_TIME: expected a time such as 5m, got %q", text)
		}
		s.time = d
	}
	return s
}

func TestMain(m *testing.M) {
	zerolog.SetGlobalLevel(zerolog.Disabled) // some toxics log by themselves
	os.Exit(programtest.Main(m))
}

// Whatever happens around the program, it loses nothing that it acknowledged, does nothing
// twice that was asked once, and breaks no rule of the shop.
func TestTorture(t *testing.T) {
	t.Parallel()
	s := readSettings(t)
	for _, place := range []struct {
		name    string
		clients int
		open    func(t *testing.T) *world
	}{
		{"sqlite", 12, newSQLiteWorld},
		{"postgres", 32, newPostgresWorld},
	} {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			t.Logf("TORTURE_SEED=%d TORTURE_TIME=%s", s.seed, s.time)
			w := place.open(t)
			w.think = 15 * time.Millisecond
			torture(t, w, s, place.clients)
			if place.name == "sqlite" {
				restored(t, w)
			}
		})
	}
}

// torture runs clients and faults for a while, lets the clients finish what they have
// begun, and then checks the result.
func torture(t *testing.T, w *world, s settings, clients int) {
	t.Helper()
	f, base, j := w.tour(t), w.take(t), &journal{}
	m := &misfortune{faults: w.faults, pause: 400 * time.Millisecond}
	began := time.Now()

	// Clients that cannot finish within half a minute after the last fault never will.
	working, giveUp := context.WithTimeout(context.Background(), s.time+90*time.Second)
	defer giveUp()
	day := make(chan struct{})
	var staff sync.WaitGroup
	for i := range clients {
		c := newClient(i, s.seed, w, f, j)
		staff.Go(func() { c.work(working, day) })
	}

	striking, calm := context.WithTimeout(t.Context(), s.time)
	defer calm()
	var trouble sync.WaitGroup
	for i := range 2 {
		rng := rand.New(rand.NewPCG(s.seed, uint64(1000+i)))
		trouble.Go(func() { m.strike(striking, rng) })
	}
	trouble.Wait()
	w.recover(t.Context(), j)
	close(day)
	staff.Wait()
	w.close(t.Context(), j)

	found := check(j, base, w.take(t))
	t.Logf("%s\n%s", t.Name(), summary(j, m, found, time.Since(began)))
	for _, err := range m.failed {
		t.Errorf("a fault could not be inflicted or healed: %v", err)
	}
	for i, v := range found {
		if i == 50 {
			t.Errorf("and %d more", len(found)-i)
			break
		}
		t.Error(v)
	}
	if t.Failed() {
		w.keepLogs(t)
	}
	programtest.Call(t, w.direct, "reconcile") // the product's own opinion
}

// keepLogs saves the logs of the servers, to find the cause of a failure.
func (w *world) keepLogs(t *testing.T) {
	t.Helper()
	dir, err := os.MkdirTemp("", "torture-logs-") //nolint:usetesting // is to stay
	if err != nil {
		t.Error(err)
		return
	}
	for _, s := range w.servers {
		file, err := os.CreateTemp(dir, "server-*.log")
		if err != nil {
			t.Error(err)
			return
		}
		if _, err := file.Write(s.Logged()); err != nil {
			t.Error(err)
		}
		t.Logf("log of a server: %s", file.Name())
		_ = file.Close()
	}
}
