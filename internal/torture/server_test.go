//go:build linux

package torture_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"
)

// workshop is where the program is built, "" until it is.
var workshop string

// binary builds the program once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "storekeeper-torture-")
	if err != nil {
		return "", err
	}
	workshop = dir
	if err := os.Chmod(dir, 0o755); err != nil { // children run as other users, too
		return "", err
	}
	path := filepath.Join(dir, "storekeeper")
	out, err := command("go", "build", "-buildvcs=false", "-o", path,
		"github.com/storekeeper/storekeeper/cmd/storekeeper").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	zerolog.SetGlobalLevel(zerolog.Disabled) // some toxics log by themselves
	code := m.Run()
	if workshop != "" {
		_ = os.RemoveAll(workshop)
	}
	os.Exit(code)
}

func built(t *testing.T) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// server is a replica of the program, which may be killed at any time and comes
// back on the same port.
type server struct {
	binary, address string
	args            []string
	log             *os.File

	mu    sync.Mutex // held by whoever hurts it
	child *child     // nil while it does not run
}

func newServer(t *testing.T, database, name string, args ...string) *server {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), name+".log"))
	if err != nil {
		t.Fatal(err)
	}
	s := &server{binary: built(t), address: address, log: log}
	s.args = append([]string{
		"--database-url", database, "--log-format", "text", "serve", "--listen", address,
		"--request-timeout", "3s", "--write-timeout", "5s", "--drain", "10s",
	}, args...)
	t.Cleanup(func() {
		_ = s.kill() // unless the test has stopped it
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *server) launch() error {
	cmd := command(s.binary, s.args...)
	cmd.Stdout, cmd.Stderr = s.log, s.log
	started, err := launch(cmd)
	if err == nil {
		s.child = started
	}
	return err
}

// start launches the program and waits until it is ready, and launches it again
// where it gives up because its database is away.
func (s *server) start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		if err := s.launch(); err != nil { //nolint:contextcheck // it outlives its start
			return err
		}
		for ended := false; !ended; {
			if s.ready(ctx) {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("the server does not get ready: %w", ctx.Err())
			case <-s.child.ended:
				s.child, ended = nil, true
			case <-time.After(30 * time.Millisecond):
			}
		}
	}
}

func (s *server) ready(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/readyz", http.NoBody)
	if err != nil {
		return false
	}
	req.Close = true
	resp, err := (&http.Client{}).Do(req)
	if err != nil {
		return false
	}
	return resp.Body.Close() == nil && resp.StatusCode == http.StatusOK
}

// kill ends the process without warning. It is an error when it had ended by
// itself.
func (s *server) kill() error {
	if s.child == nil {
		return errNotRunning
	}
	err := s.alive()
	_ = s.child.Process.Kill()
	<-s.child.ended
	s.child = nil
	return err
}

var errNotRunning = errors.New("the server is not running")

func (s *server) alive() error {
	select {
	case <-s.child.ended:
		return fmt.Errorf("the server ended by itself: %w", s.child.err)
	default:
		return nil
	}
}

// stop asks the process to end, which it must do in order.
func (s *server) stop() error {
	if s.child == nil {
		return errNotRunning
	}
	if err := s.child.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-s.child.ended:
		err := s.child.err
		s.child = nil
		return err
	case <-time.After(20 * time.Second):
		return errors.Join(errors.New("the server does not end"), s.kill())
	}
}

// logged is what the server has written.
func (s *server) logged() []byte {
	text, err := os.ReadFile(s.log.Name())
	if err != nil {
		return []byte(err.Error())
	}
	return text
}

// call runs a command of the program to its end.
func call(ctx context.Context, t *testing.T, database, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(ctx, built(t), append([]string{"--database-url", database}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewBufferString(stdin), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("storekeeper %v: %v\n%s%s", args, err, &stdout, &stderr)
	}
	return stdout.String()
}
