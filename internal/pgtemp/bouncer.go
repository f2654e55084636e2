package pgtemp

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
)

// The names below a PgBouncer's directory.
const (
	bouncerConfig = "pgbouncer.ini"
	bouncerUsers  = "users.txt"
)

// ErrNoBouncer says that PgBouncer is not installed.
var ErrNoBouncer = errors.New("PgBouncer is not installed: install it, for example with `apt-get install pgbouncer`")

// BouncerOptions choose how a PgBouncer is set up.
type BouncerOptions struct {
	// Settings are further lines of the section [pgbouncer] of its
	// configuration.
	Settings map[string]string

	// Dir is as in Options.
	Dir string
}

// Bouncer is a running PgBouncer in front of a server, which pools connections
// by transaction.
type Bouncer struct {
	home  directory
	port  int
	child *process
}

// Bouncer starts a PgBouncer in front of the server, with the same password, and
// returns once it answers. Stop it before the server. The error is ErrNoBouncer
// when it is not installed.
func (s *Server) Bouncer(ctx context.Context, options BouncerOptions) (*Bouncer, error) {
	program, err := findBouncer()
	if err != nil {
		return nil, err
	}
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	home, err := newDirectory(options.Dir, s.owner, s.home.password, func(password string) map[string]string {
		return map[string]string{
			bouncerConfig: s.bouncerSettings(port, options.Settings),
			bouncerUsers:  fmt.Sprintf("%q %q\n", superuser, password),
		}
	})
	if err != nil {
		return nil, err
	}
	bouncer := &Bouncer{home: home, port: port}
	bouncer.child, err = launch(home.command(program, bouncerConfig), s.owner, syscall.SIGKILL)
	if err == nil {
		err = bouncer.child.await(ctx, bouncer.greet)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("pgtemp: start a PgBouncer: %w; its log ends with:\n%s", err, home.log.since(0)),
			bouncer.Stop(ctx))
	}
	return bouncer, nil
}

// findBouncer also looks where Debian puts programs of the administrator.
func findBouncer() (string, error) {
	for _, name := range []string{"pgbouncer", "/usr/sbin/pgbouncer"} {
		program, err := exec.LookPath(name)
		if err == nil {
			return program, nil
		}
	}
	return "", fmt.Errorf("pgtemp: %w", ErrNoBouncer)
}

func (s *Server) bouncerSettings(port int, settings map[string]string) string {
	var config strings.Builder
	fmt.Fprintf(&config, "[databases]\n* = host=%s port=%d\n[pgbouncer]\n", loopback, s.port)
	fmt.Fprintf(&config, "listen_addr = %s\nlisten_port = %d\nunix_socket_dir =\n", loopback, port)
	fmt.Fprintf(&config, "auth_type = scram-sha-256\nauth_file = %s\nadmin_users = %s\n", bouncerUsers, superuser)
	fmt.Fprintf(&config, "pool_mode = transaction\nmax_client_conn = 200\n")
	for name, value := range settings {
		fmt.Fprintf(&config, "%s = %s\n", name, value)
	}
	return config.String()
}

func (b *Bouncer) greet(ctx context.Context) error {
	conn, err := connect(ctx, b.URL(superuser))
	if err != nil {
		return err
	}
	return errors.Join(conn.Ping(ctx), conn.Close(ctx))
}

// URL is how to connect through the PgBouncer, as Server.URL.
func (b *Bouncer) URL(database string) string {
	return addressOf(b.home.password, b.port, database)
}

// Stop ends the PgBouncer at once, with the connections through it, and removes
// its directory. A second Stop does nothing.
func (b *Bouncer) Stop(ctx context.Context) error {
	if b.child != nil {
		b.child.signal(syscall.SIGKILL)
		if err := b.child.sweep(ctx); err != nil {
			return fmt.Errorf("pgtemp: stop PgBouncer: %w", err)
		}
		b.child = nil
	}
	if b.home.path == "" {
		return nil
	}
	home := b.home
	b.home.path = ""
	return home.remove()
}
