//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// outliveLimits lets a write past the limit on the size of files fail, as on a
// full disk, where it would end the program.
func outliveLimits() { signal.Ignore(syscall.SIGXFSZ) }

// outliveReaders lets a write to a log that nobody reads any more fail, where it would
// end the program: of `serve | tee` Ctrl-C ends both, and requests are to be drained.
func outliveReaders() { signal.Ignore(syscall.SIGPIPE) }
