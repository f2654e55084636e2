package pgtemp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// setupTimeout bounds initdb, which takes a second on an idle machine.
const setupTimeout = time.Minute

var errLocale = errors.New("initdb does not know the locale")

// initialise creates the server's data directory. Text sorts by code point
// everywhere: in C.UTF-8, which knows letters beyond ASCII, or in C on systems
// that lack it.
func (s *Server) initialise(ctx context.Context, durable bool) error {
	ctx, cancel := context.WithTimeout(ctx, setupTimeout)
	defer cancel()
	err := s.initdb(ctx, "C.UTF-8", durable)
	if errors.Is(err, errLocale) {
		err = s.initdb(ctx, "C", durable)
	}
	if err != nil {
		return err
	}
	if err := os.Remove(s.home.file(passwordFile)); err != nil {
		return fmt.Errorf("remove the password file: %w", err)
	}
	return nil
}

func (s *Server) initdb(ctx context.Context, locale string, durable bool) error {
	args := []string{
		"--pgdata=" + s.home.file(dataDir),
		"--username=" + superuser,
		"--pwfile=" + s.home.file(passwordFile),
		"--auth=scram-sha-256",
		"--encoding=UTF8",
		"--locale=" + locale,
	}
	if !durable {
		args = append(args, "--no-sync")
	}
	mark := s.home.log.mark()
	child, err := s.complete(ctx, s.command("initdb", args...))
	if err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	if child.status == nil {
		return nil
	}
	return s.explain(child.status, s.home.log.since(mark))
}

// complete runs one of PostgreSQL's programs to its end, or until the context's.
func (s *Server) complete(ctx context.Context, command *exec.Cmd) (*process, error) {
	child, err := launch(command, s.owner, syscall.SIGKILL)
	if err != nil {
		return nil, s.explain(err, "")
	}
	select {
	case <-child.exited:
	case <-ctx.Done():
		child.signal(syscall.SIGKILL)
	}
	return child, errors.Join(child.sweep(ctx), context.Cause(ctx))
}

// explain turns the failure of initdb into an error that says what to do.
func (s *Server) explain(failure error, output string) error {
	if strings.Contains(output, "invalid locale") {
		return fmt.Errorf("%w: %s", errLocale, output)
	}
	for _, dir := range []string{filepath.Dir(s.home.path), s.binaries} {
		obstacle := s.owner.obstacle(dir)
		if obstacle != "" {
			failure = fmt.Errorf("%w (the server runs as user %s, who may be unable to enter %s)",
				failure, s.owner.name, obstacle)
		}
	}
	if output == "" {
		return failure
	}
	return fmt.Errorf("initdb failed: %w:\n%s", failure, output)
}

// command runs one of PostgreSQL's programs in the server's directory, with
// its output in the log, and untouched by the caller's own PostgreSQL and
// locale variables.
func (s *Server) command(program string, args ...string) *exec.Cmd {
	return s.home.command(filepath.Join(s.binaries, program), args...)
}

func (d *directory) command(program string, args ...string) *exec.Cmd {
	//nolint:gosec,noctx // The program is one that was searched for; its life is longer than any context.
	cmd := exec.Command(program, args...)
	cmd.Dir = d.path
	cmd.Env = environment(os.Environ())
	cmd.Stdout = d.log.file
	cmd.Stderr = d.log.file
	return cmd
}

func environment(inherited []string) []string {
	env := []string{"LC_ALL=C"}
	for _, entry := range inherited {
		name, _, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, "PG") && !strings.HasPrefix(name, "LC_") && !strings.HasPrefix(name, "LANG") {
			env = append(env, entry)
		}
	}
	return env
}
