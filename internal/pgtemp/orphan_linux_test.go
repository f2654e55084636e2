package pgtemp_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	osexec "os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

func TestServerEndsWithItsProgram(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	owner := osexec.CommandContext(t.Context(), program)
	// The variables that PostgreSQL's programs obey must not lead it astray.
	owner.Env = append(os.Environ(), ownerVariable+"="+openDirectory(t),
		"PGDATA=/nowhere", "PGPORT=1", "PGHOST=nowhere", "PGOPTIONS=--nonsense", "LC_ALL=nowhere")
	owner.Stderr = os.Stderr
	input, err := owner.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = input.Close() }()
	output, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	err = owner.Start()
	if err != nil {
		t.Fatal(err)
	}
	report := bufio.NewReader(output)
	pid, err := strconv.Atoi(strings.TrimSpace(line(t, report)))
	if err != nil {
		t.Fatal(err)
	}
	backend := compute(t, strings.TrimSpace(line(t, report)))
	err = owner.Process.Kill()
	if err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	assertGone(t, pid)
	assertGone(t, backend)
}

func line(t *testing.T, report *bufio.Reader) string {
	t.Helper()
	text, err := report.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The signal that ends the server with its program is bound to a thread: the
// server must survive that of whoever called Start.
func TestServerSurvivesTheThreadThatCalledStart(t *testing.T) {
	t.Parallel()
	var server *pgtemp.Server
	thread := onPassingThread(func() { server = startServer(t, pgtemp.Options{}) })
	if server == nil {
		t.FailNow()
	}
	pid := server.PID()
	eventually(t, "the thread has ended", func() bool {
		_, err := os.Stat(fmt.Sprintf("/proc/self/task/%d", thread))
		return errors.Is(err, os.ErrNotExist)
	})
	if got := query(t, server.URL("postgres"), "SELECT 'alive'"); got != "alive" || server.PID() != pid || pid == 0 {
		t.Errorf("the server says %q, PID %d was %d", got, server.PID(), pid)
	}
}

// onPassingThread calls f on a thread that ends right after, as threads do
// when the goroutine that is locked to them ends, and returns the thread's id.
// Only the main thread never ends: it is held while another one is found.
func onPassingThread(f func()) int {
	thread := make(chan int)
	go func() {
		ended := 0
		defer func() { thread <- ended }()
		runtime.LockOSThread()
		ended = syscall.Gettid()
		if ended == os.Getpid() {
			ended = onPassingThread(f)
			return
		}
		f()
	}()
	return <-thread
}
