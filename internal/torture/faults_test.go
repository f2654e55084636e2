//go:build linux

package torture_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/storekeeper/storekeeper/internal/programtest"
)

// fault is something that happens to the shop. It has ended when inflict returns.
type fault struct {
	name    string
	inflict func(ctx context.Context, rng *rand.Rand) error
}

// errMissed says that the fault had nothing to act on at that moment.
var errMissed = errors.New("missed")

// misfortune inflicts faults and counts them.
type misfortune struct {
	faults []fault
	pause  time.Duration // on average, between two of them

	mu     sync.Mutex
	done   map[string]int
	failed []error
}

// strike inflicts all faults again and again, in a new order each time, until the context
// ends.
func (m *misfortune) strike(ctx context.Context, rng *rand.Rand) {
	for {
		order := slices.Clone(m.faults)
		rng.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, f := range order {
			rest(ctx, time.Duration(rng.ExpFloat64()*float64(m.pause)))
			if ctx.Err() != nil {
				return
			}
			m.count(f.name, f.inflict(ctx, rng))
		}
	}
}

func (m *misfortune) count(name string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case errors.Is(err, errMissed):
	case err != nil:
		m.failed = append(m.failed, fmt.Errorf("%s: %w", name, err))
	default:
		if m.done == nil {
			m.done = map[string]int{}
		}
		m.done[name]++
	}
}

func (m *misfortune) names() []string { return slices.Sorted(maps.Keys(m.done)) }

// serverFaults are what can happen to a replica.
func serverFaults(s *programtest.Server) []fault {
	var mu sync.Mutex // held by whoever hurts it
	held := func(inflict func(ctx context.Context, rng *rand.Rand) error) func(ctx context.Context, rng *rand.Rand) error {
		return func(ctx context.Context, rng *rand.Rand) error {
			mu.Lock()
			defer mu.Unlock()
			if !s.Running() {
				return programtest.ErrNotRunning
			}
			return inflict(ctx, rng)
		}
	}
	return []fault{
		{"server killed", held(func(ctx context.Context, rng *rand.Rand) error {
			if err := s.Kill(); err != nil {
				return err
			}
			rest(ctx, between(rng, 0, 300*time.Millisecond))
			return s.Start(context.WithoutCancel(ctx))
		})},
		{"server frozen", held(func(ctx context.Context, rng *rand.Rand) error {
			if err := s.Signal(syscall.SIGSTOP); err != nil {
				return err
			}
			rest(ctx, between(rng, 100*time.Millisecond, 1500*time.Millisecond))
			return s.Signal(syscall.SIGCONT)
		})},
		{"server replaced in order", held(func(ctx context.Context, _ *rand.Rand) error {
			// A request that another fault delays may outlast the drain.
			if err := s.Stop(); err != nil && !bytes.Contains(s.Logged(), []byte("still under way")) {
				return err
			}
			return s.Start(context.WithoutCancel(ctx))
		})},
	}
}
