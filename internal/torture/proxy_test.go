//go:build linux

package torture_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// link is a connection between two programs, on which faults can be inflicted.
type link struct {
	name  string
	mu    sync.Mutex // held by whoever hurts it
	proxy *toxiproxy.Proxy
}

func newLink(t *testing.T, name, upstream string) *link {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	proxy := toxiproxy.NewProxy(server, name, "127.0.0.1:0", upstream)
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Stop)
	return &link{name: name, proxy: proxy}
}

func (l *link) address() string { return l.proxy.Listen }

// cut closes all connections at once, and accepts no new ones for a while.
func (l *link) cut(ctx context.Context, while time.Duration) error {
	l.proxy.Stop()
	rest(ctx, while)
	return l.proxy.Start()
}

// poison adds a toxic to the link for a while.
func (l *link) poison(ctx context.Context, while time.Duration, kind, stream, attributes string) error {
	toxic := fmt.Sprintf(`{"name":"t","type":%q,"stream":%q,"toxicity":1,"attributes":%s}`, kind, stream, attributes)
	if _, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
		return fmt.Errorf("%s: %s: %w", l.name, toxic, err)
	}
	rest(ctx, while)
	removing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return l.proxy.Toxics.RemoveToxic(removing, "t")
}

// rest waits until the time is over or the context ends.
func rest(ctx context.Context, while time.Duration) {
	timer := time.NewTimer(while)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// between returns a random duration.
func between(rng *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(rng.Int64N(int64(most-least)))
}

// linkFaults are the faults of a link. data is the direction of the answers.
func linkFaults(l *link) []fault {
	bytes := func(rng *rand.Rand, most int64) string { return fmt.Sprintf(`{"bytes":%d}`, 1+rng.Int64N(most)) }
	poisons := []struct {
		name, kind, stream string
		attributes         func(rng *rand.Rand) string
	}{
		{"connections cut mid-request", "limit_data", "upstream", func(rng *rand.Rand) string { return bytes(rng, 900) }},
		{"connections cut mid-answer", "limit_data", "downstream", func(rng *rand.Rand) string { return bytes(rng, 900) }},
		{"connections reset", "reset_peer", "downstream", func(rng *rand.Rand) string { return fmt.Sprintf(`{"timeout":%d}`, rng.IntN(60)) }},
		{"latency", "latency", "downstream", func(rng *rand.Rand) string {
			return fmt.Sprintf(`{"latency":%d,"jitter":%d}`, 5+rng.IntN(150), 1+rng.IntN(100))
		}},
		{"latency", "latency", "upstream", func(rng *rand.Rand) string {
			return fmt.Sprintf(`{"latency":%d,"jitter":%d}`, 5+rng.IntN(700), 1+rng.IntN(100))
		}},
		{"slow network", "bandwidth", "downstream", func(rng *rand.Rand) string { return fmt.Sprintf(`{"rate":%d}`, 5+rng.IntN(200)) }},
		{"data in slices", "slicer", "upstream", func(*rand.Rand) string { return `{"average_size":40,"size_variation":20,"delay":300}` }},
		{"answers swallowed", "timeout", "downstream", func(rng *rand.Rand) string { return fmt.Sprintf(`{"timeout":%d}`, 100+rng.IntN(900)) }},
	}
	faults := []fault{{l.name + ": connections closed", func(ctx context.Context, rng *rand.Rand) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.cut(ctx, between(rng, time.Millisecond, 400*time.Millisecond))
	}}}
	for _, p := range poisons {
		faults = append(faults, fault{l.name + ": " + p.name, func(ctx context.Context, rng *rand.Rand) error {
			l.mu.Lock()
			defer l.mu.Unlock()
			return l.poison(ctx, between(rng, 200*time.Millisecond, 1200*time.Millisecond), p.kind, p.stream, p.attributes(rng))
		}})
	}
	return faults
}
