package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// noClusterFile prevents Debian's PostgreSQL packages from creating and starting a server.
// It exists only during the installation. Releases too old to read it start one, which does
// no harm.
const (
	noClusterFile = "/etc/postgresql-common/createcluster.d/storekeeper-testpg.conf"
	noCluster     = "create_main_cluster = false\n"
)

func canInstall() bool {
	_, err := exec.LookPath("apt-get")
	return err == nil && os.Geteuid() == 0
}

// install installs PostgreSQL's server with apt-get.
func install(ctx context.Context, notes io.Writer) error {
	notef(notes, "no PostgreSQL is installed: installing it with apt-get")
	withdraw, err := forbidCluster(noClusterFile)
	if err != nil {
		return err
	}
	err = errors.Join(installPackages(ctx, notes), withdraw())
	if err != nil {
		return fmt.Errorf("install PostgreSQL: %w", err)
	}
	return nil
}

func installPackages(ctx context.Context, notes io.Writer) error {
	for _, args := range [][]string{
		{"update"},
		{"install", "-y", "--no-install-recommends", "postgresql"},
	} {
		command := exec.CommandContext(ctx, "apt-get", args...) //nolint:gosec // the two calls above
		command.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		command.Stdout = notes
		command.Stderr = notes
		if err := command.Run(); err != nil {
			return fmt.Errorf("apt-get %s: %w", args[0], err)
		}
	}
	return nil
}

// forbidCluster writes the file, and returns a function that removes it.
func forbidCluster(file string) (func() error, error) {
	err := os.MkdirAll(filepath.Dir(file), 0o755) //nolint:gosec // Like everything in /etc.
	if err != nil {
		return nil, fmt.Errorf("forbid a cluster: %w", err)
	}
	err = os.WriteFile(file, []byte(noCluster), 0o644) //nolint:gosec // The postgres user reads it.
	if err != nil {
		return nil, fmt.Errorf("forbid a cluster: %w", err)
	}
	return func() error {
		err := os.Remove(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("allow clusters again: %w", err)
		}
		return nil
	}, nil
}
