//go:build !unix

package main

// outliveLimits does nothing on systems without such limits.
func outliveLimits() {}
