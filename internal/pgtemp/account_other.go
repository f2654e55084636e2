//go:build !unix

package pgtemp

import (
	"errors"
	"fmt"
	"runtime"
)

// serverAccount refuses systems where a server could be neither stopped
// cleanly nor followed to its end.
func serverAccount() (*account, error) {
	return nil, fmt.Errorf("pgtemp: a throwaway PostgreSQL on %s: %w", runtime.GOOS, errors.ErrUnsupported)
}
