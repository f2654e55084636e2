//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// outliveLimits lets a write past the limit on the size of files fail, as on a
// full disk, where it would end the program.
func outliveLimits() { signal.Ignore(syscall.SIGXFSZ) }
