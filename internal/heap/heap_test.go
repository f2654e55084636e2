package heap_test

import (
	"runtime"
	"runtime/metrics"
	"testing"

	"github.com/storekeeper/storekeeper/internal/heap"
)

func read(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

var sink []byte

// Little in use is not collected all the time; much in use may double, and no more.
//
//nolint:paralleltest // it is about the whole process
func TestKeepRoom(t *testing.T) {
	heap.KeepRoom()
	const cycles = "/gc/cycles/automatic:gc-cycles"
	before := read(cycles)
	for range 10 * heap.Room >> 20 {
		sink = make([]byte, 1<<20)
	}
	if n := read(cycles) - before; n < 1 || n > 15 {
		t.Errorf("%d collections of ten times the room", n)
	}
	for _, c := range []struct {
		use      int
		from, to uint64
	}{
		{4 * heap.Room, 100, 100},
		{0, 400, 3200},
	} {
		sink = make([]byte, c.use)
		percent := uint64(0)
		for range 1000 { // it is set by a goroutine of its own, after a collection
			runtime.GC()
			if percent = read("/gc/gogc:percent"); percent >= c.from && percent <= c.to {
				break
			}
		}
		if percent < c.from || percent > c.to {
			t.Errorf("%d MB in use may grow by %d %%", c.use>>20, percent)
		}
	}
	runtime.KeepAlive(sink)
}
