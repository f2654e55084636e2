package pgtemp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

func TestStopAfterKillGivesBackSharedMemory(t *testing.T) {
	t.Parallel()
	server := startServer(t, pgtemp.Options{Settings: map[string]string{"dynamic_shared_memory_type": "posix"}})
	segment := sharedMemory(t, server)
	server.Kill()
	if !exists(t, segment) {
		t.Fatalf("shared memory segment %s is gone before Stop: the test proves nothing", segment)
	}
	if err := server.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if exists(t, segment) {
		t.Errorf("shared memory segment %s is left", segment)
	}
}

// sharedMemory reads the id of a server's segment from its lock file.
func sharedMemory(t *testing.T, server *pgtemp.Server) string {
	t.Helper()
	lock, err := os.ReadFile(filepath.Join(filepath.Dir(server.LogFile()), "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	const keyAndID = 6 // The seventh line.
	return strings.Fields(strings.Split(string(lock), "\n")[keyAndID])[1]
}

func exists(t *testing.T, segment string) bool {
	t.Helper()
	table, err := os.ReadFile("/proc/sysvipc/shm")
	if err != nil {
		t.Fatal(err)
	}
	for row := range strings.Lines(string(table)) {
		if columns := strings.Fields(row); len(columns) > 1 && columns[1] == segment {
			return true
		}
	}
	return false
}
