package bench_test

import "testing"

// TestContests runs a few operations of every side of every contest, so that the benchmarks
// keep working.
func TestContests(t *testing.T) {
	t.Parallel()
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		p := newPostgres(t, testSize)
		for _, contests := range [][]contest{p.checkouts(), p.reads(), p.pools()} {
			for _, c := range contests {
				t.Run(c.name, c.test)
			}
		}
		p.verify(t)
	})
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		l := newLite(t, testSize, "NORMAL")
		for _, c := range l.checkouts() {
			t.Run(c.name, c.test)
		}
		verify(t, l.db)
	})
}

// test gives every side one turn, with a few clients. It does not compare speeds.
func (c *contest) test(t *testing.T) {
	few := *c
	few.clients = min(c.clients, 4)
	few.most = min(c.most, testSize.customers)
	for _, o := range newOutcomes(few.open(t)) {
		if result := few.turn(t, o, 2*few.clients); result.Operations() != 2*few.clients {
			t.Errorf("%s: expected %d operations, got %d", o.name, 2*few.clients, result.Operations())
		}
	}
}
