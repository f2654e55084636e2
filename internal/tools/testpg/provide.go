package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

const (
	variable     = "STOREKEEPER_TEST_POSTGRES_URL"
	checkTimeout = 5 * time.Second
)

// withServer calls use with the URL of a running server, and afterwards stops the server if
// it started it. A signal ends the preparations; once use runs, signals are left to it.
func withServer(ctx context.Context, durable bool, notes io.Writer, use func(url string) (int, error)) (int, error) {
	preparing, ready := signal.NotifyContext(ctx, forwarded...)
	defer ready()
	given := os.Getenv(variable)
	if given != "" {
		err := answers(preparing, given)
		if err == nil {
			return use(given)
		}
		notef(notes, "no server answers at the %s that is set (%v): starting one", variable, err)
	}
	server, err := startServer(preparing, durable, notes)
	if err != nil {
		return codeFailed, err
	}
	address := server.URL("postgres")
	notef(notes, "started PostgreSQL at %s", redacted(address))
	code, err := codeFailed, preparing.Err()
	if err == nil {
		code, err = use(address)
	}
	stopped := server.Stop(context.WithoutCancel(ctx))
	if stopped != nil && code == 0 {
		code = codeFailed
	}
	return code, errors.Join(err, stopped)
}

func startServer(ctx context.Context, durable bool, notes io.Writer) (*pgtemp.Server, error) {
	options := pgtemp.Options{Durable: durable}
	server, err := pgtemp.Start(ctx, options)
	if !errors.Is(err, pgtemp.ErrNoBinaries) {
		return server, err
	}
	if !canInstall() {
		return nil, fmt.Errorf("%w (as root, where there is apt-get, testpg does it by itself)", err)
	}
	err = install(ctx, notes)
	if err != nil {
		return nil, err
	}
	return pgtemp.Start(ctx, options)
}

func answers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	err = errors.Join(conn.Ping(ctx), conn.Close(ctx))
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	return nil
}

func redacted(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be shown"
	}
	return parsed.Redacted()
}

func notef(notes io.Writer, format string, values ...any) {
	_, _ = fmt.Fprintf(notes, "testpg: "+format+"\n", values...)
}
