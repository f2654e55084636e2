//go:build !unix

package storetest

// removeAfterExit has nothing to do where pgtemp starts no servers.
func removeAfterExit(string, int) error { return nil }
