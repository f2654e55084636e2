package pgtemp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
)

// superuser is the role the URL names, and the database every server has.
const superuser = "postgres"

// ErrStopped says that the server was stopped for good and its data removed.
var ErrStopped = errors.New("the server was stopped")

// Server is a running PostgreSQL. Its methods may be called from any number of
// goroutines.
type Server struct {
	home     directory
	binaries string
	owner    *account
	options  Options
	port     int

	running atomic.Pointer[process] // nil while the server is down

	mu      sync.Mutex // held by Stop and Restart
	crashed bool       // down since it was killed
	stopped bool       // for good
}

// URL is how to connect to the named database as superuser, the password
// included: postgres://…?sslmode=disable. It stays valid over a restart. The
// database postgres exists from the beginning.
func (s *Server) URL(database string) string {
	return addressOf(s.home.password, s.port, database)
}

func addressOf(password string, port int, database string) string {
	address := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, password),
		Host:     net.JoinHostPort(loopback, strconv.Itoa(port)),
		Path:     "/" + database,
		RawQuery: "sslmode=disable",
	}
	return address.String()
}

// PID is the process id of the server, or 0 while it is down.
func (s *Server) PID() int {
	child := s.running.Load()
	if child == nil || !child.alive() {
		return 0
	}
	return child.cmd.Process.Pid
}

// Kill ends the server like a crash: the postmaster gets SIGKILL and has ended when Kill
// returns. Its backends end when they notice. Restart and Stop handle the rest. It may be
// called at any time, even during a Restart, which then fails.
func (s *Server) Kill() {
	child := s.running.Load()
	if child == nil {
		return
	}
	child.signal(syscall.SIGKILL)
	<-child.exited
}

// Quit ends the server by an immediate shutdown, as `pg_ctl stop -m immediate`
// does: backends go without finishing anything, and the next start recovers as
// after a crash. The server is gone when Quit returns. Like Kill, it may be called
// at any time.
func (s *Server) Quit() {
	child := s.running.Load()
	if child == nil {
		return
	}
	child.signal(syscall.SIGQUIT)
	if !child.ends(context.Background(), immediatePatience) {
		child.signal(syscall.SIGKILL)
		<-child.exited
	}
}

// Restart shuts the server down, unless it was ended already, and starts it again on
// the same port with the same data. It returns once the server answers, after
// crash recovery if need be. If it fails the server is down, and Restart may be
// tried again.
func (s *Server) Restart(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return fmt.Errorf("pgtemp: restart: %w", ErrStopped)
	}
	if err := s.halt(ctx); err != nil {
		return fmt.Errorf("pgtemp: restart: %w", err)
	}
	if err := s.bootOnSamePort(ctx); err != nil {
		return fmt.Errorf("pgtemp: restart: %w", err)
	}
	return nil
}

// Stop shuts the server down, waits until its last process has ended, and removes its
// directory. Open transactions are rolled back. The context only limits the orderly
// shutdown: when it ends, or after ten seconds, the server is ended like a crash. A second
// Stop does nothing.
func (s *Server) Stop(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return nil
	}
	if err := s.halt(ctx); err != nil {
		return fmt.Errorf("pgtemp: stop: %w", err)
	}
	if s.crashed {
		s.reclaim(ctx)
	}
	s.stopped = true
	return s.home.remove()
}
