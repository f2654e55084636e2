//go:build linux

package torture_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// tally counts the results of one kind of operation.
type tally struct {
	operations, attempts, replayed int
	by                             map[outcome]int
}

func (t *tally) add(o *operation) {
	t.operations++
	t.by[o.outcome]++
	t.attempts += len(o.attempts)
	if o.last().replayed {
		t.replayed++
	}
}

// summary is the report of a run.
func summary(j *journal, m *misfortune, found []violation, took time.Duration) string {
	kinds := map[string]*tally{}
	all := &tally{by: map[outcome]int{}}
	for _, o := range j.operations {
		if kinds[o.kind] == nil {
			kinds[o.kind] = &tally{by: map[outcome]int{}}
		}
		kinds[o.kind].add(o)
		all.add(o)
	}
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "operations\tacknowledged\tby replay\trefused\tunknown\tattempts\t  kind")
	line := func(name string, t *tally) {
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t%d\t  %s\n",
			t.operations, t.by[acknowledged], t.replayed, t.by[refused], t.by[unknown], t.attempts, name)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		line(kind, kinds[kind])
	}
	line("all", all)
	_ = table.Flush()
	survived := 0
	for _, n := range m.done {
		survived += n
	}
	fmt.Fprintf(&text, "%d faults survived in %s:\n", survived, took.Round(time.Second))
	for _, name := range m.names() {
		fmt.Fprintf(&text, "%6d  %s\n", m.done[name], name)
	}
	fmt.Fprintf(&text, "carts followed to the end: %d\nviolations: %d\n", len(j.carts), len(found))
	broken := map[string]int{}
	for _, v := range found {
		broken[v.rule]++
	}
	for _, rule := range slices.Sorted(maps.Keys(broken)) {
		fmt.Fprintf(&text, "%6d  %s\n", broken[rule], rule)
	}
	return text.String()
}
