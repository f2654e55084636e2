package pgtemp

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// reclaimTimeout is generous: it takes a tenth of a second.
const reclaimTimeout = 10 * time.Second

// reclaim gives back the shared memory of a server that was killed. It has no
// name that could be learned from outside, but PostgreSQL finds and removes it
// when it starts on the same data. So a single-user server is started, which
// goes on to miss the log, taken away to spare it the crash recovery of data
// that nobody wants, and ends in order. What fails here is left to the system.
func (s *Server) reclaim(ctx context.Context) {
	if err := os.RemoveAll(filepath.Join(s.home.file(dataDir), "pg_wal")); err != nil {
		return
	}
	// What makes a standby of the server, which cannot start alone.
	_ = os.Remove(filepath.Join(s.home.file(dataDir), "standby.signal"))
	child, err := launch(s.postgres("--single"), s.owner, syscall.SIGKILL)
	if err != nil {
		return
	}
	if !child.ends(context.WithoutCancel(ctx), reclaimTimeout) {
		child.signal(syscall.SIGKILL)
	}
	_ = child.sweep(ctx)
}
