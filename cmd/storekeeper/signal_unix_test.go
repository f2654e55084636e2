//go:build unix

package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// programArgs is the variable that turns this test binary into the server that a test
// starts.
const programArgs = "STOREKEEPER_TEST_PROGRAM_ARGS"

// program is the command that runs the server in its own process, which ends with the
// test.
func program(t *testing.T, out io.Writer) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSecondSignal$")
	cmd.Env = append(os.Environ(), programArgs+"=--log-format=json --database-url="+storetest.URL(t, dialect.SQLite)+" serve --listen=127.0.0.1:0 --drain=10m")
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// A second signal ends a program that drains, at once.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	if args := os.Getenv(programArgs); args != "" {
		os.Args = append([]string{"storekeeper"}, strings.Fields(args)...)
		main()
	}
	log := newOutput()
	program := program(t, log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = program.Wait()
	}()
	p := &process{t: t, out: log, log: log, ended: ended}
	if !log.until(p.listening, ended) {
		t.Fatal(log)
	}
	// A request whose body never comes keeps the program from stopping.
	if _, err := io.WriteString(p.dial(), "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	p.get("/healthz")
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for running := true; running; {
		if err := program.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		p.entry("draining")
		select {
		case <-again.C: // the first signal takes a moment to give up the second
		case <-ended:
			running = false
		}
	}
	if status, ok := program.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGTERM {
		t.Errorf("%s\n%s", program.ProcessState, log)
	}
}

// A server survives the end of the process that reads its log, and drains without it:
// with `serve | tee`, Ctrl-C ends both.
func TestNobodyReadsTheLog(t *testing.T) {
	t.Parallel()
	log, written, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	program := program(t, written)
	lines := bufio.NewScanner(log)
	for line := ""; !strings.Contains(line, "Ctrl-C") && lines.Scan(); {
		line = lines.Text() // up to the last one before there is something to do
	}
	if err := errors.Join(lines.Err(), written.Close(), log.Close(), program.Process.Signal(syscall.SIGTERM)); err != nil {
		t.Fatal(err)
	}
	if err := program.Wait(); err != nil {
		t.Errorf("a server whose log nobody reads: %v", err)
	}
}
