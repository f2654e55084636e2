// Package heap says how much memory the program takes for not collecting garbage all
// the time.
package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Room is how many bytes of garbage may at least lie about before they are collected.
const Room = 32 << 20

// KeepRoom lets the heap grow by Room, or to twice of what is in use where that is more,
// between two collections. Requests leave little in use: by Go's own rule, which is the
// latter alone, a busy server collects fifty times a second, and a tenth of its time
// goes there. GOMEMLIMIT holds as ever (https://go.dev/doc/gc-guide).
func KeepRoom() { tune(struct{}{}) }

// tune sets what the next collection waits for, now and after each one.
func tune(struct{}) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(int(max(100, Room*100/max(live[0].Value.Uint64(), 1<<20)))) //nolint:gosec // at most 3,200
	runtime.AddCleanup(new([64]byte), tune, struct{}{})
}
