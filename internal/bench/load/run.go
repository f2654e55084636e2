// Package load puts load on something and measures it: with clients that work in a closed
// loop, over HTTP connections that cost almost nothing, since clients and server share the
// machine.
package load

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Result is how a run went.
type Result struct {
	// Elapsed is the time from the start of the first operation to the end of
	// the last one.
	Elapsed time.Duration
	// Latencies has the time of every operation, in no order.
	Latencies []time.Duration
	// Mallocs and Bytes count what this process allocated meanwhile, the
	// clients' own share included.
	Mallocs, Bytes uint64
}

// Operations is how many there were.
func (r *Result) Operations() int { return len(r.Latencies) }

// Rate is operations per second.
func (r *Result) Rate() float64 { return float64(len(r.Latencies)) / r.Elapsed.Seconds() }

// Add makes r the result of both runs, one after the other.
func (r *Result) Add(other *Result) {
	r.Elapsed += other.Elapsed
	r.Latencies = append(r.Latencies, other.Latencies...)
	r.Mallocs += other.Mallocs
	r.Bytes += other.Bytes
}

// Percentile is the latency that p of 100 operations did not exceed.
func (r *Result) Percentile(p float64) time.Duration {
	if len(r.Latencies) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(r.Latencies))
	return sorted[min(int(p/100*float64(len(sorted))), len(sorted)-1)]
}

// Run has so many clients do operations 0 to n-1 between them, each taking the
// next one as soon as it is done with its last. It ends early with the first
// error.
func Run(clients, n int, do func(client, operation int) error) (Result, error) {
	var (
		next    atomic.Int64
		failed  atomic.Pointer[error]
		ready   sync.WaitGroup
		done    sync.WaitGroup
		start   = make(chan struct{})
		elapsed = make([]time.Duration, n)
	)
	work := func(client int) error {
		for failed.Load() == nil {
			operation := int(next.Add(1) - 1)
			if operation >= n {
				return nil
			}
			begin := time.Now()
			if err := do(client, operation); err != nil {
				return fmt.Errorf("client %d, operation %d: %w", client, operation, err)
			}
			elapsed[operation] = time.Since(begin)
		}
		return nil
	}
	ready.Add(clients)
	for client := range clients {
		done.Go(func() {
			ready.Done()
			<-start
			if err := work(client); err != nil {
				failed.CompareAndSwap(nil, &err)
			}
		})
	}
	ready.Wait()
	runtime.GC() // a run does not pay for the garbage of the one before
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	close(start)
	done.Wait()
	took := time.Since(begin)
	runtime.ReadMemStats(&after)
	if err := failed.Load(); err != nil {
		return Result{}, *err
	}
	return Result{
		Elapsed: took, Latencies: elapsed,
		Mallocs: after.Mallocs - before.Mallocs, Bytes: after.TotalAlloc - before.TotalAlloc,
	}, nil
}
