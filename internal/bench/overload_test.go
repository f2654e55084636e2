package bench_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/bench/load"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

const (
	// patience is how long a request waits for its turn, and for a connection, in the benchmark.
	patience = 250 * time.Millisecond
	// burst is how long each rate is kept up.
	burst = 3 * time.Second
	heavy = "/api/v1/products?limit=100&sort=-price"
)

// BenchmarkOverload asks for lists of 100 products faster than the server can make them.
// Requests come at a fixed rate, whether or not the earlier ones are answered, as with many
// independent clients (an open loop). It shows the results with and without a limit for
// waiting. Rates are multiples of what 16 clients get out of the server in the same run.
// Without a limit so many requests may wait that the process runs out of files for their
// connections: these requests fail.
func BenchmarkOverload(b *testing.B) {
	p := newPostgres(b, fullSize)
	impatient := storetest.Open(b, store.Config{URL: p.url, MaxWait: patience})
	bounded, unbounded := serve(b, guarded(b, impatient, patience)), serve(b, product(b, p.db))
	capacity := p.capacity(b, unbounded)
	b.Logf("capacity: %.0f lists a second", capacity)
	for b.Loop() {
		for _, times := range []float64{0.5, 1, 2, 4} {
			for _, side := range []struct{ name, address string }{{"bounded", bounded}, {"unbounded", unbounded}} {
				r := storm(b, "http://"+side.address+heavy, capacity*times)
				b.Logf("%.1fx %-9s %s", times, side.name, r)
				if r.failed > 0 && side.address == bounded {
					b.Errorf("%d requests were neither served nor refused", r.failed)
				}
				b.ReportMetric(r.p99.Seconds()*1000, fmt.Sprintf("%s-%.1fx-p99-ms", side.name, times))
				b.ReportMetric(float64(len(r.accepted))/burst.Seconds()/capacity, fmt.Sprintf("%s-%.1fx-served", side.name, times))
			}
		}
	}
}

// capacity returns how many lists 16 clients get in a second.
func (p *postgres) capacity(tb testing.TB, address string) float64 {
	tb.Helper()
	ask := func(n int) load.Result {
		result, err := load.Run(16, n, func(int, int) error {
			status, err := get(context.Background(), "http://"+address+heavy)
			if err == nil && status != http.StatusOK {
				err = fmt.Errorf("status %d", status)
			}
			return err
		})
		if err != nil {
			tb.Fatal(err)
		}
		return result
	}
	ask(100)
	result := ask(1000)
	return result.Rate()
}

// stormed is the result of the requests of a storm.
type stormed struct {
	accepted        []time.Duration // their durations
	refused, failed int
	p50, p99        time.Duration
}

func (r *stormed) String() string {
	return fmt.Sprintf("%d served, p50 %s, p99 %s; %d refused, %d failed",
		len(r.accepted), r.p50.Round(time.Millisecond), r.p99.Round(time.Millisecond), r.refused, r.failed)
}

// storm sends requests at a rate and waits for all answers.
func storm(tb testing.TB, target string, rate float64) *stormed {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var (
		r  stormed
		mu sync.Mutex
		wg sync.WaitGroup
	)
	start := time.Now()
	for i := range int(rate * burst.Seconds()) {
		due := start.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		time.Sleep(time.Until(due)) //nolint:forbidigo // the test needs this rate
		wg.Go(func() {
			status, err := get(ctx, target)
			took := time.Since(due)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil && status == http.StatusOK:
				r.accepted = append(r.accepted, took)
			case err == nil && status == http.StatusServiceUnavailable:
				r.refused++
			default:
				r.failed++
			}
		})
	}
	wg.Wait()
	if len(r.accepted) == 0 {
		tb.Errorf("%s", &r)
		return &r
	}
	slices.Sort(r.accepted)
	r.p50, r.p99 = r.accepted[len(r.accepted)/2], r.accepted[len(r.accepted)*99/100]
	return &r
}

// crowd keeps as many idle connections as there are clients.
var crowd = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 10000}}

func get(ctx context.Context, target string) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, http.NoBody)
	if err != nil {
		return 0, err
	}
	response, err := crowd.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}
