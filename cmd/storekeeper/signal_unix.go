//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// outliveLimits ignores SIGXFSZ: a write past the limit on the size of files then fails,
// as on a full disk, instead of ending the program.
func outliveLimits() { signal.Ignore(syscall.SIGXFSZ) }

// outliveReaders ignores SIGPIPE: a write to a log that nobody reads any more then fails
// instead of ending the program. With `serve | tee`, Ctrl-C ends both, and the server
// still has to drain its requests.
func outliveReaders() { signal.Ignore(syscall.SIGPIPE) }
