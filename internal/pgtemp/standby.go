package pgtemp

import (
	"context"
	"errors"
	"fmt"
	"strconv"
)

// Standby starts a second server that follows this one by streaming
// replication, and returns once it answers queries. It is read-only until it is
// promoted. Its password is that of its primary; Options.Durable is taken from
// there too, and MaxConnections where it is zero.
//
// Stop the standby before its primary, which otherwise waits for it.
func (s *Server) Standby(ctx context.Context, options Options) (*Server, error) {
	options.Durable = s.options.Durable
	if options.MaxConnections == 0 {
		options.MaxConnections = s.options.MaxConnections // fewer than the primary's are refused
	}
	config, err := configuration(options)
	if err != nil {
		return nil, err
	}
	home, err := newDirectory(options.parent(), s.owner, s.home.password, func(string) map[string]string {
		return map[string]string{configFile: config}
	})
	if err != nil {
		return nil, err
	}
	standby := &Server{home: home, binaries: s.binaries, owner: s.owner, options: options}
	err = standby.copyOf(ctx, s)
	if err == nil {
		err = standby.bootOnFreePort(ctx, freePort)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("pgtemp: start a standby: %w", err), standby.Stop(ctx))
	}
	return standby, nil
}

// copyOf fills the data directory from the primary, and writes down where that is.
func (s *Server) copyOf(ctx context.Context, primary *Server) error {
	ctx, cancel := context.WithTimeout(ctx, setupTimeout)
	defer cancel()
	command := s.command("pg_basebackup",
		"--pgdata="+s.home.file(dataDir),
		"--host="+loopback,
		"--port="+strconv.Itoa(primary.port),
		"--username="+superuser,
		"--checkpoint=fast",
		"--wal-method=stream",
		"--write-recovery-conf",
		"--no-sync",
	)
	command.Env = append(command.Env, "PGPASSWORD="+primary.home.password) // not for ps to see
	mark := s.home.log.mark()
	child, err := s.complete(ctx, command)
	if err != nil {
		return fmt.Errorf("pg_basebackup: %w", err)
	}
	if child.status != nil {
		return fmt.Errorf("pg_basebackup failed: %w:\n%s", child.status, s.home.log.since(mark))
	}
	return nil
}
