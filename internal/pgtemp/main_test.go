//go:build unix

package pgtemp_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

// ownerVariable makes the test binary a program that starts a server, reports
// it, and waits to be killed.
const ownerVariable = "STOREKEEPER_PGTEMP_OWNER"

func TestMain(m *testing.M) {
	if os.Getenv(ownerVariable) != "" {
		os.Exit(ownServer())
	}
	os.Exit(m.Run())
}

func ownServer() int {
	server, err := pgtemp.Start(context.Background(), pgtemp.Options{Dir: os.Getenv(ownerVariable)})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_, _ = fmt.Fprintf(os.Stdout, "%d\n%s\n", server.PID(), server.URL("postgres"))

	// Until standard input ends, which it does only if the test dies.
	_, _ = bufio.NewReader(os.Stdin).ReadByte()
	_ = server.Stop(context.Background())
	return 0
}

// startServer starts a server in an empty directory of its own, and makes sure
// after the test that neither it nor its files remain.
func startServer(t *testing.T, options pgtemp.Options) *pgtemp.Server {
	t.Helper()
	options.Dir = openDirectory(t)
	server, err := pgtemp.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stopServer(t, server, options.Dir) })
	return server
}

func stopServer(t *testing.T, server *pgtemp.Server, dir string) {
	t.Helper()
	if err := server.Stop(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
	assertEmpty(t, dir)
}

// openDirectory is like t.TempDir, whose parents root alone may enter.
func openDirectory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pgtemp-test-") //nolint:usetesting // For the reason given above.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	err = os.Chmod(dir, 0o755) // The server's user has to enter it.
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func assertEmpty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		t.Errorf("%s is left in the server's directory", entry.Name())
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func exec(t *testing.T, url, statement string) {
	t.Helper()
	_, err := connect(t, url).Exec(t.Context(), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func query(t *testing.T, url, statement string) string {
	t.Helper()
	var text string
	if err := connect(t, url).QueryRow(t.Context(), statement).Scan(&text); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return text
}

// assertGone waits, for as long as the system may need, until no process has
// the number.
func assertGone(t *testing.T, pid int) {
	t.Helper()
	eventually(t, fmt.Sprintf("process %d is gone", pid), func() bool { return gone(pid) })
}

// eventually waits for what no event tells of, being the doing of another
// process.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	timeout := time.After(20 * time.Second)
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for !happened() {
		select {
		case <-ticker.C:
		case <-timeout:
			t.Fatalf("in vain: %s", what)
		}
	}
}

// gone also counts a process that ended and that only init is still to reap.
func gone(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	return err == nil && strings.Contains(string(status), "State:\tZ")
}
