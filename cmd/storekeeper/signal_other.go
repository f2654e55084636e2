//go:build !unix

package main

// outliveLimits does nothing on systems without such limits.
func outliveLimits() {}

// outliveReaders does nothing on systems without such a signal.
func outliveReaders() {}
