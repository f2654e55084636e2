//go:build linux

package programtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// ErrNotRunning is the error when there is no process.
var ErrNotRunning = errors.New("the server is not running")

// Server is a replica of the program. It may be killed at any time, and comes back on the
// same port. Its methods are called by one goroutine at a time.
type Server struct {
	Address string   // host:port
	Command []string // the program and its arguments

	log   *os.File
	child *child // nil while it does not run
}

// NewServer prepares a server of the database. The name is used for its log.
func NewServer(t *testing.T, database, name string, args ...string) *Server {
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
	s := &Server{Address: address, log: log}
	s.Command = append([]string{
		Binary(t), "--database-url", database, "--log-format", "text", "serve", "--listen", address,
		"--request-timeout", "3s", "--write-timeout", "5s", "--drain", "10s",
	}, args...)
	t.Cleanup(func() {
		_ = s.Kill() // unless the test has stopped it
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Launch starts the process and does not wait until it is ready.
func (s *Server) Launch() error {
	cmd := command(s.Command[0], s.Command[1:]...)
	cmd.Stdout, cmd.Stderr = s.log, s.log
	started, err := launch(cmd)
	if err == nil {
		s.child = started
	}
	return err
}

// Start launches the program and waits until it is ready. If the program ends, for example
// because its database is away, Start launches it again.
func (s *Server) Start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		if err := s.Launch(); err != nil { //nolint:contextcheck // the process outlives Start
			return err
		}
		for ended := false; !ended; {
			if s.Ready(ctx) {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("the server does not get ready: %w", ctx.Err())
			case <-s.Ended():
				ended = true
			case <-time.After(30 * time.Millisecond):
			}
		}
	}
}

// Ready reports whether the server answers /readyz with 200.
func (s *Server) Ready(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.Address+"/readyz", http.NoBody)
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

// Running reports whether there is a process that was neither killed nor stopped.
func (s *Server) Running() bool { return s.child != nil }

// Ended is closed when the process has ended.
func (s *Server) Ended() <-chan struct{} { return s.child.ended }

// Signal sends a signal to the process.
func (s *Server) Signal(signal os.Signal) error {
	if s.child == nil {
		return ErrNotRunning
	}
	return s.child.Process.Signal(signal)
}

// Kill ends the process without warning. It is an error when it had ended by itself.
func (s *Server) Kill() (err error) {
	if s.child == nil {
		return ErrNotRunning
	}
	select {
	case <-s.child.ended:
		err = fmt.Errorf("the server ended by itself: %w", s.child.err)
	default:
	}
	_ = s.child.Process.Kill()
	<-s.child.ended
	s.child = nil
	return err
}

// Stop asks the process to end, and returns an error if it does not end cleanly.
func (s *Server) Stop() error {
	if err := s.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-s.child.ended:
		err := s.child.err
		s.child = nil
		return err
	case <-time.After(20 * time.Second):
		return errors.Join(errors.New("the server does not end"), s.Kill())
	}
}

// Logged returns what the server has logged.
func (s *Server) Logged() []byte {
	text, err := os.ReadFile(s.log.Name())
	if err != nil {
		return []byte(err.Error())
	}
	return text
}
