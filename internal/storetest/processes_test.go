package storetest_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// runTests runs the other tests of this package in a separate process, which inherits the
// file if there is one, and returns what they log.
func runTests(t *testing.T, inherited *os.File, environment ...string) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Error(err)
		return ""
	}
	process := exec.CommandContext(t.Context(), program, "-test.v", "-test.run", "^TestEach|^TestEmpty|^TestWhere")
	process.Env = append(os.Environ(), environment...)
	if inherited != nil {
		process.ExtraFiles = []*os.File{inherited}
	}
	output, err := process.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, output)
	}
	return string(output)
}

// TestWhere logs where the server stores its files.
func TestWhere(t *testing.T) {
	t.Parallel()
	var dir string
	if err := storetest.Postgres(t).SQL().QueryRowContext(t.Context(), "SHOW data_directory").Scan(&dir); err != nil {
		t.Fatal(err)
	}
	t.Log("data in " + dir)
}

var dataIn = regexp.MustCompile(`data in (\S+)`)

// Test processes that share a server make the template once, and leave nothing
// else behind.
func TestProcessesShareTheTemplate(t *testing.T) {
	t.Parallel()
	server, err := pgtemp.Start(t.Context(), pgtemp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { runTests(t, nil, "STOREKEEPER_TEST_POSTGRES_URL="+server.URL("postgres")) })
	}
	group.Wait()

	conn, err := pgx.Connect(t.Context(), server.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	rows, err := conn.Query(t.Context(), "SELECT datname FROM pg_database WHERE datname LIKE 'storekeeper%'")
	if err != nil {
		t.Fatal(err)
	}
	left, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 1 || !strings.HasPrefix(left[0], "storekeeper_template_") {
		t.Errorf("databases %v", left)
	}
}

// Without a server to share, each process has its own, whose files are removed soon after
// the process ends.
func TestNothingIsLeftOfAProcess(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "storetest-") //nolint:usetesting // root alone may enter the parents of t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil { // the server's user has to enter it
		t.Fatal(err)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	where := dataIn.FindStringSubmatch(runTests(t, writer, "STOREKEEPER_TEST_POSTGRES_URL=", "TMPDIR="+dir))
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	// Everything that outlives the process has inherited the writing end.
	if _, err := io.Copy(io.Discard, reader); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if len(where) == 0 {
		t.Fatal("nobody said where the server was")
	}
	parent := filepath.Dir(filepath.Dir(where[1])) // on a file system in memory, or below dir
	if _, err := os.Stat(parent); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is left behind: %v", parent, err)
	}
}
