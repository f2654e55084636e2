package pgtemp

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	bootTimeout    = time.Minute            // until a server answers, crash recovery included
	connectTimeout = 5 * time.Second        // for one attempt to connect
	attemptPause   = 20 * time.Millisecond  // between two attempts to connect
	portPause      = 200 * time.Millisecond // before a restart tries its port again
	portAttempts   = 10                     // ports tried by a start
)

var (
	errPortTaken = errors.New("another program took the port")
	errExited    = errors.New("the server ended while starting")
	errStranger  = errors.New("another server answers on the port")
)

// bootOnFreePort starts the server on a free port, on another one if some
// program is quicker to take it.
func (s *Server) bootOnFreePort(ctx context.Context, pick func(context.Context) (int, error)) error {
	var err error
	for range portAttempts {
		s.port, err = pick(ctx)
		if err != nil {
			return err
		}
		err = s.boot(ctx)
		if !errors.Is(err, errPortTaken) {
			return err
		}
	}
	return err
}

// bootOnSamePort starts the server where it was before, so that its URL stays
// true, and waits for a program that holds the port meanwhile.
func (s *Server) bootOnSamePort(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, bootTimeout)
	defer cancel()
	for {
		err := s.boot(ctx)
		if !errors.Is(err, errPortTaken) {
			return err
		}
		select {
		case <-time.After(portPause):
		case <-ctx.Done():
			return err
		}
	}
}

// boot starts the server on its port and returns once it answers. Otherwise
// it leaves no process behind.
func (s *Server) boot(ctx context.Context) error {
	mark := s.home.log.mark()
	// A server that loses its program stops at once, like in a crash, and takes
	// its backends with it.
	child, err := launch(s.postgres("-p", strconv.Itoa(s.port)), s.owner, syscall.SIGQUIT)
	if err != nil {
		return err
	}
	s.running.Store(child)
	err = s.await(ctx, child)
	if err == nil {
		s.crashed = false
		return nil
	}
	err = errors.Join(err, s.halt(ctx))
	output := s.home.log.since(mark)
	if strings.Contains(output, "could not create any TCP/IP sockets") {
		return fmt.Errorf("%w %d: %w", errPortTaken, s.port, err)
	}
	return fmt.Errorf("%w; its log ends with:\n%s", err, output)
}

// postgres is the server program on this server's data. An option --single has
// to come first.
func (s *Server) postgres(options ...string) *exec.Cmd {
	return s.command("postgres", append(options,
		"-D", s.home.file(dataDir),
		"-c", "config_file="+s.home.file(configFile),
	)...)
}

// await returns once the server answers, or why it will not.
func (s *Server) await(ctx context.Context, child *process) error {
	ctx, cancel := context.WithTimeout(ctx, bootTimeout)
	defer cancel()
	for {
		failure := s.greet(ctx)
		if failure == nil {
			return nil
		}
		select {
		case <-child.exited:
			return fmt.Errorf("%w (%v)", errExited, child.cmd.ProcessState)
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w: %w", context.Cause(ctx), failure)
		case <-time.After(attemptPause):
		}
	}
}

// greet connects, and makes sure that it is this server that answers.
func (s *Server) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	config, err := pgx.ParseConfig(s.URL(superuser))
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	// The caller's PGOPTIONS and the like are meant for another server.
	config.RuntimeParams = nil
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	var data string
	err = conn.QueryRow(ctx, "SELECT current_setting('data_directory')").Scan(&data)
	if err == nil && data != s.home.file(dataDir) {
		err = fmt.Errorf("%w: it keeps its data in %s", errStranger, data)
	}
	return errors.Join(err, conn.Close(ctx))
}
