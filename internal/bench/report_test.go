package bench_test

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/heap"
)

// TestMain prints the results of the benchmarks as a table, in addition to the lines that
// Go prints.
func TestMain(m *testing.M) {
	heap.KeepRoom() // as the program does; it applies to both sides
	code := m.Run()
	if len(results) > 0 {
		printTable(os.Stdout)
	}
	os.Exit(code)
}

// row is a side of a contest.
type row struct {
	contest string
	*outcome

	baseline bool
}

var results []row

// report keeps the outcomes for the table and reports them to the benchmark, whose own time
// means nothing.
func report(b *testing.B, outcomes []*outcome) {
	b.Helper()
	name := strings.TrimPrefix(b.Name(), "Benchmark")
	b.ReportMetric(0, "ns/op")
	for i, o := range outcomes {
		last := i == len(outcomes)-1
		results = append(results, row{contest: name, outcome: o, baseline: last})
		if !last {
			unit := "ratio"
			if len(outcomes) > 2 {
				unit = o.name + "-ratio"
			}
			median, _, _ := o.ratio()
			b.ReportMetric(median, unit)
		}
		allocs, _ := o.allocs()
		b.ReportMetric(o.Rate(), o.name+"/s")
		b.ReportMetric(milliseconds(o.Percentile(50)), o.name+"-p50-ms")
		b.ReportMetric(milliseconds(o.Percentile(99)), o.name+"-p99-ms")
		b.ReportMetric(allocs, o.name+"-allocs/op")
		if o.cost != nil {
			b.ReportMetric(o.cost.statements, o.name+"-statements/op")
			b.ReportMetric(o.cost.roundTrips, o.name+"-trips/op")
		}
	}
}

// printTable writes the table in Markdown.
func printTable(w io.Writer) {
	fmt.Fprintf(w, `
| contest | side | ratio (least to most) | op/s | p50 ms | p99 ms | max ms | statements | round trips | allocations | KB |
|---|---|---|---|---|---|---|---|---|---|---|
`)
	for _, r := range results {
		median, least, most := r.ratio()
		ratio := fmt.Sprintf("**%.2f** (%.2f to %.2f)", median, least, most)
		if r.baseline {
			ratio = "1"
		}
		statements, trips := "", ""
		if r.cost != nil {
			statements, trips = fmt.Sprint(r.cost.statements), fmt.Sprint(r.cost.roundTrips)
		}
		allocs, bytes := r.allocs()
		fmt.Fprintf(w, "| %s | %s | %s | %.0f | %.2f | %.2f | %.0f | %s | %s | %.0f | %.1f |\n",
			r.contest, r.name, ratio, r.Rate(), milliseconds(r.Percentile(50)), milliseconds(r.Percentile(99)), milliseconds(r.Percentile(100)),
			statements, trips, allocs, bytes/1024)
	}
	fmt.Fprintln(w)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
