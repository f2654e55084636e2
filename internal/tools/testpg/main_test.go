//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

// The tests change the environment and signal this process, so they take turns.

func TestCommandFindsAStartedServer(t *testing.T) {
	t.Setenv(variable, "postgres://nobody@127.0.0.1:1/none?sslmode=disable")
	code, notes, output := testpg(t, `echo "$`+variable+`" > "$OUTPUT"; exit 7`)
	if code != 7 {
		t.Errorf("exit code %d, want the command's 7", code)
	}
	if !strings.Contains(notes, "no server answers") || !strings.Contains(notes, "started PostgreSQL at") {
		t.Errorf("notes: %s", notes)
	}
	address := strings.TrimSpace(output)
	if !strings.HasPrefix(address, "postgres://postgres:") {
		t.Errorf("the command got %q", address)
	}
	if strings.Contains(notes, address) {
		t.Error("the password is in the notes")
	}
	if err := answers(t.Context(), address); err == nil {
		t.Error("the server still answers after the command")
	}
}

func TestAnsweringServerIsUsed(t *testing.T) {
	server, err := pgtemp.Start(t.Context(), pgtemp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	t.Setenv(variable, server.URL("postgres"))
	code, notes, output := testpg(t, `echo "$`+variable+`" > "$OUTPUT"`)
	if code != 0 || notes != "" || strings.TrimSpace(output) != server.URL("postgres") {
		t.Errorf("exit code %d, notes %q, the command got %q", code, notes, output)
	}
	code, _, _ = testpg(t, `kill -KILL $$`)
	if code != codeSignal+int(syscall.SIGKILL) {
		t.Errorf("killed: exit code %d", code)
	}
}

func TestSignalIsTheCommands(t *testing.T) { //nolint:paralleltest // See above.
	output := filepath.Join(t.TempDir(), "output")

	// The script interrupts its parent, this process, once it is prepared.
	script := `trap 'echo ended in its own way > "$1"; exit 3' INT; kill -INT $PPID; while :; do sleep 0.01; done`

	code, err := runCommand(t.Context(), []string{"sh", "-c", script, "sh", output}, os.Environ())
	if code != 3 || err != nil {
		t.Errorf("exit code %d, %v", code, err)
	}

	said, err := os.ReadFile(output)
	if string(said) != "ended in its own way\n" {
		t.Errorf("the command said %q, %v", said, err)
	}
}

func TestMissingCommand(t *testing.T) { //nolint:paralleltest // See above.
	code, err := runCommand(t.Context(), []string{filepath.Join(t.TempDir(), "missing")}, nil)
	if code != codeFailed || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("exit code %d, %v", code, err)
	}
}

func TestArgumentsAreNeeded(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"--"}, {"-durable"}, {"-unknown", "--", "true"}} {
		code, err := run(t.Context(), args, &bytes.Buffer{})
		if code != codeFailed || err == nil {
			t.Errorf("testpg %q: exit code %d, %v", args, code, err)
		}
	}
}

func TestClusterIsForbiddenForTheInstallationAlone(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "createcluster.d", "testpg.conf")
	withdraw, err := forbidCluster(file)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil || string(content) != "create_main_cluster = false\n" {
		t.Errorf("the file: %q, %v", content, err)
	}
	for range 2 {
		err = withdraw()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// testpg runs a shell script under testpg, and returns the exit code, what testpg noted,
// and what the script wrote to $OUTPUT.
func testpg(t *testing.T, script string) (int, string, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "output")
	t.Setenv("OUTPUT", file)
	var notes bytes.Buffer
	code, err := run(t.Context(), []string{"--", "sh", "-c", script}, &notes)
	if err != nil {
		t.Fatal(err)
	}
	output, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return code, notes.String(), string(output)
}
