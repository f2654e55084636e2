//go:build !unix

package storetest

// removeAfterExit does nothing: pgtemp starts no servers on this platform.
func removeAfterExit(string, int) error { return nil }
