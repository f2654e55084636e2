// Package pgtemp starts throwaway PostgreSQL servers from the binaries that are
// installed on the machine: for tests, for benchmarks and for the development
// database of a schema diff. It needs neither a container nor a configured
// cluster, and works for any user, root included.
//
// A standby that follows a server (Server.Standby) and a PgBouncer in front of it
// (Server.Bouncer) can be had as well.
//
// What a caller can rely on:
//
//   - A server returned by Start answers, listens on 127.0.0.1 alone, and lets
//     in only who knows its random password, which is part of its URL.
//   - Everything it writes is below one private directory, and Stop removes
//     that directory after the last process of the server has gone.
//   - Only processes started here are ever signalled. Terminal signals do not
//     reach the server, so that a program interrupted with Ctrl-C still has its
//     database while it cleans up.
//   - On Linux the server ends with the program that started it, however that
//     ended; its directory stays behind then, in memory only until the next
//     server is started there. Elsewhere a program that is killed before Stop
//     leaves the server running.
//
// PostgreSQL refuses to run as root. Started by root, it runs as the user
// postgres, or nobody if there is none.
package pgtemp

import (
	"context"
	"errors"
	"fmt"
)

// defaultMaxConnections leaves room for many parallel tests, each with a pool.
const defaultMaxConnections = 200

// Options choose how a server is set up. The zero value is a server for tests.
type Options struct {
	// Durable keeps PostgreSQL's own durability: a committed transaction
	// survives a crash. Without it the server neither syncs its files nor
	// waits for its log, which is several times as fast and fit for data that
	// nobody will miss.
	Durable bool

	// Settings are further lines of postgresql.conf by name; they win over
	// what this package sets. Those that say where the server listens, logs
	// and keeps its files belong to this package and are refused.
	Settings map[string]string

	// Dir is the existing directory in which the server's own directory is
	// made; by default os.TempDir() for a server that is Durable, Memory() for
	// one that is not. When root starts the server, the user it runs as must be
	// able to enter it.
	Dir string

	// MaxConnections is 200 by default.
	MaxConnections int
}

// Start sets up a new server and returns once it answers. The context bounds
// the start alone, each step of which takes a minute at most; the server then
// runs until Stop. A failed Start leaves nothing behind.
//
// The error is ErrNoBinaries when PostgreSQL is not installed.
func Start(ctx context.Context, options Options) (*Server, error) {
	return start(ctx, options, freePort)
}

func start(ctx context.Context, options Options, pick func(context.Context) (int, error)) (*Server, error) {
	config, err := configuration(options)
	if err != nil {
		return nil, err
	}
	binaries, err := standardPlaces().find()
	if err != nil {
		return nil, err
	}
	owner, err := serverAccount()
	if err != nil {
		return nil, err
	}
	home, err := newDirectory(options.parent(), owner, "", func(password string) map[string]string {
		return map[string]string{configFile: config, passwordFile: password + "\n"}
	})
	if err != nil {
		return nil, err
	}
	server := &Server{home: home, binaries: binaries, owner: owner, options: options}
	err = server.initialise(ctx, options.Durable)
	if err == nil {
		err = server.bootOnFreePort(ctx, pick)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("pgtemp: start a server: %w", err), server.Stop(ctx))
	}
	return server, nil
}

func (o Options) parent() string {
	if o.Dir == "" && !o.Durable {
		return Memory()
	}
	return o.Dir
}
