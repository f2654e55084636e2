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
)

// fault is something that happens to the shop, and is over when inflict returns.
type fault struct {
	name    string
	inflict func(ctx context.Context, rng *rand.Rand) error
}

// errMissed says that there was nothing to hurt at that moment.
var errMissed = errors.New("missed")

// misfortune inflicts faults and counts them.
type misfortune struct {
	faults []fault
	pause  time.Duration // on average, between two of them

	mu     sync.Mutex
	done   map[string]int
	failed []error
}

// strike goes through all faults again and again, in a new order each time,
// until the context ends.
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
func serverFaults(s *server) []fault {
	return []fault{
		{"server killed", s.held(func(ctx context.Context, rng *rand.Rand) error {
			if err := s.kill(); err != nil {
				return err
			}
			rest(ctx, between(rng, 0, 300*time.Millisecond))
			return s.start(context.WithoutCancel(ctx))
		})},
		{"server frozen", s.held(func(ctx context.Context, rng *rand.Rand) error {
			if err := s.child.Process.Signal(syscall.SIGSTOP); err != nil {
				return err
			}
			rest(ctx, between(rng, 100*time.Millisecond, 1500*time.Millisecond))
			return s.child.Process.Signal(syscall.SIGCONT)
		})},
		{"server replaced in order", s.held(func(ctx context.Context, _ *rand.Rand) error {
			// A request that another fault holds up may outlast the drain.
			if err := s.stop(); err != nil && !bytes.Contains(s.logged(), []byte("still under way")) {
				return err
			}
			return s.start(context.WithoutCancel(ctx))
		})},
	}
}

// held hurts the server while nobody else does, and when it runs.
func (s *server) held(inflict func(ctx context.Context, rng *rand.Rand) error) func(ctx context.Context, rng *rand.Rand) error {
	return func(ctx context.Context, rng *rand.Rand) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.child == nil {
			return errNotRunning
		}
		return inflict(ctx, rng)
	}
}
