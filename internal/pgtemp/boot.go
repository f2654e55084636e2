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

var errPortTaken = errors.New("another program took the port")

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
	err = child.await(ctx, s.greet)
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

// await returns once the server answers the greeting, or why it will not.
func (p *process) await(ctx context.Context, greet func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, bootTimeout)
	defer cancel()
	for {
		failure := greet(ctx)
		if failure == nil {
			return nil
		}
		select {
		case <-p.exited:
			return fmt.Errorf("the server ended while starting (%v)", p.cmd.ProcessState)
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
	conn, err := connect(ctx, s.URL(superuser))
	if err != nil {
		return err
	}
	var data string
	err = conn.QueryRow(ctx, "SELECT current_setting('data_directory')").Scan(&data)
	if err == nil && data != s.home.file(dataDir) {
		err = fmt.Errorf("another server answers on the port: it keeps its data in %s", data)
	}
	return errors.Join(err, conn.Close(ctx))
}

// connect leaves aside the caller's PGOPTIONS and the like, which are meant for
// another server.
func connect(ctx context.Context, address string) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	config.RuntimeParams = nil
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return conn, nil
}
