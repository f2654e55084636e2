// Package heap sets how much memory the program uses so that it collects garbage less
// often.
package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Room is the minimum number of bytes allocated between two garbage collections.
const Room = 32 << 20

// KeepRoom lets the heap grow by Room between two collections, or to twice what is in use
// if that is more. Requests leave little in use, and Go's own rule is the latter alone: a
// busy server would collect fifty times a second and spend a tenth of its time on it.
// GOMEMLIMIT still applies (https://go.dev/doc/gc-guide).
func KeepRoom() { tune(struct{}{}) }

// tune sets what the next collection waits for, now and after each one.
func tune(struct{}) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(int(max(100, Room*100/max(live[0].Value.Uint64(), 1<<20)))) //nolint:gosec // at most 3,200
	runtime.AddCleanup(new([64]byte), tune, struct{}{})
}
