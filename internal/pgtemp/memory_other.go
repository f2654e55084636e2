//go:build !linux

package pgtemp

import "os"

// Memory is os.TempDir(): these systems have no directory in memory that is always
// there.
func Memory() string { return os.TempDir() }

func hold(*os.File) error { return nil }
