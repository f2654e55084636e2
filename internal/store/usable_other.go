//go:build !unix

package store

// usable returns nil: SQLite finds out when it opens the file.
func usable(string) error { return nil }

// denied returns nothing.
func denied(string) string { return "" }
