package bench_test

import (
	"slices"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/bench/load"
)

const (
	slice     = 500 * time.Millisecond // duration of the baseline's turn
	minRounds = 5
)

// side is one of the programs that are compared.
type side struct {
	name string
	// do does an operation. No two clients do the same one.
	do func(client, operation int) error
	// cost is what an operation costs the database; nil if it is not counted.
	cost *cost
}

// cost is per operation.
type cost struct{ statements, roundTrips float64 }

// contest compares several ways to do the same thing.
type contest struct {
	name    string
	clients int
	// most is the maximum number of operations that prepare can provide for.
	most int
	// prepare prepares n operations of the next side.
	prepare func(tb testing.TB, n int)
	// open opens the sides until the end of the test. The last one is the baseline.
	open func(tb testing.TB) []side
	// verify checks the database after each run of n operations.
	verify func(tb testing.TB, n int)
}

// outcome is the result of a side.
type outcome struct {
	side

	load.Result

	ratios []float64 // to the baseline, one for every round
}

// bench runs the contest with one round for each iteration, and at least minRounds.
func (c *contest) bench(b *testing.B) {
	outcomes := newOutcomes(c.open(b))
	n := c.warmUp(b, outcomes)
	rounds := 0
	for b.Loop() {
		c.round(b, outcomes, rounds, n)
		rounds++
	}
	for ; rounds < minRounds; rounds++ {
		c.round(b, outcomes, rounds, n)
	}
	report(b, outcomes)
}

func newOutcomes(sides []side) []*outcome {
	outcomes := make([]*outcome, len(sides))
	for i, s := range sides {
		outcomes[i] = &outcome{side: s}
	}
	return outcomes
}

// warmUp lets every side open its connections and prepare its statements. It returns how
// many operations the baseline does in a slice.
func (c *contest) warmUp(tb testing.TB, outcomes []*outcome) int {
	tb.Helper()
	var rate float64
	for _, o := range outcomes {
		result := c.turn(tb, o, min(c.most, 16*c.clients+240))
		rate = result.Rate()
	}
	return max(min(int(rate*slice.Seconds()), c.most), 4*c.clients)
}

// round gives every side a turn. The order is reversed in every other round, so that no
// side always follows the same one.
func (c *contest) round(tb testing.TB, outcomes []*outcome, round, n int) {
	tb.Helper()
	rates := make(map[*outcome]float64, len(outcomes))
	for i := range outcomes {
		if round%2 == 1 {
			i = len(outcomes) - 1 - i
		}
		result := c.turn(tb, outcomes[i], n)
		outcomes[i].Add(&result)
		rates[outcomes[i]] = result.Rate()
	}
	baseline := rates[outcomes[len(outcomes)-1]]
	for _, o := range outcomes {
		o.ratios = append(o.ratios, rates[o]/baseline)
	}
}

// turn runs n operations of a side.
func (c *contest) turn(tb testing.TB, o *outcome, n int) load.Result {
	tb.Helper()
	if c.prepare != nil {
		c.prepare(tb, n)
	}
	result, err := load.Run(c.clients, n, o.do)
	if err != nil {
		tb.Fatalf("%s: %v", o.name, err)
	}
	if c.verify != nil {
		c.verify(tb, n)
	}
	return result
}

// ratio returns the median, the minimum and the maximum of the rounds.
func (o *outcome) ratio() (median, least, most float64) {
	sorted := slices.Sorted(slices.Values(o.ratios))
	middle := len(sorted) / 2
	median = sorted[middle]
	if len(sorted)%2 == 0 {
		median = (median + sorted[middle-1]) / 2
	}
	return median, sorted[0], sorted[len(sorted)-1]
}

// allocs returns the allocations and bytes per operation.
func (o *outcome) allocs() (times, bytes float64) {
	n := float64(o.Operations())
	return float64(o.Mallocs) / n, float64(o.Bytes) / n
}
