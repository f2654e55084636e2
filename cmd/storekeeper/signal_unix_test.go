//go:build unix

package main

import (
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

// programArgs makes this test program the server that TestSecondSignal ends.
const programArgs = "STOREKEEPER_TEST_PROGRAM_ARGS"

// A second signal ends a program that drains, at once.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	if args := os.Getenv(programArgs); args != "" {
		os.Args = append([]string{"storekeeper"}, strings.Fields(args)...)
		main()
	}
	log := newOutput()
	program := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSecondSignal$")
	program.Env = append(os.Environ(), programArgs+"=--log-format=json --database-url="+storetest.URL(t, dialect.SQLite)+" serve --listen=127.0.0.1:0 --drain=10m")
	program.Stdout, program.Stderr = log, log
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = program.Wait()
	}()
	p := &process{t: t, out: log, log: log, ended: ended}
	if !log.until(p.listening, ended) {
		t.Fatal(log)
	}
	// A request whose body does not come keeps it from stopping.
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
