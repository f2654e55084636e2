package storetest

import (
	"context"
	"os"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

// startTemporary starts a PostgreSQL server for this test process, and returns its URL. The
// server ends with the process. Its directory is removed by a helper that lives slightly
// longer.
func startTemporary() (string, error) {
	parent, err := os.MkdirTemp(pgtemp.Memory(), "storekeeper-storetest-")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(parent, 0o711); err != nil { //nolint:gosec // the server runs as another user when root starts it
		return "", err
	}
	started, err := pgtemp.Start(context.Background(), pgtemp.Options{Dir: parent})
	if err != nil {
		_ = os.RemoveAll(parent)
		return "", err
	}
	return started.URL("postgres"), removeAfterExit(parent, started.PID())
}
