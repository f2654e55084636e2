// Package load generates load and measures it: clients work in a closed loop, over HTTP
// connections that cost almost nothing, because clients and server share the machine.
package load

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Result is the result of a run.
type Result struct {
	// Elapsed is the time from the start of the first operation to the end of
	// the last one.
	Elapsed time.Duration
	// Latencies has the duration of every operation, in no particular order.
	Latencies []time.Duration
	// Mallocs and Bytes count the allocations of this process during the run, including
	// those of the clients.
	Mallocs, Bytes uint64
}

// Operations returns how many operations there were.
func (r *Result) Operations() int { return len(r.Latencies) }

// Rate returns the operations per second.
func (r *Result) Rate() float64 { return float64(len(r.Latencies)) / r.Elapsed.Seconds() }

// Add makes r the result of both runs, one after the other.
func (r *Result) Add(other *Result) {
	r.Elapsed += other.Elapsed
	r.Latencies = append(r.Latencies, other.Latencies...)
	r.Mallocs += other.Mallocs
	r.Bytes += other.Bytes
}

// Percentile returns the latency that p percent of the operations did not exceed.
func (r *Result) Percentile(p float64) time.Duration {
	if len(r.Latencies) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(r.Latencies))
	return sorted[min(int(p/100*float64(len(sorted))), len(sorted)-1)]
}

// Run lets the clients do the operations 0 to n-1. Each client takes the next operation as
// soon as its last one is done. Run ends early at the first error.
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
	runtime.GC() // a run must not pay for the garbage of the one before
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
