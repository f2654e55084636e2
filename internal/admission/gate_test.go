package admission_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/storekeeper/storekeeper/internal/admission"
	"github.com/storekeeper/storekeeper/internal/store"
)

func gate(most int, wait time.Duration, log io.Writer) *admission.Gate {
	return admission.New(admission.Config{Reads: most, Writes: most, MaxWait: wait, Log: slog.New(slog.NewTextHandler(log, nil))})
}

// No more than the given number work at once. The others get their turn in the order of
// arrival. A request whose turn does not come in time gets an error and does nothing.
func TestTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate(2, time.Second, io.Discard)
		var inside, most, done atomic.Int64
		var order []int
		var mu sync.Mutex
		var wg sync.WaitGroup
		refused := 0
		for i := range 12 {
			wg.Go(func() {
				err := g.Read(t.Context(), func() error {
					most.Store(max(most.Load(), inside.Add(1)))
					mu.Lock()
					order = append(order, i)
					mu.Unlock()
					time.Sleep(300 * time.Millisecond) //nolint:forbidigo // the clock is fake
					inside.Add(-1)
					done.Add(1)
					return nil
				})
				if errors.Is(err, admission.ErrOverloaded) {
					mu.Lock()
					refused++
					mu.Unlock()
				} else if err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		if w := g.Reads.Waiting(); w != 10 {
			t.Errorf("%d wait", w)
		}
		wg.Wait()
		// At 0, 300, 600 and 900 ms two begin each; at 1 s the remaining ones are refused.
		if most.Load() != 2 || done.Load() != 8 || refused != 4 {
			t.Errorf("%d at once, %d done, %d refused", most.Load(), done.Load(), refused)
		}
		for i, n := range order {
			if n/2 != i/2 {
				t.Errorf("the turns were %v", order)
				break
			}
		}
		if overloaded, away := g.Refused(); overloaded != 4 || away != 0 || g.Reads.Waiting() != 0 {
			t.Error(overloaded, away, g.Reads.Waiting())
		}
	})
}

// Writers that wait for each other do not make readers wait, nor the other way round.
func TestReadersAndWriters(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate(2, time.Second, io.Discard)
		for _, turns := range []struct {
			held, free  func(context.Context, func() error) error
			busy, empty *admission.Turns
		}{{g.Write, g.Read, g.Writes, g.Reads}, {g.Read, g.Write, g.Reads, g.Writes}} {
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(func() {
					_ = turns.held(t.Context(), func() error { time.Sleep(time.Hour); return nil }) //nolint:forbidigo // the clock is fake
				})
			}
			synctest.Wait()
			if b := turns.busy; b.Working() != 2 || b.Waiting() != 1 {
				t.Errorf("%d work, %d wait", b.Working(), b.Waiting())
			}
			if e := turns.empty; e.Working() != 0 || e.Waiting() != 0 {
				t.Errorf("%d work, %d wait for nothing", e.Working(), e.Waiting())
			}
			if err := turns.free(t.Context(), func() error { return nil }); err != nil {
				t.Error(err)
			}
			wg.Wait()
		}
	})
}

// A request that is cancelled while it waits does nothing and takes no slot.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate(1, 0, io.Discard)
		var wg sync.WaitGroup
		wg.Go(func() {
			_ = g.Read(t.Context(), func() error { time.Sleep(time.Hour); return nil }) //nolint:forbidigo // the clock is fake
		})
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		err := g.Read(ctx, func() error { t.Error("its turn came"); return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		wg.Wait()
		if err := g.Read(t.Context(), func() error { return nil }); err != nil {
			t.Error(err)
		}
	})
}

// A database that does not answer is left alone, then tried by one request, and used
// again when it answers.
func TestAway(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]error{"lost": io.ErrUnexpectedEOF, "unreachable": &pgconn.ConnectError{}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var log strings.Builder
				g := gate(100, time.Second, &log)
				do := func(result error) (ran bool, err error) {
					err = g.Read(t.Context(), func() error { ran = true; return result })
					return ran, err
				}
				ours := errors.New("ours")
				for range 20 { // not the database's fault
					for _, fault := range []error{ours, context.DeadlineExceeded} {
						if ran, err := do(fault); !ran || !errors.Is(err, fault) || g.Away() {
							t.Fatal(ran, err, g.Away())
						}
					}
				}
				for range 20 {
					if ran, err := do(fmt.Errorf("begin: %w", store.ErrBusy)); !ran || !errors.Is(err, admission.ErrOverloaded) || g.Away() {
						t.Fatal(ran, err, g.Away())
					}
				}
				for i := range 5 {
					if ran, err := do(lost); !ran || !errors.Is(err, lost) {
						t.Fatal(i, ran, err)
					}
				}
				for range 3 { // it stays away
					for range 20 {
						if ran, err := do(nil); ran || !errors.Is(err, admission.ErrAway) {
							t.Fatal(ran, err)
						}
					}
					time.Sleep(time.Second) //nolint:forbidigo // the clock is fake
					var tried atomic.Int64
					var wg sync.WaitGroup
					for range 20 {
						wg.Go(func() {
							_ = g.Read(t.Context(), func() error { tried.Add(1); time.Sleep(time.Millisecond); return lost }) //nolint:forbidigo // the clock is fake
						})
					}
					wg.Wait()
					if tried.Load() != 1 {
						t.Fatalf("%d tried", tried.Load())
					}
				}
				if !g.Away() {
					t.Error("it is taken to be there")
				}
				time.Sleep(time.Second) //nolint:forbidigo // the clock is fake
				for range 20 {
					if ran, err := do(nil); !ran || err != nil {
						t.Fatal(ran, err)
					}
				}
				if overloaded, away := g.Refused(); overloaded != 20 || away < 60 || g.Away() {
					t.Error(overloaded, away, g.Away())
				}
				if text := log.String(); strings.Count(text, "is away") != 1 || strings.Count(text, "is back") != 1 {
					t.Error(text)
				}
			})
		})
	}
}

// Clients that go away do not make the database count as away, nor as back.
func TestClientsThatGiveUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate(1, time.Second, io.Discard)
		givesUp := func() (ran bool) {
			ctx, cancel := context.WithCancel(t.Context())
			_ = g.Read(ctx, func() error { ran = true; cancel(); return io.ErrUnexpectedEOF })
			return ran
		}
		for range 20 {
			givesUp()
		}
		if g.Away() {
			t.Error("the database is taken to be away")
		}
		for range 5 {
			_ = g.Read(t.Context(), func() error { return io.ErrUnexpectedEOF })
			givesUp()
		}
		if !g.Away() {
			t.Error("who waited was told that it is away, and others are let in")
		}
		for range 3 {
			time.Sleep(time.Second) //nolint:forbidigo // the clock is fake
			if !givesUp() || !g.Away() {
				t.Error("one that tries and gives up brings the database back")
			}
		}
		time.Sleep(time.Second) //nolint:forbidigo // the clock is fake
		if err := g.Read(t.Context(), func() error { return nil }); err != nil || g.Away() {
			t.Error(err)
		}
	})
}

// A panic frees the slot.
func TestPanic(t *testing.T) {
	t.Parallel()
	g := gate(1, 0, io.Discard)
	for range 4 {
		func() {
			defer func() { _ = recover() }()
			_ = g.Read(t.Context(), func() error { panic("x") })
		}()
	}
	if err := g.Read(t.Context(), func() error { return nil }); err != nil {
		t.Error(err)
	}
}
